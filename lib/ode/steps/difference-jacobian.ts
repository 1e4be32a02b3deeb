import type { OdeProblem, Tolerances } from '../problem.js';

const ROOT_EPSILON = Math.sqrt(Number.EPSILON);

/** A shift in a number of this size that halves the digits between truncation and rounding. */
export function differenceWidth(size: number): number {
  return ROOT_EPSILON * size;
}

/**
 * Writes ∂fᵢ/∂yⱼ by forward differences row by row to `out`; n evaluations.
 *
 * @param slope f at the state
 * @param h a step of the size in mind, which tells how far the state may move
 */
export type Jacobian = (
  time: number,
  state: ArrayLike<number>,
  slope: ArrayLike<number>,
  h: number,
  out: Float64Array,
) => void;

/** The Jacobian of a problem by differences; buffers are made once. */
export function differenceJacobian(
  { derivative, initial }: OdeProblem,
  { absolute, relative }: Tolerances,
): Jacobian {
  const n = initial.length;
  const shifted = new Float64Array(n);
  const there = new Float64Array(n);
  // Below this size a component counts as zero; without a relative tolerance there is none but its tolerance.
  const smallest = absolute.map((tolerance, i) => (relative[i]! > 0 ? tolerance / relative[i]! : tolerance));
  return (time, state, slope, h, out) => {
    for (let k = 0; k < n; k++) shifted[k] = state[k]!;
    for (let k = 0; k < n; k++) {
      const size = Math.max(Math.abs(state[k]!), Math.abs(h * slope[k]!), smallest[k]!);
      shifted[k] = state[k]! + differenceWidth(size);
      const width = shifted[k]! - state[k]!; // what rounding made of it
      derivative(time, shifted, there);
      for (let i = 0; i < n; i++) out[n * i + k] = (there[i]! - slope[i]!) / width;
      shifted[k] = state[k]!;
    }
  };
}
