import { requireControl, rest, type RunControl } from '../foundation/turns.js';
import type { OdeMethod, Steps } from './method.js';
import { beginRun, type Run, type RunOptions } from './run.js';
import type { OdeProblem } from './problem.js';
import type { OdeSolution } from './solution.js';

// Accepted steps between two looks at the outside world: a second or less even where averages take quadrature, and no more
// evaluations in all than without turns. Fixed, not timed, so that a run gives the same numbers on a slow machine as on
// a fast one.
const STEPS_PER_TURN = 4;

/** Takes a few steps of a run; the run knows when it is over. */
type Turn = () => void;

/** Turns of a method that can pause: the steps do not depend on how many a turn has. */
function turnsOfSteps(run: Run, method: OdeMethod, stepsPerTurn: number): Turn {
  let steps: Steps | undefined;
  return () => {
    for (let taken = 0; taken < stepsPerTurn && !run.hasEnded(); taken++) {
      steps ??= method.steps!(...run.piece(), run.statistics);
      const ending = steps.advance();
      const goesOn = ending === undefined && run.take(steps.time(), steps.state(), steps.inside);
      if (goesOn) continue;
      if (ending !== undefined) run.finish(ending);
      steps = undefined;
    }
  };
}

/** Turns of a method that cannot: it starts anew each time with the step size it had. */
function turnsAnew(run: Run, method: OdeMethod, stepsPerTurn: number): Turn {
  let lastSize: number | undefined;
  return () => {
    const [problem, tolerances, limits, start, stepSize = lastSize] = run.piece();
    lastSize = undefined;
    let stepsTaken = 0;
    const take: Run['take'] = (time, state, inside) => {
      const size = time - run.last().time;
      if (!run.take(time, state, inside)) return false;
      if (++stepsTaken < stepsPerTurn) return true;
      lastSize = size;
      return false;
    };
    const ending =
      limits.maxSteps > 0
        ? method.integrate(problem, tolerances, limits, start, stepSize, take, run.statistics)
        : 'step-limit';
    run.finish(ending);
  };
}

function turnsOf(run: Run, { method }: RunOptions, stepsPerTurn: number): Turn {
  return (method.steps ? turnsOfSteps : turnsAnew)(run, method, stepsPerTurn);
}

/** Solves a problem at one go. */
export function solveOde(problem: OdeProblem, options: RunOptions): OdeSolution {
  const run = beginRun(problem, options);
  const takeTurn = turnsOf(run, options, Infinity);
  while (!run.hasEnded()) takeTurn();
  return run.solution();
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
  const takeTurn = turnsOf(run, options, STEPS_PER_TURN);
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
