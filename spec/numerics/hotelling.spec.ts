import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { hotellingTest } from '../../lib/numerics/hotelling.js';

const stream = randomStream(2024);

/** n rows of p independent standard normal numbers. */
function normalRows(n: number, p: number): number[][] {
  const row = new Float64Array(p);
  return Array.from({ length: n }, () => {
    fillNormal(stream, row);
    return [...row];
  });
}

const transform = (matrix: readonly (readonly number[])[], x: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, a, k) => sum + a * x[k], 0));

// A sheared map between units a million apart.
const MAP = [
  [1e3, 0, 0],
  [2, 1, 0],
  [-1e-3, 5e-4, 1e-3],
];

describe("Hotelling's test", () => {
  it('of one component is Student’s t test: T² = t², with the two-sided tail of n − 1 degrees of freedom', () => {
    // Closed forms: P(|T| > t) = 1 − (2/π) arctan t for one degree of freedom, 1 − t/√(2 + t²) for two.
    const two = hotellingTest([[1], [4]], [2])!;
    // Mean 2.5, unbiased variance 4.5, n = 2.
    expect(two.statistic).toBeCloseTo((2 * 0.5 ** 2) / 4.5, 14);
    expect(two.components).toBe(1);
    expect(two.pValue).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(Math.sqrt(two.statistic)), 13);
    const three = hotellingTest([[1], [4], [7]], [2])!;
    // Mean 4, unbiased variance 9.
    expect(three.statistic).toBeCloseTo((3 * 2 ** 2) / 9, 14);
    const t = Math.sqrt(three.statistic);
    expect(three.pValue).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 13);
  });

  it('of two uncorrelated components, by hand', () => {
    // Samples (m₁ ± a, m₂), (m₁, m₂ ± b): unbiased variances 2a²/3 and 2b²/3, no covariance.
    const [m1, m2, a, b] = [0.7, -0.2, 1.5, 0.4];
    const rows = [
      [m1 + a, m2],
      [m1 - a, m2],
      [m1, m2 + b],
      [m1, m2 - b],
    ];
    const { statistic, components, pValue } = hotellingTest(rows, [0, 0])!;
    const expected = 4 * (m1 ** 2 / ((2 * a * a) / 3) + m2 ** 2 / ((2 * b * b) / 3));
    expect(statistic).toBeCloseTo(expected, 12);
    expect(components).toBe(2);
    // F = (n−p)/(p(n−1)) T² = T²/3 with 2 and 2 degrees of freedom, whose tail is 1/(1 + F).
    expect(pValue).toBeCloseTo(1 / (1 + expected / 3), 13);
  });

  it('of two correlated components, by the inverse of a 2 × 2 matrix', () => {
    const rows = normalRows(9, 2).map(([x, y]) => [x + 2, 3 * x + 0.5 * y - 1]);
    const average = [0, 1].map((j) => rows.reduce((sum, row) => sum + row[j], 0) / 9);
    const [g1, g2] = [average[0] - 1.5, average[1] + 1.2];
    const s = (i: number, j: number): number =>
      rows.reduce((sum, row) => sum + (row[i] - average[i]) * (row[j] - average[j]), 0) / 8;
    const determinant = s(0, 0) * s(1, 1) - s(0, 1) ** 2;
    const expected = (9 * (g1 * g1 * s(1, 1) - 2 * g1 * g2 * s(0, 1) + g2 * g2 * s(0, 0))) / determinant;
    const { statistic, pValue } = hotellingTest(rows, [1.5, -1.2])!;
    expect(statistic / expected).toBeCloseTo(1, 11);
    // F = 7/(2·8) T² with 2 and 7 degrees of freedom: the tail is (1 + 2F/7)^(−7/2).
    expect(pValue / (1 + expected / 8) ** -3.5).toBeCloseTo(1, 11);
  });

  it('does not change under an invertible linear map of the components, whatever their units', () => {
    const rows = normalRows(10, 3);
    const mean = [0.3, -0.2, 0.5];
    const plain = hotellingTest(rows, mean)!;
    const mapped = hotellingTest(
      rows.map((row) => transform(MAP, row)),
      transform(MAP, mean),
    )!;
    // Units are scaled out; what is left of the map has a condition number of order ten.
    expect(mapped.statistic / plain.statistic).toBeCloseTo(1, 12);
    expect(mapped.pValue / plain.pValue).toBeCloseTo(1, 12);
  });

  it('raises a false alarm as often as its p-value says', () => {
    const trials = 4000;
    const pValues = Array.from({ length: trials }, () => {
      const rows = normalRows(12, 4).map(([a, b, c, d]) => [a, a + 0.1 * b, c - a, 5 * d + c]);
      return hotellingTest(rows, [0, 0, 0, 0])!.pValue;
    });
    for (const level of [0.5, 0.05, 0.01]) {
      const rate = pValues.filter((p) => p < level).length / trials;
      // Four binomial standard errors: 6e-5 each that a right test fails, for one fixed seed.
      expect(Math.abs(rate - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / trials));
    }
  });

  it('sees a shift of all components by one standard error each', () => {
    const rows = normalRows(400, 3).map((row) => row.map((x) => x + 0.5));
    expect(hotellingTest(rows, [0, 0, 0])!.pValue).toBeLessThan(1e-20);
  });

  it('is undefined for no more samples than components', () => {
    const rows = normalRows(3, 3);
    expect(hotellingTest(rows, [0, 0, 0])).toBeUndefined();
    expect(hotellingTest(rows.slice(0, 2), [0, 0, 0])).toBeUndefined();
    expect(hotellingTest(normalRows(4, 3), [0, 0, 0])).toBeDefined();
  });

  it('is undefined for no components', () => {
    expect(hotellingTest([[], [], []], [])).toBeUndefined();
  });

  it('is undefined for a constant component and for dependent ones', () => {
    const rows = normalRows(20, 2);
    const mean = [0, 0, 0];
    // The sum of twenty 0.1 is not 2.
    for (const constant of [7, 0.1]) {
      expect(
        hotellingTest(
          rows.map(([x, y]) => [x, y, constant]),
          mean,
        ),
      ).toBeUndefined();
    }
    expect(
      hotellingTest(
        rows.map(([x, y]) => [x, y, 1e6 * x - 1e-3 * y]),
        mean,
      ),
    ).toBeUndefined();
    expect(
      hotellingTest(
        rows.map(([x]) => [x, x, x]),
        mean,
      ),
    ).toBeUndefined();
  });
});
