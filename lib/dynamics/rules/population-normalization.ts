import type { NormalizedOrderParameter } from '../normalized-system.js';
import type { OrderParameterSystem } from '../system.js';
import { weightNormalized, type WeightNormalizationParameters } from './weight-normalization.js';

/**
 * Population normalization with gamma decay: the field is normalized by its mean and variance over the whole population.
 * For isotropic inputs that is the same map as weight normalization, and so are its equations.
 *
 * @throws RangeError or TypeError as `weightNormalization`
 * @example
 * populationNormalization({ activation: identity, learningRate: 0.5, gammaDecay: 0.1 }).rule; // 'population-normalization'
 */
export function populationNormalization(
  parameters: WeightNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  return weightNormalized('population-normalization', parameters);
}
