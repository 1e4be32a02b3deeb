import { erf, erfc } from '../numerics/special-functions.js';
import { composed, rootSlopeAtFlatZero, variableTerm, type Term } from './term.js';

/** A smooth function of one argument u. */
export interface SmoothFunction {
  readonly value: (u: number) => number;
  /** The derivative, given the argument and the value. */
  readonly slope: (u: number, value: number) => number;
  /** Its slope is infinite at u = 0. */
  readonly isRoot?: true;
}

const { abs, cos, cosh, exp, log1p, sin, sinh, sqrt } = Math;

function softplus(u: number): number {
  return (u > 0 ? u : 0) + log1p(exp(-abs(u)));
}

function sigmoid(u: number): number {
  if (u >= 0) return 1 / (1 + exp(-u));
  const growth = exp(u);
  return growth / (1 + growth);
}

function sigmoidSlope(u: number): number {
  const decay = exp(-abs(u));
  return decay / (1 + decay) ** 2;
}

function logarithm(value: (u: number) => number, base: number): SmoothFunction {
  const factor = 1 / Math.log(base);
  return { value, slope: (u) => factor / u };
}

/** e to the power u. */
export const exponential: SmoothFunction = { value: exp, slope: (_u, value) => value };

/** The smooth functions of one argument that an expression may use, by name. */
export const smoothFunctions: ReadonlyMap<string, SmoothFunction> = new Map<string, SmoothFunction>([
  ['exp', exponential],
  ['expm1', { value: Math.expm1, slope: exp }],
  ['log', logarithm(Math.log, Math.E)],
  ['log1p', { value: log1p, slope: (u) => 1 / (1 + u) }],
  ['log2', logarithm(Math.log2, 2)],
  ['log10', logarithm(Math.log10, 10)],
  ['sqrt', { value: sqrt, slope: (_u, value) => 0.5 / value, isRoot: true }],
  ['cbrt', { value: Math.cbrt, slope: (_u, value) => 1 / (3 * value * value), isRoot: true }],
  ['sin', { value: sin, slope: cos }],
  ['cos', { value: cos, slope: (u) => -sin(u) }],
  ['tan', { value: Math.tan, slope: (_u, value) => 1 + value * value }],
  ['atan', { value: Math.atan, slope: (u) => 1 / (1 + u * u) }],
  ['sinh', { value: sinh, slope: cosh }],
  ['cosh', { value: cosh, slope: sinh }],
  ['tanh', { value: Math.tanh, slope: (u) => 1 / cosh(u) ** 2 }],
  ['asinh', { value: Math.asinh, slope: (u) => 1 / sqrt(1 + u * u) }],
  ['erf', { value: erf, slope: (u) => (2 / sqrt(Math.PI)) * exp(-u * u) }],
  ['erfc', { value: erfc, slope: (u) => (-2 / sqrt(Math.PI)) * exp(-u * u) }],
  ['softplus', { value: softplus, slope: sigmoid }],
  ['sigmoid', { value: sigmoid, slope: sigmoidSlope }],
]);

/** f(a). */
export function applied(f: SmoothFunction, a: Term): Term {
  const { value, slope } = f;
  return composed([a], {
    value: a === variableTerm ? value : (x) => value(a.value(x)),
    dual(x, side) {
      const u = a.dual(x, side);
      const result = value(u);
      if (f.isRoot && u === 0 && side.slope === 0) {
        side.slope = rootSlopeAtFlatZero(a, x, side);
        return result;
      }
      const outer = slope(u, result);
      // tanh(exp(z)) is flat where exp overflows.
      side.slope = outer === 0 && !Number.isFinite(u) ? 0 : outer * side.slope;
      return result;
    },
    switches: f.isRoot ? [a] : [],
  });
}
