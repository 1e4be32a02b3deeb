import { adaptiveQuadrature, panelEdges } from '../../lib/gaussian/adaptive-quadrature.js';
import { kronrod21 } from '../../lib/gaussian/gauss-kronrod.js';
import { gaussJacobi } from '../../lib/gaussian/gauss-jacobi.js';
import { gaussLegendre } from '../../lib/gaussian/gauss-legendre.js';

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
    const error = adaptiveQuadrature(2, 1e-12).integrate(
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

  it('splits panels at the given points and nowhere twice', () => {
    expect(panelEdges([0, 0, 5, -1], 2, 10)).toEqual([-2, -1, 0, 2]);
    expect(panelEdges([], 2, 1)).toEqual([-2, -1, 0, 1, 2]);
  });
});
