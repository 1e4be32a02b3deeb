import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { estimate } from '../../lib/numerics/statistics.js';
import { difference, severity } from './two-sample.js';

function normals(run: number, count: number): number[] {
  const out = new Float64Array(count);
  fillNormal(randomStream(20260501, run), out);
  return [...out];
}

describe('the difference of two samples', () => {
  it('is that of a small example', () => {
    // By hand: means 2 and 4, m₂ = 2/3 and 8/3, m₄ = 2/3 and 32/3; the gap is largest between 3 and 4, where it is 1 − 1/3.
    const { mean, variance, gap } = difference([1, 3, 2], [6, 2, 4]);
    expect(mean).toBeCloseTo(-2 / Math.sqrt(2 / 9 + 8 / 9), 14);
    expect(variance).toBeCloseTo(-2 / Math.sqrt((2 / 3 - 4 / 9) / 3 + (32 / 3 - 64 / 9) / 3), 14);
    expect(gap).toBeCloseTo((2 / 3) * Math.sqrt(9 / 6), 14);
  });

  it('has deviations of mean and variance that are standard normal, and small gaps, under equal laws', () => {
    const differences = Array.from({ length: 400 }, (_, k) =>
      difference(
        normals(2 * k, 1000),
        normals(2 * k + 1, 1000).map((x) => -x),
      ),
    );
    for (const name of ['mean', 'variance'] as const) {
      const squares = differences.map((d) => d[name] ** 2);
      const { mean, standardError } = estimate(squares);
      // The mean square is 1; five standard errors, 6e-7.
      expect(Math.abs(mean - 1)).toBeLessThan(5 * standardError);
    }
    // The median of Kolmogorov's law is 0.8276; Binomial(400, ½) deviates by more than 50 in 6e-7 of the seeds. Gaps of
    // 1000 values are smaller than the limit law says by 1 or 2 %, which shifts the count by ten.
    const larger = differences.filter(({ gap }) => gap > 0.8276).length;
    expect(Math.abs(larger - 195)).toBeLessThan(50);
    expect(Math.max(...differences.map(severity))).toBeLessThan(1);
  });

  it('is found where mean, variance or shape differ by little', () => {
    const sample = normals(0, 10_000);
    const other = normals(1, 10_000);
    expect(
      severity(
        difference(
          sample,
          other.map((x) => x + 0.1),
        ),
      ),
    ).toBeGreaterThan(1);
    expect(
      severity(
        difference(
          sample,
          other.map((x) => 1.08 * x),
        ),
      ),
    ).toBeGreaterThan(1);
    const uniform = sample.map((_, k) => Math.sqrt(12) * ((k + 0.5) / 10_000 - 0.5));
    expect(difference(other, uniform).gap).toBeGreaterThan(2.7);
  });
});
