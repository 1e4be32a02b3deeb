import { Outcome, Solver } from 'odex';
import { integrateGuarded } from '../guard.js';
import type { OdeMethod } from '../method.js';
import { withInsides } from '../steps/method-of-steps.js';
import type { StepLimits, Tolerances } from '../problem.js';

// odex never evaluates more often than this in one step: 9 extrapolation columns of 2, 4, …, 18 sub-steps, and the ends.
const EVALUATIONS_PER_STEP = 200;
// Below this a relative tolerance asks for digits that doubles do not have.
const FINEST = 1e-15;
// odex starts no smaller than this, whatever it is told.
const SMALLEST_FIRST_STEP = 1e-4;

function solverFor(
  dimension: number,
  tolerances: Tolerances,
  { maxSteps, maxStep }: StepLimits,
  stepSize: number | undefined,
): Solver {
  const solver = new Solver(dimension);
  solver.relativeTolerance = tolerances.relative.map((tolerance) => Math.max(tolerance, FINEST));
  solver.absoluteTolerance = [...tolerances.absolute];
  solver.maxSteps = maxSteps + 1; // odex stops one short
  if (maxStep < Infinity) solver.maxStepSize = maxStep;
  if (stepSize !== undefined) solver.initialStepSize = Math.max(stepSize, SMALLEST_FIRST_STEP);
  return solver;
}

/**
 * The Gragg–Bulirsch–Stoer extrapolation method with variable order and step size, by the package odex
 * (Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, section II.9).
 *
 * Steps are taken without odex's dense output, which would change its step sequence and make each step dearer. A step
 * whose inside is asked for is resolved by collocation, so that asked times and events do not change the steps of a run.
 */
export const odex: OdeMethod = withInsides({
  name: 'odex',
  integrate(problem, tolerances, limits, start, stepSize, onStep, statistics) {
    const solver = solverFor(problem.initial.length, tolerances, limits, stepSize);
    const span = problem.until - start.time;
    const mostEvaluations = EVALUATIONS_PER_STEP * limits.maxSteps;
    return integrateGuarded(problem, start.time, mostEvaluations, onStep, statistics, (guard) => {
      const onAccepted = (
        _n: number,
        _before: number,
        elapsed: number,
        state: number[],
      ): false | undefined =>
        guard.accept(elapsed >= span ? problem.until : start.time + elapsed, state) ? undefined : false;
      // Time counts from the start of the piece: odex loses itself where an interval is a few units in the last place of its ends.
      const result = solver.solve(guard.evaluate, 0, Array.from(start.state), span, onAccepted);
      statistics.steps += result.nReject;
      statistics.rejected += result.nReject;
      if (result.outcome === Outcome.EarlyReturn) return 'stopped';
      return result.outcome === Outcome.MaxStepsExceeded ? 'step-limit' : 'end';
    });
  },
});
