import { argumentError, integer } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { estimate, type Estimate } from '../numerics/statistics.js';
import { randomStream } from '../random/random-stream.js';
import { batchSampler } from './batch-sampler.js';
import { dataChecks, requireLabels, type GammaDecayFromDataOptions } from './decay-from-data.js';
import { gammaDecayChecks } from './gamma-decay.js';
import { gaussianLikelihood } from './likelihood.js';
import { standardizedField, type Samples } from './standardized.js';

/** Data, a student and how many minibatches to draw. */
export interface SampleBatchLossOptions extends Omit<
  GammaDecayFromDataOptions,
  'information' | 'resamples' | 'shift'
> {
  /** t_j, one to each pre-activation, 0 or 1 for Bernoulli. */
  readonly labels: Samples;
  /** How many minibatches to draw, ≥ 2; default 1,000. */
  readonly batches?: number;
}

const { activation, batchSize, likelihood } = gammaDecayChecks;

const checks: OptionChecks<SampleBatchLossOptions> = {
  ...dataChecks,
  activation,
  batchSize,
  likelihood,
  labels: elsewhere,
  batches: optional(integer(2, 1e8)),
};

/** The loss of population normalization on the data, and what random batch statistics add to it. */
export interface SampledBatchLoss {
  /** The loss of population normalization, averaged over the data. */
  readonly population: number;
  /** E over batch statistics of the loss, less that of population normalization: Theorem 1 calls it ζγ². */
  readonly excess: Estimate;
}

/**
 * Brute force for Theorem 1 on data: draws minibatches, normalizes every sample by the statistics of each, and averages the
 * loss over samples and batches.
 *
 * @returns the excess loss with the standard error due to drawing, the data given
 * @throws TypeError or RangeError, one line, as `gammaDecayFromData`, and when a minibatch of equal numbers is drawn
 * @example
 * const data = { activation: identity, batchSize: 2, preactivations: [-1, 0, 1], labels: [-1, 0, 1] };
 * sampleBatchLoss(data).population; // γ = 1 leaves ½⟨(t − h/√(2/3))²⟩ = 0.016837
 */
export function sampleBatchLoss(options: SampleBatchLossOptions): SampledBatchLoss {
  requireOptions('options', options, checks);
  const { activation, likelihood = gaussianLikelihood, preactivations, labels, batchSize } = options;
  const { gamma = 1, batches = 1000, seed = 1 } = options;
  const { values } = standardizedField(preactivations, batchSize);
  requireLabels(labels, values.length, likelihood);

  const lossWith = (mean: number, deviation: number): number => {
    let sum = 0;
    for (let j = 0; j < values.length; j++) {
      const output = activation.value((gamma * (values[j]! - mean)) / deviation);
      sum += likelihood.loss(labels[j]!, output);
    }
    return sum / values.length;
  };
  const population = lossWith(0, 1);
  const draw = batchSampler(values, batchSize, randomStream(seed));
  const statistics = { mean: 0, deviation: 0 };
  const excess = new Float64Array(batches).map(() => {
    draw(statistics);
    if (statistics.deviation === 0) {
      throw argumentError(
        `a minibatch of ${batchSize} equal preactivations was drawn: it cannot be normalized`,
      );
    }
    return lossWith(statistics.mean, statistics.deviation) - population;
  });
  return { population, excess: estimate(excess) };
}
