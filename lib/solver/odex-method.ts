import { Outcome, Solver } from 'odex';
import { guardedDerivative, LeaveIntegration } from './guard.js';
import type { OdeMethod } from './method.js';
import type { OdeProblem, Tolerances } from './problem.js';

// odex never evaluates more often than this in one step: 9 extrapolation columns of 2, 4, …, 18 (or, with dense output,
// 2, 6, …, 34) sub-steps, and the ends.
const EVALUATIONS_PER_STEP = 200;
// odex lets the error of its dense output reach 10 times the tolerance, so a step is inspected at a finer one.
const INSPECTION_FACTOR = 0.1;
// Below this a relative tolerance asks for digits that doubles do not have.
const FINEST = 1e-15;
// odex starts no smaller than this, whatever it is told.
const SMALLEST_FIRST_STEP = 1e-4;

function solverFor(dimension: number, tolerances: Tolerances, factor: number): Solver {
  const solver = new Solver(dimension);
  solver.relativeTolerance = tolerances.relative.map((tolerance) => Math.max(tolerance * factor, FINEST));
  solver.absoluteTolerance = tolerances.absolute.map((tolerance) => tolerance * factor);
  return solver;
}

function reasonToLeave(error: unknown): LeaveIntegration['reason'] {
  if (error instanceof LeaveIntegration) return error.reason;
  throw error;
}

/**
 * The Gragg–Bulirsch–Stoer extrapolation method with variable order and step size, by the package odex
 * (Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, section II.9).
 *
 * Steps are taken without odex's dense output, which would change its step sequence and make each step dearer. A step
 * whose inside is asked for is gone over once more with dense output on, so that asked times and events never change
 * the steps of a run.
 */
export const odex: OdeMethod = {
  name: 'odex',

  integrate(problem, tolerances, maxSteps, start, stepSize, onStep, statistics) {
    const dimension = problem.initial.length;
    const solver = solverFor(dimension, tolerances, 1);
    solver.maxSteps = maxSteps + 1; // odex stops one short
    if (stepSize !== undefined) solver.initialStepSize = Math.max(stepSize, SMALLEST_FIRST_STEP);
    const guard = guardedDerivative(problem, start.time, EVALUATIONS_PER_STEP * maxSteps);
    let accepted = 0;
    try {
      const result = solver.solve(
        guard.evaluate,
        start.time,
        Array.from(start.state),
        problem.until,
        (n, _before, time, state) => {
          if (n === 1) return undefined; // the start itself
          accepted++;
          guard.accepted(time);
          return onStep(time, state) ? undefined : false;
        },
      );
      statistics.steps += result.nAccept + result.nReject;
      statistics.rejected += result.nReject;
      if (result.outcome === Outcome.EarlyReturn) return 'stopped';
      return result.outcome === Outcome.MaxStepsExceeded ? 'step-limit' : 'end';
    } catch (error) {
      const reason = reasonToLeave(error);
      statistics.steps += accepted;
      return reason;
    } finally {
      statistics.evaluations += guard.evaluations;
    }
  },

  inspect(problem, tolerances, left, right, visit, statistics) {
    const span: OdeProblem = {
      derivative: problem.derivative,
      initial: left.state,
      from: left.time,
      until: right.time,
    };
    const dimension = span.initial.length;
    const solver = solverFor(dimension, tolerances, INSPECTION_FACTOR);
    solver.denseOutput = true;
    solver.initialStepSize = right.time - left.time;
    const guard = guardedDerivative(span, left.time, EVALUATIONS_PER_STEP * solver.maxSteps);
    try {
      solver.solve(
        guard.evaluate,
        left.time,
        Array.from(left.state),
        right.time,
        (_n, before, time, _state, dense) => {
          guard.accepted(time);
          if (!dense) return undefined;
          const goOn = visit(before, time, (at, out) => {
            for (let i = 0; i < dimension; i++) out[i] = dense(i, at);
          });
          return goOn ? undefined : false;
        },
      );
    } finally {
      statistics.evaluations += guard.evaluations;
    }
  },
};
