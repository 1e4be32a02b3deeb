import type { Activation } from '../../../gaussian/activation.js';

const LEFT = 1e-10; // relative distance from which the derivative left of a kink is taken

/** g′ just left of z; at a kink `derivative` itself is the one to the right. */
export function leftDerivative({ derivative }: Activation, z: number): number {
  return derivative(z - LEFT * (1 + Math.abs(z)));
}
