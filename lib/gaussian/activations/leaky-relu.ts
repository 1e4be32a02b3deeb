import { requireFinite } from '../../foundation/checks.js';
import type { Activation } from '../activation.js';
import { unitOfSlopes } from './unit-of-slopes.js';

/**
 * The leaky rectified linear unit g(z) = z for z > 0 and slope·z for z < 0. Slopes 1 and 0 give `identity` and `relu`.
 *
 * @param slope slope on the negative side, any finite number
 * @throws RangeError when the slope is not finite
 * @example
 * leakyRelu(0.1).value(-2); // −0.2
 */
export function leakyRelu(slope = 0.01): Activation {
  requireFinite('slope', slope);
  return unitOfSlopes(`leaky-relu(${slope})`, [1, slope]);
}
