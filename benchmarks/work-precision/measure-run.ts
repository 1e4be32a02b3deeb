import type { Integrator } from './integrators.js';
import { errorAtEnd, type BenchmarkProblem } from './problems.js';

/** One method on one problem at one tolerance. */
export interface WorkPrecisionPoint {
  readonly problem: string;
  readonly library: string;
  readonly method: string;
  readonly tolerance: number;
  /** See `errorAtEnd`; null where the run failed. */
  readonly error: number | null;
  readonly evaluations: number;
  /** The quickest repeat, since the noise of a machine only ever adds; null where the run failed. */
  milliseconds: number | null;
  readonly outcome: string;
}

// A method that needs more than this is stopped and counts as failed.
const MOST_EVALUATIONS = 2e6;

/** The absolute tolerance that goes with a relative one. */
export function absoluteTolerance(problem: BenchmarkProblem, tolerance: number): number {
  return Math.max(problem.atolFactor * tolerance, 1e-20);
}

class TooManyEvaluations extends Error {}

/** Runs an integrator once, with evaluations counted. */
export function runOnce(
  integrator: Integrator,
  problem: BenchmarkProblem,
  tolerance: number,
): WorkPrecisionPoint {
  let evaluations = 0;
  const { derivative } = problem.ode;
  const counted = {
    ...problem.ode,
    derivative: (time: number, state: ArrayLike<number>, out: Float64Array): void => {
      if (++evaluations > MOST_EVALUATIONS) throw new TooManyEvaluations();
      derivative(time, state, out);
    },
  };
  let error: number | null = null;
  let outcome = 'reached-end';
  try {
    const state = integrator.solve(counted, tolerance, absoluteTolerance(problem, tolerance));
    error = errorAtEnd(problem, Array.from(state));
    if (!Number.isFinite(error)) [error, outcome] = [null, 'failed: not finite'];
  } catch (failure) {
    const why = failure instanceof TooManyEvaluations ? `over ${MOST_EVALUATIONS} evaluations` : 'gave up';
    outcome = `failed: ${why}`;
  }
  return {
    problem: problem.description.name,
    library: 'JavaScript',
    method: integrator.name,
    tolerance,
    error,
    evaluations,
    milliseconds: null,
    outcome,
  };
}

/** The quickest of as many repeats as fit into a time, at least one. */
export function quickest(work: () => unknown, budgetMilliseconds: number): number {
  let best = Infinity;
  const begin = performance.now();
  do {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  } while (performance.now() - begin < budgetMilliseconds);
  return best;
}
