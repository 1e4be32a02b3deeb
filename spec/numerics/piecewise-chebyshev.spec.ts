import { piecewiseChebyshev } from '../../lib/numerics/piecewise-chebyshev.js';

const out = new Float64Array(4);

function at(f: (x: number, out: Float64Array) => void, x: number): number[] {
  f(x, out);
  return [...out];
}

describe('piecewise Chebyshev series', () => {
  const edges = [-1, 0.5, 4];

  it('are exact for polynomials of a degree below the number of terms, and so are their derivatives', () => {
    const { value, derivative } = piecewiseChebyshev(
      (x, to) => {
        to.set([x ** 4 - 3 * x, x ** 3, 2 * x * x + 1, 5 - x]);
      },
      edges,
      5,
    );
    for (const x of [-1, -0.3, 0.5, 0.7, 2.9, 4]) {
      const expected = [x ** 4 - 3 * x, x ** 3, 2 * x * x + 1, 5 - x];
      const slopes = [4 * x ** 3 - 3, 3 * x * x, 4 * x, -1];
      // Rounding of values up to 256.
      at(value, x).forEach((y, i) => {
        expect(Math.abs(y - expected[i])).toBeLessThan(1e-12);
      });
      at(derivative, x).forEach((y, i) => {
        expect(Math.abs(y - slopes[i])).toBeLessThan(1e-12);
      });
    }
  });

  it('converge like the Taylor coefficients of entire functions', () => {
    const { value, derivative } = piecewiseChebyshev(
      (x, to) => {
        to.set([Math.exp(-x), Math.sin(x), Math.cos(2 * x), x * Math.exp(-x)]);
      },
      edges,
      24,
    );
    for (let x = -1; x <= 4; x += 0.11) {
      const expected = [Math.exp(-x), Math.sin(x), Math.cos(2 * x), x * Math.exp(-x)];
      const slopes = [-Math.exp(-x), Math.cos(x), -2 * Math.sin(2 * x), (1 - x) * Math.exp(-x)];
      // The half width 1.75 to the 24th over 24! 2²³ is 1e-25: rounding, and for slopes Σ k² ≈ 24³/3 times that.
      at(value, x).forEach((y, i) => {
        expect(Math.abs(y - expected[i])).toBeLessThan(1e-14);
      });
      at(derivative, x).forEach((y, i) => {
        expect(Math.abs(y - slopes[i])).toBeLessThan(1e-11);
      });
    }
  });

  it('hold their end values outside, and change over at an edge', () => {
    const { value } = piecewiseChebyshev(
      (x, to) => {
        to.set([x, Math.abs(x), x * x, 1]);
      },
      [-1, 0, 1],
      3,
    );
    // A kink on an edge is no trouble; rounding.
    for (const x of [-0.5, -1e-9, 0, 1e-9, 0.5])
      expect(Math.abs(at(value, x)[1] - Math.abs(x))).toBeLessThan(1e-15);
    expect(at(value, -7)).toEqual(at(value, -1));
    expect(at(value, 7)).toEqual(at(value, 1));
  });
});
