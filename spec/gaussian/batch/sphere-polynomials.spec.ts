import { gaussJacobi } from '../../../lib/numerics/gauss-jacobi.js';
import { gaussLegendre } from '../../../lib/numerics/gauss-legendre.js';
import { type QuadratureRule } from '../../../lib/numerics/quadrature-rule.js';
import { pairAverage, spherePolynomials } from '../../../lib/gaussian/batch/sphere-polynomials.js';

/** A rule for v̂ = √(M−1) y by another route: y has density ∝ (1 − y²)^((M−4)/2), a beta distribution of (1 + y)/2. */
function fieldRule(m: number, nodes: number): QuadratureRule {
  const { nodes: places, weights } = gaussJacobi(nodes, (m - 4) / 2, (m - 4) / 2);
  return { nodes: places.map((w) => Math.sqrt(m - 1) * (2 * w - 1)), weights };
}

/** p_0 … p_count at v by the recurrence. */
function polynomialsAt(recurrence: Float64Array, v: number, count: number): number[] {
  const values = [1];
  for (let k = 0; k < count; k++) {
    const before = k === 0 ? 0 : recurrence[k] * values[k - 1];
    values.push((v * values[k] - before) / recurrence[k + 1]);
  }
  return values;
}

const SIZES = [4, 5, 8, 33];

describe('polynomials of a field normalized by its batch', () => {
  it.each(SIZES)('are orthonormal under its law at M = %p', (m) => {
    const count = 24;
    const { recurrence } = spherePolynomials(m, 100);
    // Products of two polynomials have degree 48 at most; the rule is exact to 59.
    const { nodes, weights } = fieldRule(m, 30);
    const values = Array.from(nodes, (v) => polynomialsAt(recurrence, v, count));
    for (let j = 0; j <= count; j++) {
      for (let k = 0; k <= j; k++) {
        const product = weights.reduce((sum, weight, i) => sum + weight * values[i][j] * values[i][k], 0);
        // Nodes to 1e-15 times slopes of order k².
        expect(Math.abs(product - (j === k ? 1 : 0))).toBeLessThan(1e-11);
      }
    }
  });

  it.each(SIZES)('have their values at the cosine of two samples, relative to those at 1, at M = %p', (m) => {
    const { recurrence, pairValues } = spherePolynomials(m, 100);
    // v̂ = √(M−1)y at y = −1/(M−1) and y = 1.
    const count = 30;
    const here = polynomialsAt(recurrence, -1 / Math.sqrt(m - 1), count);
    const ends = polynomialsAt(recurrence, Math.sqrt(m - 1), count);
    for (let k = 0; k <= count; k++) {
      // Rounding of thirty steps; values left out are below 1e-11.
      expect(Math.abs((k < pairValues.length ? pairValues[k] : 0) - here[k] / ends[k])).toBeLessThan(1e-11);
    }
  });

  it('are as many as matter for pairs, but at most as many as are asked for', () => {
    const { recurrence, pairValues } = spherePolynomials(33, 100);
    const ends = polynomialsAt(recurrence, Math.sqrt(32), 80);
    const ratios = polynomialsAt(recurrence, -1 / Math.sqrt(32), 80).map((value, k) => value / ends[k]);
    expect(pairValues).toHaveLength(ratios.findLastIndex((ratio) => Math.abs(ratio) > 1e-11) + 1);
    // At M = 4 they fall like 1/√k only.
    expect(spherePolynomials(4, 100).pairValues.length).toBeGreaterThan(97);
    expect(spherePolynomials(4, 100).recurrence).toHaveLength(101);
  });
});

describe('averages over pairs of a batch', () => {
  // Two unit vectors of n = M − 1 dimensions with cosine c = −1/n: E[y_iy_j] = c/n, E[y_i²y_j²] = (1 + 2c²)/(n(n + 2)),
  // E[y_i³y_j³] = (9c + 6c³)/(n(n + 2)(n + 4)), Gaussian moments over those of the radius.
  it.each(SIZES)(
    'of (1 + v̂_iv̂_j)v̂_iv̂_j and (1 + v̂_iv̂_j)v̂_i²v̂_j² are the moments on the sphere at M = %p',
    (m) => {
      const n = m - 1;
      const c = -1 / n;
      const first = c;
      const second = (n * (1 + 2 * c * c)) / (n + 2);
      const third = (n * n * (9 * c + 6 * c ** 3)) / ((n + 2) * (n + 4));
      const pairs = pairAverage(m, 30, false);
      const rule = fieldRule(m, 16);
      // Rounding, of numbers of order one.
      const squares = rule.nodes.map((v) => v * v);
      expect(Math.abs(pairs(rule, rule.nodes, 12) - (first + second))).toBeLessThan(1e-13);
      expect(Math.abs(pairs(rule, squares, 12) - (second + third))).toBeLessThan(1e-13);
      // And of a sum of both, so that even and odd parts do not mix.
      const sum = rule.nodes.map((v, j) => 2 * v - 3 * squares[j]);
      expect(Math.abs(pairs(rule, sum, 12) - (4 * (first + second) + 9 * (second + third)))).toBeLessThan(
        1e-12,
      );
    },
  );

  it.each([
    [6, 3e-4],
    [8, 2e-5],
  ])('of steps, whose sums converge slowly, end better with tapered factors, M = %p', (m, tolerance) => {
    // P(both > 0) = (π − ω)/2π and E[v̂_iv̂_jθθ] = (sin ω + (π − ω) cos ω)/2π, cos ω = −1/(M−1).
    const angle = Math.acos(-1 / (m - 1));
    const both = (Math.PI - angle) / (2 * Math.PI);
    const exact = both + (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)) / (2 * Math.PI);
    // The density is a polynomial in y at even M: a rule for 0 < y < 1, where the step is 1, and nothing below.
    const { nodes: places, weights: lengths } = gaussLegendre(100);
    const power = (m - 4) / 2;
    const whole = power === 1 ? 2 / 3 : 8 / 15; // ∫(1 − y²) and ∫(1 − y²)² from 0 to 1
    const y = places.map((x) => (1 + x) / 2);
    const rule = {
      nodes: y.map((x) => Math.sqrt(m - 1) * x),
      weights: y.map((x, k) => ((lengths[k] / 2) * (1 - x * x) ** power) / whole / 2),
    };
    const step = y.map(() => 1);
    const [tapered, abrupt] = [true, false].map((taper) =>
      Math.abs(pairAverage(m, 64, taper)(rule, step, 64) - exact),
    );
    expect(tapered).toBeLessThan(tolerance);
    expect(tapered).toBeLessThan(abrupt);
  });
});
