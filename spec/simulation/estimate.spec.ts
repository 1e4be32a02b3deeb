import { estimate } from '../../lib/simulation/estimate.js';

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
