import { requireDomain } from '../foundation/domain.js';

/** Steps that may interpolate; later ones bisect, which ends every bracket of doubles within 2,100 steps. */
const INTERPOLATING_STEPS = 100;
const MAXIMUM_STEPS = INTERPOLATING_STEPS + 2100;

/**
 * A root of f between two points where f has opposite signs, by Brent's method (R. P. Brent, Algorithms for
 * Minimization without Derivatives, 1973, chapter 4): inverse quadratic interpolation or the secant where they
 * help, bisection where they do not. A function that jumps through zero gives the place of the jump.
 *
 * @param f finite on [lo, hi]
 * @param lo one end, finite
 * @param hi the other end, finite
 * @param tolerance absolute error that is good enough; the default 0 asks for two units in the last place of the root
 * @returns a point where f is exactly 0, or the better end of a bracket no wider than asked for
 * @throws RangeError when an end or a value of f is not finite, or the ends do not bracket a root
 * @example bracketedRoot(Math.cos, 0, 3); // 1.5707963267948966
 */
export function bracketedRoot(f: (x: number) => number, lo: number, hi: number, tolerance = 0): number {
  requireDomain('tolerance', 'a finite number >= 0', tolerance, tolerance >= 0 && tolerance < Infinity);
  for (const [name, end] of [
    ['hi', hi],
    ['lo', lo],
  ] as const)
    requireDomain(name, 'a finite number', end, Number.isFinite(end));
  const finite = (x: number): number => {
    const value = f(x);
    if (!Number.isFinite(value)) requireDomain(`f(${x})`, 'a finite number', value, false);
    return value;
  };
  // The root lies between `best`, where |f| is smallest, and `other`; `last` is the `best` of one step before.
  let best = hi;
  let fBest = finite(hi);
  let other = lo;
  let fOther = finite(lo);
  if (fBest !== 0 && fOther !== 0 && fBest > 0 === fOther > 0) {
    throw new RangeError(
      `\`f\` must have opposite signs at \`lo\` and \`hi\`; got ${fOther} at ${lo} and ${fBest} at ${hi}`,
    );
  }
  let last = other;
  let fLast = fOther;
  let step = Infinity;
  let stepBefore = Infinity;
  for (let count = 0; count < MAXIMUM_STEPS; count++) {
    if (Math.abs(fOther) < Math.abs(fBest)) {
      [last, fLast] = [best, fBest];
      [best, fBest, other, fOther] = [other, fOther, best, fBest];
    }
    const half = other / 2 - best / 2;
    const enough = Math.max(tolerance, Number.EPSILON * Math.abs(best)) / 2;
    if (fBest === 0 || Math.abs(half) <= enough) return best;

    const trial =
      count < INTERPOLATING_STEPS ? interpolated(best, fBest, last, fLast, other, fOther) : undefined;
    const limit = Math.min(1.5 * Math.abs(half), Math.abs(stepBefore) / 2);
    stepBefore = step;
    if (trial !== undefined && trial * half > 0 && Math.abs(trial) < limit) step = trial;
    else step = stepBefore = half;

    [last, fLast] = [best, fBest];
    best += Math.abs(step) > enough ? step : Math.sign(half) * enough;
    if (best === last) best += half; // half a unit in the last place was rounded away; half of the bracket is more
    fBest = finite(best);
    if (fBest > 0 === fOther > 0) [other, fOther] = [last, fLast];
  }
  return best;
}

/** The step from `best` to the root of the parabola x(f) through three points, or of the secant through two. */
function interpolated(
  best: number,
  fBest: number,
  last: number,
  fLast: number,
  other: number,
  fOther: number,
): number | undefined {
  if (fLast === fBest) return undefined;
  if (last === other || fLast === fOther) return (-fBest * (last - best)) / (fLast - fBest);
  // Lagrange's formula for x at f = 0, written as a step away from `best`.
  const viaLast = (fBest / (fLast - fBest)) * (fOther / (fLast - fOther)) * (last - best);
  const viaOther = (fBest / (fOther - fBest)) * (fLast / (fOther - fLast)) * (other - best);
  return viaLast + viaOther;
}
