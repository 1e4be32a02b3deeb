import type { Activation } from '../activation.js';
import { defineActivation } from './custom.js';

/** The smooth rectifier g(z) = log(1 + exp z). */
export const softplus: Activation = defineActivation({
  name: 'softplus',
  value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  derivative: (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))),
});
