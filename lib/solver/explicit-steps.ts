import { dormandPrince8, EVALUATIONS_PER_ATTEMPT, type ExplicitStep } from './dormand-prince-8.js';
import { isFiniteVector } from './finite.js';
import { firstStepSize } from './first-step-size.js';
import type { AcceptedStep, Statistics, Steps } from './method.js';
import type { Node, OdeProblem, Tolerances } from './problem.js';

// Step-size control of DOP853 (Hairer, Nørsett & Wanner I, section II.4): the error of order 8 changes as h^8.
const SAFETY = 0.9;
const LARGEST_GROWTH = 6;
const LARGEST_SHRINKAGE = 1 / 3;
const ORDER = 8;
// A step into where the right-hand side is not finite says nothing about the size that would do.
const RETREAT = 1 / 4;
// After so many retreats in a row the step has shrunk by 2^-120.
const PATIENCE = 60;

/** Factor by which the next step differs from the one with this error. */
function growth(error: number): number {
  const factor = SAFETY * error ** (-1 / ORDER);
  return factor > LARGEST_GROWTH ? LARGEST_GROWTH : factor < LARGEST_SHRINKAGE ? LARGEST_SHRINKAGE : factor;
}

/** An accepted explicit step, and how far stability limited it (see `ExplicitStep.accept`). */
export interface AcceptedExplicitStep extends AcceptedStep {
  readonly stiffness: number;
}

/** Takes explicit steps from a node to problem.until. */
export function* explicitSteps(
  problem: OdeProblem,
  tolerances: Tolerances,
  maxSteps: number,
  start: Node,
  stepSize: number | undefined,
  statistics: Statistics,
): Steps<AcceptedExplicitStep> {
  const { derivative, until } = problem;
  const step: ExplicitStep = dormandPrince8(problem, tolerances);
  const state = start.state.slice();
  let time = start.time;
  let retreats = 0;
  let justRejected = false;
  derivative(time, state, step.slope);
  statistics.evaluations++;
  if (!isFiniteVector(step.slope)) return 'not-finite';
  let h = stepSize ?? firstStepSize(problem, tolerances, ORDER, start, statistics);

  for (let tried = 0; tried < maxSteps; tried++) {
    const isLast = time + 1.01 * h >= until;
    if (isLast) h = until - time;
    if (time + 0.1 * h === time) return 'step-vanished';
    statistics.steps++;
    statistics.evaluations += EVALUATIONS_PER_ATTEMPT;
    const error = step.attempt(time, state, h);
    if (error <= 1) {
      const stiffness = step.accept(time, h);
      statistics.evaluations++;
      time = isLast ? until : time + h;
      state.set(step.next);
      yield { time, state, stiffness };
      if (isLast) return 'end';
      if (!isFiniteVector(step.slope)) return 'not-finite';
      const factor = growth(error);
      h *= justRejected && factor > 1 ? 1 : factor;
      justRejected = false;
      retreats = 0;
      continue;
    }
    statistics.rejected++;
    justRejected = true;
    if (error < Infinity) {
      h *= growth(error);
      retreats = 0;
    } else if (++retreats > PATIENCE) return 'not-finite';
    else h *= RETREAT;
  }
  return 'step-limit';
}
