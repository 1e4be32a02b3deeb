import { asymptoticBatchStatisticsLaw, batchStatisticsLaw } from '../../lib/regularization/batch-law.js';
import {
  drawBatches,
  gaussian,
  laplace,
  sampleMean,
  uniform,
  type SampleMean,
  type TestField,
} from './fields.js';

/** E[s^p] and Var s for √M s ~ χ_(M−1): the trapezoidal rule in ln s, which converges exponentially. */
function chiMoments(batchSize: number): { moment: (power: number) => number; variance: number } {
  const step = 0.2 / Math.sqrt(batchSize);
  const [low, high] = [-60 / batchSize - 2, 2];
  const integral = (f: (s: number) => number): number => {
    let sum = 0;
    for (let x = low; x < high; x += step) {
      const s = Math.exp(x);
      sum += f(s) * Math.exp((batchSize - 1) * x - (batchSize * (s * s - 1)) / 2);
    }
    return sum;
  };
  const norm = integral(() => 1);
  const moment = (power: number): number => integral((s) => s ** power) / norm;
  const mean = moment(1);
  return { moment, variance: integral((s) => (s - mean) ** 2) / norm };
}

describe('the exact law of batch statistics of a Gaussian field', () => {
  it.each([4, 5, 8, 33, 999, 1000, 4096])('is that of the χ density, M = %d', (batchSize) => {
    const law = batchStatisticsLaw({ batchSize, mean: -1.5, variance: 4 });
    const { moment, variance } = chiMoments(batchSize);
    // 1e-10: the reference stops at s = exp(−2 − 60/M), where up to 1e-11 of E[1/s²] is left at M = 5; at M = 4 its
    // integrand falls like s only, and exp(−17) is left.
    const accuracy = batchSize === 4 ? 1e-6 : 1e-10;
    expect(law.meanOfMean).toBe(-1.5);
    expect(law.varianceOfMean * batchSize).toBeCloseTo(4, 14);
    expect(Math.abs(law.meanOfDeviation / (2 * moment(1)) - 1)).toBeLessThan(accuracy);
    expect(Math.abs(law.varianceOfDeviation / (4 * variance) - 1)).toBeLessThan(accuracy);
    expect(Math.abs((law.meanInverseDeviation! * 2) / moment(-1) - 1)).toBeLessThan(accuracy);
    expect(Math.abs((law.meanInverseVariance! * 4) / moment(-2) - 1)).toBeLessThan(accuracy);
  });

  it('at M = 2 and 3 has closed forms: σ_B = |h₁ − h₂|/2 at M = 2', () => {
    const two = batchStatisticsLaw({ batchSize: 2 });
    expect(two.meanOfDeviation).toBeCloseTo(1 / Math.sqrt(Math.PI), 14);
    expect(two.varianceOfDeviation).toBeCloseTo(1 / 2 - 1 / Math.PI, 14);
    const three = batchStatisticsLaw({ batchSize: 3 });
    // 3s² is χ² with two degrees of freedom: √3 s is a Rayleigh variable.
    expect(three.meanOfDeviation).toBeCloseTo(Math.sqrt(Math.PI / 6), 14);
    expect(three.meanInverseDeviation).toBeCloseTo(Math.sqrt((3 * Math.PI) / 2), 14);
  });

  it('leaves moments undefined where they are infinite', () => {
    expect(batchStatisticsLaw({ batchSize: 2 }).meanInverseDeviation).toBeUndefined();
    expect(batchStatisticsLaw({ batchSize: 2 }).meanInverseVariance).toBeUndefined();
    expect(batchStatisticsLaw({ batchSize: 3 }).meanInverseVariance).toBeUndefined();
    expect(batchStatisticsLaw({ batchSize: 4 }).meanInverseVariance).toBeCloseTo(4, 14);
    const asymptotic = asymptoticBatchStatisticsLaw({ batchSize: 3, kurtosis: 1 });
    expect(asymptotic.meanInverseDeviation).toBeDefined();
    expect(asymptotic.meanInverseVariance).toBeUndefined();
  });

  // Seed 11; six numbers at |z| < 4.5 fail by chance once in 25,000 seeds.
  it('is what simulation finds, M = 8', () => {
    const batchSize = 8;
    const { means, deviations } = drawBatches(gaussian, batchSize, 100_000, 11);
    const law = batchStatisticsLaw({ batchSize });
    const expected: [SampleMean, number][] = [
      [sampleMean(means), law.meanOfMean],
      [sampleMean(means.map((mean) => mean ** 2)), law.varianceOfMean],
      [sampleMean(deviations), law.meanOfDeviation],
      [sampleMean(deviations.map((s) => (s - law.meanOfDeviation) ** 2)), law.varianceOfDeviation],
      [sampleMean(deviations.map((s) => 1 / s)), law.meanInverseDeviation!],
      [sampleMean(deviations.map((s) => s ** -2)), law.meanInverseVariance!],
    ];
    for (const [found, value] of expected)
      expect(Math.abs(found.mean - value)).toBeLessThan(4.5 * found.error);
    // Power: twice the distance of each moment from its value at M = ∞ would be 70 standard errors off or more.
    expected.slice(1).forEach(([found, value], i) => {
      const limit = [0, 1, 0, 1, 1][i];
      expect(Math.abs(2 * value - limit - found.mean)).toBeGreaterThan(70 * found.error);
    });
  });

  it.each([
    [{ batchSize: 1 }, '`batchSize` must be an integer >= 2; got 1'],
    [{ batchSize: 2.5 }, '`batchSize` must be an integer >= 2; got 2.5'],
    [{ batchSize: 8, variance: 0 }, '`variance` must be a finite number > 0; got 0'],
    [{ batchSize: 8, mean: NaN }, '`mean` must be a finite number; got NaN'],
  ])('refuses %j', (options, message) => {
    expect(() => batchStatisticsLaw(options)).toThrow(new RangeError(message));
  });
});

describe('the law to first order in 1/M', () => {
  it('is approached by the exact Gaussian one like 1/M²', () => {
    const gap = (batchSize: number): number[] => {
      const exact = batchStatisticsLaw({ batchSize, variance: 9 });
      const first = asymptoticBatchStatisticsLaw({ batchSize, variance: 9, kurtosis: 0 });
      return [
        exact.meanOfDeviation - first.meanOfDeviation,
        exact.varianceOfDeviation - first.varianceOfDeviation,
        exact.meanInverseDeviation! - first.meanInverseDeviation!,
        exact.meanInverseVariance! - first.meanInverseVariance!,
      ];
    };
    const [coarse, fine] = [gap(200), gap(400)];
    // 4, up to a relative O(1/M) of order 10/200.
    fine.forEach((value, i) => {
      expect(Math.abs(coarse[i] / value - 4)).toBeLessThan(0.2);
    });
  });

  /**
   * M (moment − limit) at M = 64 and 128, extrapolated to M = ∞ by 2c(128) − c(64). Control variates: E[s²] = 1 − 1/M is
   * exact, and s, 1/s and 1/s² follow it to first order.
   */
  function coefficients(field: TestField, seed: number): SampleMean[] {
    const at = (batchSize: number): SampleMean[] => {
      const { deviations } = drawBatches(field, batchSize, Math.round(2e6 / batchSize), seed + batchSize);
      const square = 1 - 1 / batchSize;
      const mean = sampleMean(deviations).mean;
      const centred = (values: number[], limit: number): SampleMean => {
        const found = sampleMean(values);
        return { mean: batchSize * (found.mean - limit), error: batchSize * found.error };
      };
      return [
        centred(
          deviations.map((s) => s - (s * s) / 2),
          1 - square / 2,
        ),
        centred(
          deviations.map((s) => (s - mean) ** 2),
          0,
        ),
        centred(
          deviations.map((s) => 1 / s + (s * s) / 2),
          1 + square / 2,
        ),
        centred(
          deviations.map((s) => s ** -2 + s * s),
          1 + square,
        ),
      ];
    };
    const [coarse, fine] = [at(64), at(128)];
    return fine.map(({ mean, error }, i) => ({
      mean: 2 * mean - coarse[i].mean,
      error: Math.hypot(2 * error, coarse[i].error),
    }));
  }

  // Twelve numbers at |z| < 4.5, seeds 1000…: a false alarm once in 12,000 seeds. What 1/M² leaves is below 0.02 for the
  // Laplace field, whose higher moments are the largest.
  it.each([gaussian, laplace, uniform])('has the coefficients of $name simulation', (field) => {
    const rho = field.kurtosis;
    const law = asymptoticBatchStatisticsLaw({ batchSize: 1e6, kurtosis: rho });
    const expected = [
      (law.meanOfDeviation - 1) * 1e6,
      law.varianceOfDeviation * 1e6,
      (law.meanInverseDeviation! - 1) * 1e6,
      (law.meanInverseVariance! - 1) * 1e6,
    ];
    expect(expected[0]).toBeCloseTo(-(rho + 6) / 8, 6);
    expect(expected[1]).toBeCloseTo((rho + 2) / 4, 6);
    coefficients(field, 1000).forEach(({ mean, error }, i) => {
      const tolerance = 4.5 * error + 0.02;
      expect(Math.abs(mean - expected[i])).toBeLessThan(tolerance);
      // Power: twice or half the coefficient would fail.
      expect(Math.abs(mean - 2 * expected[i])).toBeGreaterThan(tolerance);
      expect(Math.abs(mean - expected[i] / 2)).toBeGreaterThan(tolerance);
    });
  });

  it('refuses kurtosis that no field has', () => {
    expect(() => asymptoticBatchStatisticsLaw({ batchSize: 8, kurtosis: -2.1 })).toThrow(
      new RangeError('`kurtosis` must be at least -2; got -2.1'),
    );
    expect(() => asymptoticBatchStatisticsLaw({ batchSize: 8, kurtosis: Infinity })).toThrow(
      new RangeError('`kurtosis` must be a finite number; got Infinity'),
    );
  });
});
