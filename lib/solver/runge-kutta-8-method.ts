import { explicitSteps } from './explicit-steps.js';
import type { OdeMethod } from './method.js';
import { methodOfSteps } from './method-of-steps.js';

/**
 * The explicit Runge–Kutta method of order 8 after Dormand and Prince, with the coefficients and the error control of
 * DOP853 (Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, section II.10): the fastest method here for
 * equations that are not stiff.
 *
 * States inside a step are computed by a step of their own, as accurate as those at its ends.
 *
 * @example
 * const run = solve({ rule, initial, until: 50, method: rungeKutta8 });
 * run.method; // 'runge-kutta-8'
 */
export const rungeKutta8: OdeMethod = methodOfSteps('runge-kutta-8', explicitSteps);
