import { rest } from '../foundation/turns.js';
import type { Steps } from './method.js';
import { beginRun, endRun, type Run, type RunOptions } from './run.js';
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

/** Takes a few steps of a run; the run knows when it is over. */
type Turn = () => void;

/** Turns of a method that can pause: the steps are those of `solveOde`. */
function turnsOfSteps(run: Run, steps: Steps): Turn {
  return () => {
    for (let taken = 0; taken < STEPS_PER_TURN && !run.hasEnded(); taken++) {
      const ending = steps.advance();
      if (ending === undefined) run.take(steps.time, steps.state);
      else endRun(run, ending);
    }
  };
}

/** Turns of a method that cannot: it starts anew each time with the step size it had. */
function turnsAnew(run: Run, problem: OdeProblem, { method, tolerances, maxSteps }: RunOptions): Turn {
  let stepSize: number | undefined;
  return () => {
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
  };
}

/**
 * Solves a problem in turns of a few steps and yields to the event loop in between, so that signals arrive and a progress
 * bar moves. The answers are those of `solveOde` where the method can pause, and within the tolerances elsewhere.
 */
export async function solveOdeAsync(
  problem: OdeProblem,
  options: RunOptions,
  onProgress?: (time: number) => void,
): Promise<OdeSolution> {
  const { method, tolerances, maxSteps } = options;
  const run = beginRun(problem, options);
  if (options.signal?.aborted) run.end('aborted', `aborted at time ${problem.from}`);
  const steps = method.steps?.(problem, tolerances, maxSteps, run.last(), run.statistics);
  const takeTurn = steps ? turnsOfSteps(run, steps) : turnsAnew(run, problem, options);
  while (!run.hasEnded()) {
    takeTurn();
    onProgress?.(run.last().time);
    await rest();
    if (options.signal?.aborted) run.end('aborted', `aborted at time ${run.last().time}`);
  }
  return run.solution();
}
