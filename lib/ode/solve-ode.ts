import { requireControl, rest, type RunControl } from '../foundation/turns.js';
import type { Steps } from './method.js';
import { beginRun, type Run, type RunOptions } from './run.js';
import type { OdeProblem } from './problem.js';
import type { OdeSolution } from './solution.js';

// Accepted steps between two looks at the outside world: a second or less even where averages take quadrature, and no more
// evaluations in all than without turns. Fixed, not timed, so that a run gives the same numbers on a slow machine as on
// a fast one.
const STEPS_PER_TURN = 4;

/** Solves a problem at one go. */
export function solveOde(problem: OdeProblem, options: RunOptions): OdeSolution {
  const { method, tolerances } = options;
  const run = beginRun(problem, options);
  while (!run.hasEnded()) {
    const piece = run.piece();
    const ending = method.integrate(
      piece.problem,
      tolerances,
      piece.limits,
      piece.start,
      piece.stepSize,
      run.take,
      run.statistics,
    );
    run.finish(ending);
  }
  return run.solution();
}

/** Takes a few steps of a run; the run knows when it is over. */
type Turn = () => void;

/** Turns of a method that can pause: the steps are those of `solveOde`. */
function turnsOfSteps(run: Run, { method, tolerances }: RunOptions): Turn {
  const begin = (): Steps => {
    const { problem, limits, start, stepSize } = run.piece();
    return method.steps!(problem, tolerances, limits, start, stepSize, run.statistics);
  };
  let steps: Steps | undefined;
  return () => {
    for (let taken = 0; taken < STEPS_PER_TURN && !run.hasEnded(); taken++) {
      steps ??= begin();
      const ending = steps.advance();
      const goesOn = ending === undefined && run.take(steps.time(), steps.state(), steps.inside);
      if (goesOn) continue;
      if (ending !== undefined) run.finish(ending);
      steps = undefined;
    }
  };
}

/** Turns of a method that cannot: it starts anew each time with the step size it had. */
function turnsAnew(run: Run, { method, tolerances }: RunOptions): Turn {
  let stepSize: number | undefined;
  return () => {
    const piece = run.piece();
    let stepsTaken = 0;
    const take: Run['take'] = (time, state, inside) => {
      stepSize = time - run.last().time;
      return run.take(time, state, inside) && ++stepsTaken < STEPS_PER_TURN;
    };
    const ending =
      piece.limits.maxSteps > 0
        ? method.integrate(
            piece.problem,
            tolerances,
            piece.limits,
            piece.start,
            piece.stepSize ?? stepSize,
            take,
            run.statistics,
          )
        : 'step-limit';
    run.finish(ending);
  };
}

/**
 * Solves a problem in turns of a few steps and yields to the event loop in between, so that signals arrive and a progress
 * bar moves. The answers are those of `solveOde` where the method can pause, and within the tolerances elsewhere.
 */
export async function solveOdeAsync(
  problem: OdeProblem,
  options: RunOptions,
  control: RunControl,
): Promise<OdeSolution> {
  const { signal, onProgress } = requireControl(control);
  const { from, until } = problem;
  const run = beginRun(problem, options);
  const takeTurn = options.method.steps ? turnsOfSteps(run, options) : turnsAnew(run, options);
  const hear = (): void => {
    if (signal?.aborted) run.end('aborted', `aborted at time ${run.last().time}`);
  };
  hear();
  while (!run.hasEnded()) {
    takeTurn();
    onProgress?.((run.last().time - from) / (until - from));
    await rest();
    hear();
  }
  return run.solution();
}
