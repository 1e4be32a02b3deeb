import type { Activation } from '../activation.js';
import { homogeneousUnit } from '../homogeneous.js';
import { identity } from './identity.js';
import { relu } from './relu.js';

/** The unit with these slopes under this name; the built-in one where it is identity or ReLU. */
export function unitOfSlopes(name: string, slopes: readonly [number, number]): Activation {
  if (slopes[0] !== 1) return homogeneousUnit(name, slopes);
  return slopes[1] === 1 ? identity : slopes[1] === 0 ? relu : homogeneousUnit(name, slopes);
}
