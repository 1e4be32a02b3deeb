import { collocation, type Collocation } from './collocation.js';
import { EVALUATIONS_FOR_GUESS } from './dormand-prince-8-inside.js';
import type { ExplicitStep } from './dormand-prince-8.js';
import type { Inside, Statistics } from '../method.js';
import type { OdeProblem, Tolerances } from '../problem.js';

// The guess of order 7 is off by some tens of tolerances where tolerances are fine; each round divides that by five or more.
const MOST_ROUNDS = 4;
/** A change of less than this, over the tolerance, is the last. */
export const SETTLED = 1;
/**
 * A defect of more tolerances than this contradicts the end of the step. Steps that were accepted leave less than 3 on smooth
 * problems at tolerances from 1e-4 to 1e-12.
 */
const CONTRADICTION = 100;

/** The inside of the last explicit step, from its slopes: up to 27 evaluations, 15 as a rule. */
export function insideOfExplicitStep(
  problem: OdeProblem,
  tolerances: Tolerances,
  step: ExplicitStep,
  statistics: Statistics,
): Inside {
  let buffers: Collocation | undefined; // made where they are needed
  return (left, right) => {
    const inner = (buffers ??= collocation(problem, tolerances, 'pinned', statistics));
    inner.begin(left, right, step.firstSlope, step.slope);
    step.guess(left, right, inner);
    statistics.evaluations += EVALUATIONS_FOR_GUESS;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (inner.improve() <= SETTLED) {
        const { interpolant, defect } = inner.finish();
        return defect <= CONTRADICTION ? interpolant : undefined;
      }
      inner.adopt();
    }
    return undefined;
  };
}
