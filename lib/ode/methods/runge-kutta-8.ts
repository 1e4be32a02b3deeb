import { explicitSteps } from '../steps/explicit-steps.js';
import type { OdeMethod, Statistics } from '../method.js';
import { methodOfSteps } from '../steps/method-of-steps.js';

const general = methodOfSteps('runge-kutta-8', explicitSteps);

/** Makes a step again, to the last bit, and looks inside. */
const insideOfStepAgain: OdeMethod['inside'] = (problem, tolerances, left, right, statistics) => {
  const work: Statistics = { steps: 0, rejected: 0, evaluations: 0 }; // not a step of the run
  const only = { maxSteps: 1, maxStep: Infinity };
  const h = right.time - left.time;
  const step = explicitSteps({ ...problem, until: right.time }, tolerances, only, left, h, work);
  const inside = step.advance() === undefined ? step.inside?.(left, right) : undefined;
  statistics.evaluations += work.evaluations;
  return inside;
};

/**
 * The explicit Runge–Kutta method of order 8 after Dormand and Prince, with the coefficients and the error control of
 * DOP853 (Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, section II.10): the fastest method here for
 * equations that are not stiff.
 *
 * States inside a step come from a polynomial whose slope is that of the equations, as accurate as the states at its ends.
 *
 * @example
 * const run = solve({ rule, initial, until: 50, method: rungeKutta8 });
 * run.method; // 'runge-kutta-8'
 */
export const rungeKutta8: OdeMethod = {
  ...general,
  inside(problem, tolerances, left, right, statistics) {
    return (
      insideOfStepAgain(problem, tolerances, left, right, statistics) ??
      general.inside(problem, tolerances, left, right, statistics)
    );
  },
};
