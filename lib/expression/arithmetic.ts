import { affineConstant, affineProduct, affineQuotient, affineSum } from './affine.js';
import { applied, exponential, type SmoothFunction } from './functions.js';
import { affinely, composed, rootSlopeAtFlatZero, type Term } from './term.js';

const MINUS_ONE = affineConstant(-1);

/** a + b. */
export function sum(a: Term, b: Term): Term {
  return composed([a, b], {
    value: (x) => a.value(x) + b.value(x),
    dual(x, side) {
      const left = a.dual(x, side);
      const leftSlope = side.slope;
      const right = b.dual(x, side);
      side.slope += leftSlope;
      return left + right;
    },
    affine: affinely(a, b, affineSum),
  });
}

/** −a. */
export function negative(a: Term): Term {
  return composed([a], {
    value: (x) => -a.value(x),
    dual(x, side) {
      const value = a.dual(x, side);
      side.slope = -side.slope;
      return -value;
    },
    affine: affinely(a, a, (form) => affineProduct(MINUS_ONE, form)),
  });
}

/** a − b. */
export function difference(a: Term, b: Term): Term {
  return composed([a, b], {
    value: (x) => a.value(x) - b.value(x),
    dual(x, side) {
      const left = a.dual(x, side);
      const leftSlope = side.slope;
      const right = b.dual(x, side);
      side.slope = leftSlope - side.slope;
      return left - right;
    },
    affine: affinely(a, b, (left, right) => affineSum(left, affineProduct(MINUS_ONE, right))),
  });
}

/** a b. */
export function product(a: Term, b: Term): Term {
  return composed([a, b], {
    value: (x) => a.value(x) * b.value(x),
    dual(x, side) {
      const left = a.dual(x, side);
      const leftSlope = side.slope;
      const right = b.dual(x, side);
      side.slope = leftSlope * right + left * side.slope;
      return left * right;
    },
    affine: affinely(a, b, affineProduct),
  });
}

/** a / b. */
export function quotient(a: Term, b: Term): Term {
  return composed([a, b], {
    value: (x) => a.value(x) / b.value(x),
    dual(x, side) {
      const top = a.dual(x, side);
      const topSlope = side.slope;
      const bottom = b.dual(x, side);
      const ratio = top / bottom;
      // 1/(1 + exp(−z)) underflows to 0 where exp overflows, and so does its slope.
      side.slope = ratio === 0 && !Number.isFinite(bottom) ? 0 : (topSlope - ratio * side.slope) / bottom;
      return ratio;
    },
    affine: affinely(a, b, affineQuotient),
  });
}

/** Small powers by multiplication, which is several times faster. */
const smallPowers: ReadonlyMap<number | undefined, SmoothFunction> = new Map([
  [2, { value: (u: number) => u * u, slope: (u: number) => 2 * u }],
  [3, { value: (u: number) => u * u * u, slope: (u: number) => 3 * u * u }],
]);

/**
 * a to the power b, as Math.pow: NaN for a negative base and an exponent that is no integer.
 *
 * The slope is b a^(b−1) a′ + a^b ln(a) b′, each part only where its a′ or b′ is not 0: x^3 needs no logarithm.
 */
export function power(a: Term, b: Term): Term {
  const small = smallPowers.get(b.constant);
  if (small) return applied(small, a);
  if (a.constant === Math.E) return applied(exponential, b);
  const isRoot = !Number.isInteger(b.constant);
  return composed([a, b], {
    value: (x) => a.value(x) ** b.value(x),
    dual(x, side) {
      const base = a.dual(x, side);
      const baseSlope = side.slope;
      const exponent = b.dual(x, side);
      const exponentSlope = side.slope;
      const value = base ** exponent;
      side.slope = 0;
      if (value === 0 && !Number.isFinite(base)) return value;
      if (exponent !== 0) {
        if (baseSlope !== 0) side.slope = exponent * base ** (exponent - 1) * baseSlope;
        else if (isRoot && base === 0) side.slope = rootSlopeAtFlatZero(a, x, side);
      }
      if (exponentSlope !== 0 && value !== 0) side.slope += value * Math.log(base) * exponentSlope;
      return value;
    },
    switches: isRoot ? [a] : [],
  });
}
