import { affineConstant, affineProduct, affineSum } from './affine.js';
import { difference } from './arithmetic.js';
import { composed, signBeside, type Term } from './term.js';

/** The greatest (sign 1) or the smallest (sign −1) of terms. */
export function extreme(sign: 1 | -1, terms: readonly Term[]): Term {
  return terms.reduce((a, b) => greaterOrSmaller(sign, a, b));
}

function greaterOrSmaller(sign: 1 | -1, a: Term, b: Term): Term {
  const pick = sign === 1 ? Math.max : Math.min;
  const lead = difference(a, b);
  return composed([a, b], {
    value: (x) => pick(a.value(x), b.value(x)),
    dual(x, side) {
      const first = a.dual(x, side);
      const firstSlope = side.slope;
      const second = b.dual(x, side);
      const secondSlope = side.slope;
      side.slope = firstSlope - secondSlope;
      const leads = sign * signBeside(lead, first - second, x, side);
      side.slope = leads >= 0 ? firstSlope : secondSlope;
      return Number.isNaN(leads) ? pick(first, second) : leads >= 0 ? first : second;
    },
    affine: (x) => (sign * lead.value(x) >= 0 ? a.affine(x) : b.affine(x)),
    switches: [lead],
  });
}

/** A function that is level + gain·u, both of which depend only on the sign of u. */
interface SignFunction {
  readonly value: (u: number) => number;
  readonly level: (sign: number) => number;
  readonly gain: (sign: number) => number;
}

const none = (): number => 0;
const whereNotNegative = (sign: number): number => (sign >= 0 ? 1 : 0);
const itself = (sign: number): number => sign;

/** The functions of one argument with a kink or a jump at 0, by name. */
export const signFunctions: ReadonlyMap<string, SignFunction> = new Map<string, SignFunction>([
  ['abs', { value: Math.abs, level: none, gain: itself }],
  ['sign', { value: Math.sign, level: itself, gain: none }],
  ['step', { value: (u) => (u >= 0 ? 1 : u < 0 ? 0 : NaN), level: whereNotNegative, gain: none }],
  ['relu', { value: (u) => (u <= 0 ? 0 : u), level: none, gain: whereNotNegative }],
]);

/** f(a). */
export function switched(f: SignFunction, a: Term): Term {
  return composed([a], {
    value: (x) => f.value(a.value(x)),
    dual(x, side) {
      const u = a.dual(x, side);
      const sign = signBeside(a, u, x, side);
      const gain = f.gain(sign);
      if (Number.isNaN(u) || Number.isNaN(sign)) return NaN;
      side.slope = gain === 0 ? 0 : gain * side.slope;
      return f.level(sign) + (gain === 0 ? 0 : gain * u);
    },
    affine(x) {
      const sign = Math.sign(a.value(x));
      return affineSum(
        affineConstant(f.level(sign)),
        affineProduct(affineConstant(f.gain(sign)), a.affine(x)),
      );
    },
    switches: [a],
  });
}
