import { adaptiveQuadrature } from '../../lib/numerics/adaptive-quadrature.js';
import { panelEdges } from '../../lib/numerics/panels.js';
import { kronrod21 } from '../../lib/numerics/gauss-kronrod.js';
import { gaussJacobi } from '../../lib/numerics/gauss-jacobi.js';
import { gaussLegendre } from '../../lib/numerics/gauss-legendre.js';
import { densityRule, gaussRule } from '../../lib/numerics/gauss-rule.js';

function moment(nodes: Float64Array, weights: Float64Array, degree: number): number {
  return nodes.reduce((sum, node, k) => sum + weights[k] * node ** degree, 0);
}
const exact = (degree: number): number => (degree % 2 === 0 ? 2 / (degree + 1) : 0);

describe('Gauss–Legendre rule', () => {
  it.each([1, 2, 5, 10, 48, 120])('with %p nodes is exact to degree 2n − 1 and no further', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let degree = 0; degree < 2 * n; degree++) {
      // Rounding of a sum of at most 120 terms of order one.
      expect(Math.abs(moment(nodes, weights, degree) - exact(degree))).toBeLessThan(1e-14);
    }
    if (n <= 10) expect(Math.abs(moment(nodes, weights, 2 * n) - exact(2 * n))).toBeGreaterThan(1e-7);
  });
});

describe('Gauss–Jacobi rule', () => {
  it.each([
    [0, 0],
    [0, -0.5],
    [4, -0.5],
    [28, 0],
    [4092, -0.5],
  ])('for w^%p (1 − w)^%p gives the moments of the beta distribution', (alpha, beta) => {
    const { nodes, weights } = gaussJacobi(32, alpha, beta);
    let expected = 1;
    for (let degree = 0; degree < 64; degree++) {
      // Rounding of the eigenvalues, times the degree.
      expect(Math.abs(moment(nodes, weights, degree) - expected)).toBeLessThan(1e-13);
      // B(α + k + 2, β + 1)/B(α + k + 1, β + 1)
      expected *= (alpha + 1 + degree) / (alpha + beta + 2 + degree);
    }
  });
});

describe('a rule for a density on panels', () => {
  it('has total weight 1, and on each panel the nodes its width asks for', () => {
    const widths: number[] = [];
    const { nodes, weights } = densityRule(
      [0, 1, 4],
      (width) => {
        widths.push(width);
        return 4 * width;
      },
      (x) => 7 * x,
    );
    expect(widths).toEqual([1, 3]);
    expect(nodes).toHaveLength(16);
    expect(nodes.filter((x) => x < 1)).toHaveLength(4);
    // ∫x^(k+1)/∫x from 0 to 4, rounding.
    for (let degree = 0; degree < 5; degree++) {
      const expected = (2 * 4 ** degree) / (degree + 2);
      expect(Math.abs(moment(nodes, weights, degree) / expected - 1)).toBeLessThan(1e-14);
    }
  });
});

describe('Gauss rule of a law given by a finer rule', () => {
  // The exponential law, whose Gauss rules are Laguerre's; beyond 60 it leaves 1e-26 and its moments below 1e-6 of 19!.
  const law = densityRule(
    [0, 2, 8, 20, 60],
    () => 60,
    (x) => Math.exp(-x),
  );

  it('with two nodes is 2 ∓ √2 with weights (2 ± √2)/4 for the exponential law', () => {
    const { nodes, weights } = gaussRule(law, 2);
    [-1, 1].forEach((sign, k) => {
      expect(Math.abs(nodes[k] - (2 + sign * Math.SQRT2))).toBeLessThan(1e-13);
      expect(Math.abs(weights[k] - (2 - sign * Math.SQRT2) / 4)).toBeLessThan(1e-13);
    });
  });

  it.each([1, 5, 10])('with %p nodes has the moments k! to degree 2n − 1', (n) => {
    const { nodes, weights } = gaussRule(law, n);
    let expected = 1;
    for (let degree = 0; degree < 2 * n; degree++) {
      // The weight of the largest node, 1e-12, is the square of a component of an eigenvector known to 1e-16.
      expect(Math.abs(moment(nodes, weights, degree) / expected - 1)).toBeLessThan(1e-9);
      expected *= degree + 1;
    }
    expect(Math.abs(moment(nodes, weights, 2 * n) / expected - 1)).toBeGreaterThan(1e-7);
  });
});

describe('Gauss–Kronrod rule', () => {
  it('is exact to degree 31, and its embedded Gauss rule to degree 19', () => {
    const { nodes, weights, gaussWeights } = kronrod21;
    for (let degree = 0; degree <= 31; degree++) {
      expect(Math.abs(moment(nodes, weights, degree) - exact(degree))).toBeLessThan(1e-15);
      if (degree <= 19)
        expect(Math.abs(moment(nodes, gaussWeights, degree) - exact(degree))).toBeLessThan(1e-15);
    }
    expect(Math.abs(moment(nodes, weights, 32) - exact(32))).toBeGreaterThan(1e-12);
  });
});

describe('adaptive quadrature', () => {
  it('integrates several functions at once, with an estimate that bounds the error', () => {
    const out = new Float64Array(4);
    const error = adaptiveQuadrature(2, 1e-12)(
      (x, f) => {
        f[0] = 1 / (1 + 10000 * x * x);
        f[1] = Math.sqrt(Math.abs(x - 0.3));
        f[2] = f[0];
        f[3] = f[1];
      },
      [-1, 1],
      out,
    );
    // arctan(100)/50 and (2/3)(1.3^{3/2} + 0.7^{3/2}), elementary integrals.
    expect(Math.abs(out[0] / (Math.atan(100) / 50) - 1)).toBeLessThan(1e-11);
    expect(Math.abs(out[1] / ((2 / 3) * (1.3 ** 1.5 + 0.7 ** 1.5)) - 1)).toBeLessThan(1e-11);
    expect(error).toBeLessThan(1e-10);
  });

  it('refines no integral below its floor, nor beyond its most panels', () => {
    const out = new Float64Array(2);
    const run = (mostPanels?: number, floor?: number): { panels: number; error: number } => {
      let calls = 0;
      const peak = (x: number, f: Float64Array): void => {
        calls++;
        f[0] = f[1] = 1e-3 / (1 + 10000 * x * x);
      };
      const floors = floor === undefined ? undefined : Float64Array.of(floor);
      const error = adaptiveQuadrature(1, 1e-9, mostPanels)(peak, [-1, 0.3, 1], out, floors);
      return { panels: calls / 21, error };
    };
    const full = run();
    expect(full.panels).toBeGreaterThan(15);
    expect(run(9).panels).toBe(10); // halves come in pairs
    expect(run(9).error).toBeGreaterThan(1e-9);
    // The error is at most the size, 3e-5, and relative to the floor nothing.
    const rough = run(500, 1e6);
    expect(rough.panels).toBe(2);
    expect(rough.error).toBeLessThan(1e-9);
    expect(out[1]).toBe(1e6);
    expect(run(500, 1e-9)).toEqual(full);
  });

  it('splits panels at the given points and nowhere twice', () => {
    expect(panelEdges([0, 0, 5, -1], 2, 10)).toEqual([-2, -1, 0, 2]);
    expect(panelEdges([], 2, 1)).toEqual([-2, -1, 0, 1, 2]);
  });
});
