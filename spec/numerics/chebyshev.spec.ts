import {
  chebyshevPoints,
  chebyshevSum,
  chebyshevTransform,
  chebyshevWeights,
} from '../../lib/numerics/chebyshev.js';

const COUNT = 9;
const points = chebyshevPoints(COUNT);
const transform = chebyshevTransform(COUNT);

/** Coefficients of the interpolant of f at the points. */
function coefficientsOf(f: (x: number) => number): Float64Array {
  return Float64Array.from(points, (_, k) =>
    points.reduce((sum, x, j) => sum + transform[k * COUNT + j] * f(x), 0),
  );
}

describe('Chebyshev points', () => {
  it('are the zeros of T_n, decreasing', () => {
    for (const x of points) expect(Math.abs(Math.cos(COUNT * Math.acos(x)))).toBeLessThan(1e-14);
    expect([...points].sort((a, b) => b - a)).toEqual([...points]);
  });

  it.each([0, 1, 5, 8])('give back T_%d as its only coefficient', (k) => {
    coefficientsOf((x) => Math.cos(k * Math.acos(x))).forEach((c, i) => {
      expect(c).toBeCloseTo(i === k ? 1 : 0, 14);
    });
  });
});

describe.each([-1, -0.37, points[2], 0.9, 1])('a polynomial of degree 8 at %d', (x) => {
  const f = (t: number): number => (t - 0.3) ** 8 - 2 * t ** 3;

  it('is the sum of its series, from wherever the coefficients stand', () => {
    const padded = Float64Array.of(7, 7, ...coefficientsOf(f), 7);
    // Coefficients add up to (1.3)⁸ = 8, with rounding of some 20 operations.
    expect(Math.abs(chebyshevSum(padded, 2, COUNT, x) - f(x))).toBeLessThan(1e-14 * 8);
  });

  it('is what the weights make of its values', () => {
    const weights = new Float64Array(COUNT);
    chebyshevWeights(COUNT)(x, weights);
    const value = weights.reduce((sum, weight, j) => sum + weight * f(points[j]), 0);
    expect(Math.abs(value - f(x))).toBeLessThan(1e-14 * 8);
  });
});
