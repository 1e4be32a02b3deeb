import { deviationOf, estimate, meanAndVariance, runningEstimate } from '../../lib/numerics/statistics.js';

/** Mean and standard error by the two-pass formula, from the definition. */
function twoPass(values: readonly number[]): { mean: number; standardError: number } {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return { mean, standardError: Math.sqrt(variance / n) };
}

const values = Array.from({ length: 37 }, (_, k) => Math.sin(5 * k) + 0.3 * Math.cos(k * k));

describe('the estimate of a mean over runs', () => {
  it('is the mean with the square root of (unbiased variance)/n', () => {
    const { mean, standardError } = estimate(values);
    const expected = twoPass(values);
    // Rounding of 37 additions.
    expect(Math.abs(mean - expected.mean)).toBeLessThan(1e-15);
    expect(Math.abs(standardError / expected.standardError - 1)).toBeLessThan(1e-14);
    expect(estimate([1, 3])).toEqual({ mean: 2, standardError: 1 });
  });

  it('keeps the digits of the error when the mean is a billion times larger', () => {
    const { standardError } = estimate(values.map((x) => x + 1e9));
    // Each value is rounded to 1e-7 of its spread.
    expect(Math.abs(standardError / twoPass(values).standardError - 1)).toBeLessThan(1e-7);
  });

  it('of equal values has no spread, of a single value an unknown one', () => {
    expect(estimate([0.1, 0.1, 0.1, 0.1])).toEqual({ mean: 0.1, standardError: 0 });
    expect(estimate([2])).toEqual({ mean: 2, standardError: Infinity });
  });
});

describe('mean and variance with their standard errors', () => {
  it('are √(var/n) and √((m₄ − var²)/n)', () => {
    const { mean, variance } = meanAndVariance(Float64Array.of(1, 2, 3, 6));
    // Deviations −2, −1, 0, 3: squares sum to 14, fourth powers to 98.
    expect(mean).toEqual({ mean: 3, standardError: Math.sqrt(14 / 3 / 4) });
    expect(variance.mean).toBeCloseTo(14 / 3, 14);
    expect(variance.standardError).toBeCloseTo(Math.sqrt((98 / 4 - (14 / 3) ** 2) / 4), 14);
  });
});

describe('a running estimate', () => {
  it('is that of the list of numbers so far, with their unbiased variance', () => {
    const running = runningEstimate();
    values.forEach((value, i) => {
      running.add(value);
      expect(running.estimate()).toEqual(estimate(values.slice(0, i + 1)));
    });
    expect(running.variance()).toBeCloseTo(37 * twoPass(values).standardError ** 2, 14);
  });
});

describe('the standard deviation of all numbers there are', () => {
  it('takes the variance over their count, in the range of doubles', () => {
    expect(deviationOf([1, 2, 4, 8], 3.75)).toBeCloseTo(Math.sqrt(28.75 / 4), 15);
    expect(
      deviationOf(
        [1, 2, 4, 8].map((x) => 1e300 * x),
        3.75e300,
      ) / 1e300,
    ).toBeCloseTo(Math.sqrt(28.75 / 4), 15);
    expect(deviationOf([0.1, 0.1], 0.1)).toBe(0);
  });
});
