import { integer } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { meanAndVariance, type Estimate } from '../numerics/statistics.js';
import { randomStream } from '../random/random-stream.js';
import { SMALLEST_BATCH, type BatchStatisticsLaw } from './batch-law.js';
import { batchSampler } from './batch-sampler.js';
import { standardizedField, type Samples } from './standardized.js';

/** The law of batch statistics as measured, entry for entry. */
export type SampledBatchStatisticsLaw = {
  readonly [Name in keyof BatchStatisticsLaw]:
    Estimate | (undefined extends BatchStatisticsLaw[Name] ? undefined : never);
};

/** What to draw minibatches from, and how many. */
export interface SampleBatchStatisticsOptions {
  /** A sample of the field, at least M finite numbers that are not all equal. */
  readonly preactivations: Samples;
  /** M ≥ 2. */
  readonly batchSize: number;
  /** How many minibatches to draw, ≥ 2; default 10,000. */
  readonly batches?: number;
  /** Default 1. */
  readonly seed?: number;
}

const checks: OptionChecks<SampleBatchStatisticsOptions> = {
  preactivations: elsewhere,
  batchSize: integer(2),
  batches: optional(integer(2, 1e8)),
  seed: optional(integer(0)),
};

function scaled({ mean, standardError }: Estimate, factor: number, shift = 0): Estimate {
  return { mean: shift + factor * mean, standardError: Math.abs(factor) * standardError };
}

/**
 * Measures the law of batch statistics by drawing minibatches from data, without replacement within a batch as training
 * does. Drawn so from P samples, Var μ_B is σ²/M · (P − M)/(P − 1), not σ²/M; the other moments shrink towards the
 * data's own by like amounts.
 *
 * @returns each moment with the standard error due to drawing, the data given. E[1/σ_B] and E[1/σ_B²] are undefined below
 *   M = 3 and 4, and where a minibatch of equal numbers was drawn
 * @throws TypeError or RangeError, one line, naming an argument out of its domain or the first entry that is no finite number
 * @example
 * const { varianceOfMean } = sampleBatchStatistics({ preactivations: [1, 2, 3, 4], batchSize: 4 });
 * varianceOfMean.mean < 1e-30; // true
 */
export function sampleBatchStatistics(options: SampleBatchStatisticsOptions): SampledBatchStatisticsLaw {
  requireOptions('options', options, checks);
  const { preactivations, batchSize, batches = 10_000, seed = 1 } = options;
  const field = standardizedField(preactivations, batchSize);
  const draw = batchSampler(field.values, batchSize, randomStream(seed));
  const means = new Float64Array(batches);
  const deviations = new Float64Array(batches);
  const statistics = { mean: 0, deviation: 0 };
  for (let batch = 0; batch < batches; batch++) {
    draw(statistics);
    means[batch] = statistics.mean;
    deviations[batch] = statistics.deviation;
  }
  const ofMean = meanAndVariance(means);
  const ofDeviation = meanAndVariance(deviations);
  const inverse = (power: number, least: number): Estimate | undefined =>
    batchSize < least || deviations.includes(0)
      ? undefined
      : scaled(meanAndVariance(deviations.map((s) => s ** -power)).mean, field.deviation ** -power);
  return {
    meanOfMean: scaled(ofMean.mean, field.deviation, field.mean),
    varianceOfMean: scaled(ofMean.variance, field.deviation ** 2),
    meanOfDeviation: scaled(ofDeviation.mean, field.deviation),
    varianceOfDeviation: scaled(ofDeviation.variance, field.deviation ** 2),
    meanInverseDeviation: inverse(1, SMALLEST_BATCH.inverseDeviation),
    meanInverseVariance: inverse(2, SMALLEST_BATCH.inverseVariance),
  };
}
