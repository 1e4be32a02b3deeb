import { dormandPrince8, EVALUATIONS_PER_ATTEMPT } from './dormand-prince-8.js';
import { isFiniteVector } from '../../numerics/vectors.js';
import { firstStepSize, fittedStep } from './step-size.js';
import { insideOfExplicitStep } from './explicit-inside.js';
import type { MethodEnding, Start, Statistics, Steps } from '../method.js';
import type { OdeProblem, StepLimits, Tolerances } from '../problem.js';

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
  const factor = SAFETY / Math.sqrt(Math.sqrt(Math.sqrt(error)));
  return factor > LARGEST_GROWTH ? LARGEST_GROWTH : factor < LARGEST_SHRINKAGE ? LARGEST_SHRINKAGE : factor;
}

const TIME = 0;
const STIFFNESS = 1;

/** Explicit steps, and how far stability limited the last one (see `ExplicitStep.accept`). */
export interface ExplicitSteps extends Steps {
  stiffness(): number;
}

/** Takes explicit steps from a node to problem.until. */
export function explicitSteps(
  problem: OdeProblem,
  tolerances: Tolerances,
  { maxSteps, maxStep }: StepLimits,
  start: Start,
  stepSize: number | undefined,
  statistics: Statistics,
): ExplicitSteps {
  const { until } = problem;
  const step = dormandPrince8(problem, tolerances);
  const state = start.state.slice();
  // An array, since a number that a closure or an object changes is allocated anew at each change.
  const now = Float64Array.of(start.time, 0);
  const lastStep = statistics.steps + maxSteps;
  let h = 0;
  let retreats = 0;

  function begin(): void {
    if (start.slope) step.slope.set(start.slope);
    else {
      problem.derivative(start.time, state, step.slope);
      statistics.evaluations++;
    }
    h = stepSize ?? firstStepSize(problem, tolerances, ORDER, start, step.slope, statistics);
  }

  /** Tries steps until one is accepted. */
  function advance(): MethodEnding | undefined {
    if (h === 0) begin();
    if (now[TIME] === until) return 'end';
    if (!isFiniteVector(step.slope)) return 'not-finite';
    for (let rejected = false; statistics.steps < lastStep; rejected = true) {
      const time = now[TIME]!;
      if (h > maxStep) h = maxStep;
      const isLast = time + 1.01 * h >= until;
      h = fittedStep(time, h, isLast, until);
      if ((rejected || !isLast) && time + 0.1 * h === time) return 'step-vanished';
      statistics.steps++;
      statistics.evaluations += EVALUATIONS_PER_ATTEMPT;
      const error = step.attempt(time, state, h);
      if (error <= 1) {
        now[STIFFNESS] = step.accept(time, h);
        statistics.evaluations++;
        now[TIME] = isLast ? until : time + h;
        for (let i = 0; i < state.length; i++) state[i] = step.next[i]!;
        const factor = growth(error);
        // No growth right after a rejection.
        if (!rejected || factor < 1) h *= factor;
        retreats = 0;
        return undefined;
      }
      statistics.rejected++;
      if (error < Infinity) h *= growth(error);
      else if (++retreats > PATIENCE) return 'not-finite';
      else h *= RETREAT;
    }
    return 'step-limit';
  }

  return {
    state: () => state,
    time: () => now[TIME]!,
    stiffness: () => now[STIFFNESS]!,
    advance,
    inside: insideOfExplicitStep(problem, tolerances, step, statistics),
  };
}
