import { implicitSteps } from '../steps/implicit-steps.js';
import type { OdeMethod } from '../method.js';
import { methodOfSteps } from '../steps/method-of-steps.js';

/**
 * The semi-implicit midpoint rule of Bader & Deuflhard extrapolated with variable order and step size (Hairer & Wanner, Solving
 * Ordinary Differential Equations II, section IV.9): for stiff equations, whose fast components have died out and would
 * still limit the steps of an explicit method, such as a γ that learns 100 times faster than the weights.
 *
 * The Jacobian is taken by differences, once a step.
 *
 * @example
 * const run = solve({ rule, initial, until: 50, method: implicitExtrapolation });
 * run.method; // 'implicit-extrapolation'
 */
export const implicitExtrapolation: OdeMethod = methodOfSteps('implicit-extrapolation', implicitSteps);
