import type { OdeProblem, Tolerances } from '../problem.js';
import type { Attempt, StepBuffers } from './straight-line-step.js';
import type { Tableau } from './tableau.js';

/** Indices of the entries that are not zero. */
function entries(coefficients: readonly number[]): { at: Int32Array; value: Float64Array } {
  const at = coefficients.flatMap((value, j) => (value === 0 ? [] : [j]));
  return { at: Int32Array.from(at), value: Float64Array.from(at, (j) => coefficients[j]!) };
}

/** The attempt of a step as loops over the tableau, for any number of equations. */
export function loopedAttempt(
  tableau: Tableau,
  { derivative }: OdeProblem,
  { absolute, relative }: Tolerances,
  { stage, stageSlope, slope, next, slopes }: StepBuffers,
): Attempt {
  const n = next.length;
  const stages = tableau.times.length;
  const rows = tableau.rows.map(entries);
  const [weights, fifth, third] = [tableau.weights, tableau.fifth, tableau.third].map(entries);

  function combination({ at, value }: { at: Int32Array; value: Float64Array }, i: number): number {
    let sum = 0;
    for (let j = 0; j < at.length; j++) sum += value[j]! * slopes[at[j]!]![i]!;
    return sum;
  }

  return (time, state, h) => {
    slopes[0]!.set(slope);
    for (let s = 1; s < stages; s++) {
      for (let i = 0; i < n; i++) stage[i] = state[i]! + h * combination(rows[s]!, i);
      derivative(time + tableau.times[s]! * h, stage, stageSlope);
      slopes[s]!.set(stageSlope);
    }
    let fifthSum = 0;
    let thirdSum = 0;
    for (let i = 0; i < n; i++) {
      next[i] = state[i]! + h * combination(weights!, i);
      const size = Math.max(Math.abs(state[i]!), Math.abs(next[i]!));
      const scale = 1 / (absolute[i]! + relative[i]! * size);
      fifthSum += (combination(fifth!, i) * scale) ** 2;
      thirdSum += (combination(third!, i) * scale) ** 2;
    }
    if (fifthSum === 0 && thirdSum === 0) return 0;
    return (h * fifthSum) / Math.sqrt(n * (fifthSum + 0.01 * thirdSum));
  };
}
