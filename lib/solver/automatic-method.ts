import { takeExplicitSteps } from './explicit-steps.js';
import { implicitExtrapolation } from './implicit-extrapolation-method.js';
import type { MethodEnding, OdeMethod, Statistics } from './method.js';
import type { OdeProblem, Tolerances } from './problem.js';
import { rungeKutta8 } from './runge-kutta-8-method.js';

// The explicit method is stable up to a step of about 6 over the largest rate. Where its steps come near that, the accuracy asked for
// would allow longer ones; the diagrams of docs/solvers.md show the implicit method ahead from less than half of it.
const LIMITED = 2.5;
const LIMITED_STEPS = 8;
// A change of method costs about as much as so many explicit steps.
const WORTH_STEPS = 50;

/**
 * The method behind `method: 'auto'`: the explicit Runge–Kutta method of order 8, and from where its steps are limited by
 * stability instead of accuracy, implicit extrapolation. It decides anew in each run, by the steps themselves, so by
 * problem and tolerance, and never goes back. An instance serves one run; its name tells what was used.
 */
export function automaticMethod(): OdeMethod {
  let changedAt = Infinity;
  let limitedSteps = 0;

  /** Whether this accepted step is one too many at the limit of stability. */
  function isEnough(stiffness: number, h: number, timeLeft: number): boolean {
    limitedSteps = stiffness > LIMITED ? limitedSteps + 1 : 0;
    return limitedSteps >= LIMITED_STEPS && timeLeft > WORTH_STEPS * h;
  }

  function integrate(
    problem: OdeProblem,
    tolerances: Tolerances,
    maxSteps: number,
    start: Parameters<OdeMethod['integrate']>[3],
    stepSize: number | undefined,
    onStep: Parameters<OdeMethod['integrate']>[5],
    statistics: Statistics,
  ): MethodEnding {
    if (start.time >= changedAt)
      return implicitExtrapolation.integrate(
        problem,
        tolerances,
        maxSteps,
        start,
        stepSize,
        onStep,
        statistics,
      );
    const stepsBefore = statistics.steps;
    let { time, state } = start;
    let h = 0;
    const watch = (now: number, here: Float64Array, stiffness: number): boolean => {
      h = now - time;
      time = now;
      if (!onStep(now, here)) return false;
      if (!isEnough(stiffness, h, problem.until - now)) return true;
      changedAt = now;
      state = here.slice();
      return false;
    };
    const ending = takeExplicitSteps(problem, tolerances, maxSteps, start, stepSize, watch, statistics);
    if (ending !== 'stopped' || changedAt > time) return ending;
    const stepsLeft = maxSteps - (statistics.steps - stepsBefore);
    return implicitExtrapolation.integrate(
      problem,
      tolerances,
      stepsLeft,
      { time, state },
      h,
      onStep,
      statistics,
    );
  }

  return {
    get name() {
      const { name } = rungeKutta8;
      return changedAt < Infinity ? `${name}, then ${implicitExtrapolation.name}` : name;
    },
    integrate,
    inspect(problem, tolerances, left, right, visit, statistics) {
      const method = left.time >= changedAt ? implicitExtrapolation : rungeKutta8;
      method.inspect(problem, tolerances, left, right, visit, statistics);
    },
  };
}
