import type { NormalizedOrderParameter } from '../normalized-system.js';
import type { OrderParameterSystem } from '../system.js';
import {
  batchNormalized,
  batchParameters,
  type BatchNormalizationParameters,
} from './batch-normalization.js';

/** What it is told. */
export const batchDeviationParameters = batchParameters('deviation');

/**
 * Normalization by the deviation of the minibatch and the mean of the population, 0: the student is g(γv/s), trained through s, exact at
 * finite M (docs/theory/batch-normalization.md#one-statistic-alone).
 *
 *     dγ/dt = η_γ(A − ζγ),  dR/dt = (ηγ/L²)B − R η²γ²C/(2L⁴),  dL/dt = η²γ²C/(2L³)
 *
 * At R = 1 the step does not vanish, not even for a linear unit without label noise: C there is about 1/(2M³).
 *
 * @throws RangeError or TypeError when η, η_γ ≤ 0, ζ or S < 0, or M is not an integer ≥ 8: for units that grow as z does A is finite
 *   from M = 4, B from 3, C from 8
 * @example
 * batchDeviation({ activation: relu, learningRate: 0.5, batchSize: 8 }).rule; // 'batch-deviation'
 */
export function batchDeviation(
  parameters: BatchNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  return batchNormalized('batch-deviation', 'deviation', batchDeviationParameters, parameters);
}
