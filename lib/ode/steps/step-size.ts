import type { Statistics } from '../method.js';
import type { Node, OdeProblem, Tolerances } from '../problem.js';

/**
 * A first step by the size of the solution and of its first two derivatives at the start (Hairer, Nørsett & Wanner I,
 * section II.4), for a method of this order; at least some units in the last place of the time. Where f is not finite at the start,
 * all of the interval.
 *
 * @param slope f at the start
 */
export function firstStepSize(
  { derivative, until }: OdeProblem,
  tolerances: Tolerances,
  order: number,
  { time, state }: Node,
  slope: Float64Array,
  statistics: Statistics,
): number {
  const n = state.length;
  const scale = state.map((value, i) => tolerances.absolute[i]! + tolerances.relative[i]! * Math.abs(value));
  const norm = (vector: Float64Array): number =>
    Math.sqrt(vector.reduce((sum, value, i) => sum + (value / scale[i]!) ** 2, 0) / n);
  const span = until - time;
  const size = norm(state);
  const speed = norm(slope);
  if (!Number.isFinite(speed)) return span;
  const trial = Math.min(size < 1e-5 || speed < 1e-5 ? 1e-6 : 0.01 * (size / speed), span);
  const there = new Float64Array(n);
  derivative(
    Math.min(time + trial, until),
    state.map((value, i) => value + trial * slope[i]!),
    there,
  );
  statistics.evaluations++;
  const bend = norm(there.map((value, i) => value - slope[i]!)) / trial;
  if (!Number.isFinite(bend)) return trial;
  const largest = Math.max(speed, bend);
  const guess = largest <= 1e-15 ? Math.max(1e-6, trial * 1e-3) : (0.01 / largest) ** (1 / order);
  const smallest = 16 * Number.EPSILON * Math.abs(time);
  return Math.min(Math.max(Math.min(100 * trial, guess), smallest), span);
}

/**
 * A step that ends on a double: from `time` to `until` exactly where it is the last, else to the double nearest to time + h. So a
 * step can be made again from its ends, to the last bit, and its last stage is never beyond `until`.
 */
export function fittedStep(time: number, h: number, isLast: boolean, until: number): number {
  const fitted = (isLast ? until : time + h) - time;
  // Where the difference was rounded up, time + fitted may be one unit beyond.
  return time + fitted > until ? fitted * (1 - Number.EPSILON) : fitted;
}
