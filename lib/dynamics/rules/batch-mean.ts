import type { NormalizedOrderParameter } from '../normalized-system.js';
import type { OrderParameterSystem } from '../system.js';
import {
  batchNormalized,
  batchParameters,
  type BatchNormalizationParameters,
} from './batch-normalization.js';

/** What it is told. */
export const batchMeanParameters = batchParameters('mean');

/**
 * Normalization by the mean of the minibatch and the deviation of the population, L: the student is g(γ(v − μ)), trained through μ and
 * L, exact at finite M (docs/theory/batch-normalization.md#one-statistic-alone). It is weight normalization with the mean of the batch
 * taken out, the "mean-only batch normalization" of Salimans & Kingma (2016).
 *
 *     dγ/dt = η_γ(A − ζγ),  dR/dt = (ηγ/L²)B − R η²γ²C/(2L⁴),  dL/dt = η²γ²C/(2L³)
 *
 * For a linear unit A, B, C are those of weight normalization times 1 − 1/M.
 *
 * @throws RangeError or TypeError when η, η_γ ≤ 0, ζ or S < 0, or M is not an integer ≥ 2, from which A, B and C are finite
 * @example
 * batchMean({ activation: relu, learningRate: 0.5, batchSize: 8 }).rule; // 'batch-mean'
 */
export function batchMean(
  parameters: BatchNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  return batchNormalized('batch-mean', 'mean', batchMeanParameters, parameters);
}
