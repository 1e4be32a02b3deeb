import type { Activation } from '../activation.js';
import { homogeneousUnit } from '../homogeneous.js';

/** The linear unit g(z) = z. */
export const identity: Activation = homogeneousUnit('identity', [1, 1]);
