import type { Activation } from '../activation.js';
import { homogeneousUnit } from '../homogeneous.js';

/** The rectified linear unit g(z) = max(z, 0). */
export const relu: Activation = {
  ...homogeneousUnit('relu', [1, 0]),
  value: (z) => (z > 0 ? z : 0), // no −0
};
