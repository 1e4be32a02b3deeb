import { explicitSteps } from '../steps/explicit-steps.js';
import { implicitExtrapolation } from './implicit-extrapolation.js';
import { implicitSteps } from '../steps/implicit-steps.js';
import type { MethodEnding, OdeMethod, Start, Steps } from '../method.js';
import { methodOfSteps, type StepTaker } from '../steps/method-of-steps.js';
import { rungeKutta8 } from './runge-kutta-8.js';

// The explicit method is stable up to a step of about 6 over the largest rate. Where its steps come near that, the accuracy asked for
// would allow longer ones; the diagrams of docs/findings/work-precision.md show the implicit method ahead from less than half of it.
const LIMITED = 2.5;
const LIMITED_STEPS = 8;
// With fewer steps to go the explicit method is as quick, and more accurate: its errors die out where the steps are so short.
const WORTH_STEPS = 200;

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

  const take: StepTaker = (problem, tolerances, limits, start, stepSize, statistics) => {
    const lastStep = statistics.steps + limits.maxSteps;
    const stiff = (node: Start, h: number | undefined): Steps => {
      const left = { ...limits, maxSteps: lastStep - statistics.steps };
      return implicitSteps(problem, tolerances, left, node, h, statistics);
    };
    // A later piece of a run that has changed goes on as it was.
    if (start.time >= changedAt) return stiff(start, stepSize);
    const explicit = explicitSteps(problem, tolerances, limits, start, stepSize, statistics);
    let steps: Steps = explicit;
    let last = steps;

    function advance(): MethodEnding | undefined {
      const before = steps.time();
      last = steps;
      const ending = steps.advance();
      if (steps !== explicit || ending !== undefined) return ending;
      const time = explicit.time();
      if (!isEnough(explicit.stiffness(), time - before, problem.until - time)) return undefined;
      changedAt = time;
      steps = stiff({ time, state: explicit.state() }, time - before);
      return undefined;
    }

    return {
      time: () => steps.time(),
      state: () => steps.state(),
      inside: (left, right) => last.inside?.(left, right),
      advance,
    };
  };
  const method = methodOfSteps(rungeKutta8.name, take);
  return {
    ...method,
    get name() {
      return changedAt < Infinity ? `${method.name}, then ${implicitExtrapolation.name}` : method.name;
    },
    inside(problem, tolerances, left, right, statistics) {
      const used = left.time >= changedAt ? implicitExtrapolation : rungeKutta8;
      return used.inside(problem, tolerances, left, right, statistics);
    },
  };
}
