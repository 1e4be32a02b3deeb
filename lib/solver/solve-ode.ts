import { rest } from '../foundation/turns.js';
import { beginRun, endRun, type RunOptions } from './run.js';
import type { OdeProblem } from './problem.js';
import type { OdeSolution } from './solution.js';

// Accepted steps between two looks at the outside world: a second or less even where averages take quadrature, and no more
// evaluations in all than without turns. Fixed, not timed, so that a run gives the same numbers on a slow machine as on
// a fast one.
const STEPS_PER_TURN = 4;

/** Solves a problem at one go. */
export function solveOde(problem: OdeProblem, options: RunOptions): OdeSolution {
  const run = beginRun(problem, options);
  if (options.signal?.aborted) run.end('aborted', `aborted at time ${problem.from}`);
  else {
    const { method, tolerances, maxSteps } = options;
    const ending = method.integrate(
      problem,
      tolerances,
      maxSteps,
      run.last(),
      undefined,
      run.take,
      run.statistics,
    );
    endRun(run, ending);
  }
  return run.solution();
}

/**
 * Solves a problem in turns of a few steps and yields to the event loop in between, so that signals arrive and a progress
 * bar moves. The method starts anew each turn with the step size it had, so that answers differ from `solveOde`'s
 * within the tolerances.
 */
export async function solveOdeAsync(
  problem: OdeProblem,
  options: RunOptions,
  onProgress?: (time: number) => void,
): Promise<OdeSolution> {
  const { method, tolerances, maxSteps } = options;
  const run = beginRun(problem, options);
  if (options.signal?.aborted) run.end('aborted', `aborted at time ${problem.from}`);
  let stepSize: number | undefined;
  while (!run.hasEnded()) {
    const stepsLeft = maxSteps - run.statistics.steps;
    let stepsTaken = 0;
    const start = run.last();
    const take = (time: number, state: ArrayLike<number>): boolean => {
      stepSize = time - run.last().time;
      return run.take(time, state) && ++stepsTaken < STEPS_PER_TURN;
    };
    const ending =
      stepsLeft > 0
        ? method.integrate(problem, tolerances, stepsLeft, start, stepSize, take, run.statistics)
        : 'step-limit';
    endRun(run, ending);
    onProgress?.(run.last().time);
    await rest();
    if (options.signal?.aborted) run.end('aborted', `aborted at time ${run.last().time}`);
  }
  return run.solution();
}
