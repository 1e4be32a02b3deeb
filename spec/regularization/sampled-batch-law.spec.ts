import { sampleBatchStatistics } from '../../lib/regularization/sampled-batch-law.js';
import { statisticsOf, subsets } from './subsets.js';

const preactivations = [0, 1, 3, 7, 12, 20];

describe('the empirical law of batch statistics', () => {
  // Six numbers at |z| < 4.5, seed 5: a false alarm once in 25,000 seeds.
  it('is that of all minibatches without replacement', () => {
    const all = subsets(preactivations, 4).map(statisticsOf);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = (values: number[]): number => mean(values.map((value) => (value - mean(values)) ** 2));
    const means = all.map((statistics) => statistics.mean);
    const deviations = all.map((statistics) => statistics.deviation);
    const found = sampleBatchStatistics({ preactivations, batchSize: 4, batches: 20_000, seed: 5 });
    const expected = {
      meanOfMean: mean(means),
      varianceOfMean: variance(means),
      meanOfDeviation: mean(deviations),
      varianceOfDeviation: variance(deviations),
      meanInverseDeviation: mean(deviations.map((s) => 1 / s)),
      meanInverseVariance: mean(deviations.map((s) => 1 / s ** 2)),
    };
    for (const [name, value] of Object.entries(expected)) {
      const measured = found[name as keyof typeof expected]!;
      expect([name, Math.abs(measured.mean - value) < 4.5 * measured.standardError]).toEqual([name, true]);
      // Errors small enough that a tenth of the moment would be seen.
      expect(measured.standardError).toBeLessThan(value / 45);
    }
    // 20,000 independent batches.
    const { meanOfMean, varianceOfMean, meanOfDeviation, varianceOfDeviation } = found;
    expect(meanOfMean.standardError).toBeCloseTo(Math.sqrt(varianceOfMean.mean / 20_000), 14);
    expect(meanOfDeviation.standardError).toBeCloseTo(Math.sqrt(varianceOfDeviation.mean / 20_000), 14);
    // Finite population: σ²/M (P − M)/(P − 1), less than half of what drawing with replacement would give.
    const { deviation } = statisticsOf(preactivations);
    expect(expected.varianceOfMean).toBeCloseTo((deviation ** 2 / 4) * (2 / 5), 12);
  });

  it('follows shift and scale of the data', () => {
    const options = { batchSize: 4, batches: 50, seed: 5 };
    const plain = sampleBatchStatistics({ ...options, preactivations });
    const moved = sampleBatchStatistics({
      ...options,
      preactivations: preactivations.map((h) => 1e3 - 5 * h),
    });
    // Rounding of the data, 1e3 · 2e-16, over the spread of a batch.
    expect(moved.meanOfMean.mean).toBeCloseTo(1e3 - 5 * plain.meanOfMean.mean, 10);
    expect(moved.varianceOfMean.mean).toBeCloseTo(25 * plain.varianceOfMean.mean, 10);
    expect(moved.meanOfDeviation.standardError).toBeCloseTo(5 * plain.meanOfDeviation.standardError, 10);
    expect(moved.meanInverseVariance!.mean).toBeCloseTo(plain.meanInverseVariance!.mean / 25, 10);
  });

  it('leaves inverse moments undefined below their batch size, and where a batch of equal numbers was drawn', () => {
    const two = sampleBatchStatistics({ preactivations, batchSize: 2, batches: 10 });
    expect([two.meanInverseDeviation, two.meanInverseVariance]).toEqual([undefined, undefined]);
    const three = sampleBatchStatistics({ preactivations, batchSize: 3, batches: 10 });
    expect(three.meanInverseDeviation).toBeDefined();
    expect(three.meanInverseVariance).toBeUndefined();
    const ties = sampleBatchStatistics({ preactivations: [0, 0, 0, 0, 1], batchSize: 4, batches: 100 });
    expect(ties.meanInverseDeviation).toBeUndefined();
  });

  it.each([
    [{ preactivations, batchSize: 1 }, '`batchSize` must be an integer >= 2; got 1'],
    [
      { preactivations, batchSize: 7 },
      '`preactivations` must be at least batchSize = 7 numbers; got "6 of them"',
    ],
    [{ preactivations, batchSize: 2, batches: 1 }, '`batches` must be an integer from 2 to 100000000; got 1'],
    [{ preactivations, batchSize: 2, seed: -1 }, '`seed` must be an integer >= 0; got -1'],
  ])('refuses %j', (options, message) => {
    expect(() => sampleBatchStatistics(options)).toThrow(new RangeError(message));
  });
});
