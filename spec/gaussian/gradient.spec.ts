import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { byQuadrature } from '../support/by-quadrature.js';

/** Derivative of every average by Neville extrapolation of central differences, independent of the exact formulas. */
function numericalDerivative(at: (x: number) => Float64Array, x: number, h: number): number[] {
  return [0, 1, 2, 3].map((i) => {
    const row = [1, 2, 4, 8].map((part) => (at(x + h / part)[i] - at(x - h / part)[i]) / ((2 * h) / part));
    for (let level = 1; level < row.length; level++) {
      for (let k = row.length - 1; k >= level; k--) row[k] += (row[k] - row[k - 1]) / (4 ** level - 1);
    }
    return row.at(-1)!;
  });
}

function averagesAt(activation: Activation, gamma: number, phi: number): Float64Array {
  const out = new Float64Array(4);
  activation.averages.write(gamma, phi, out);
  return out;
}

// Differences of order h⁸ with h = 0.05 leave 1e-11 of truncation and 1e-16/h of rounding.
const TOLERANCE = 1e-10;
const points = [-1.3, 0.2, 0.9, 1.7].flatMap((gamma) => [0.3, 1.2, 2.6].map((phi) => [gamma, phi] as const));

describe.each([identity, relu, leakyRelu(0.1), erf])(
  'exact derivatives of the averages of $name',
  (activation) => {
    const gradient = new Float64Array(8);

    it('agree with differences in γ', () => {
      for (const [gamma, phi] of points) {
        activation.averages.writeGradient(gamma, phi, gradient);
        const expected = numericalDerivative((x) => averagesAt(activation, x, phi), gamma, 0.05);
        expected.forEach((value, i) => {
          expect(Math.abs(gradient[i] - value)).toBeLessThan(TOLERANCE);
        });
      }
    });

    it('agree with differences in r = 1 − R', () => {
      for (const [gamma, phi] of points) {
        activation.averages.writeGradient(gamma, phi, gradient);
        const alongPhi = numericalDerivative((x) => averagesAt(activation, gamma, x), phi, 0.05);
        alongPhi.forEach((value, i) => {
          expect(Math.abs(gradient[4 + i] - value / Math.sin(phi))).toBeLessThan(TOLERANCE);
        });
      }
    });

    it('are the one-sided derivatives in r at R = 1', () => {
      for (const gamma of [0.4, 1, 1.6]) {
        activation.averages.writeGradient(gamma, 0, gradient);
        const atZero = averagesAt(activation, gamma, 0);
        const phi = 1e-4;
        const near = averagesAt(activation, gamma, phi);
        near.forEach((value, i) => {
          const quotient = (value - atZero[i]) / (2 * Math.sin(phi / 2) ** 2);
          // The quotient differs by a term of order φ, and by rounding 1e-16/φ².
          expect(Math.abs(gradient[4 + i] - quotient)).toBeLessThan(3 * phi);
        });
      }
    });
  },
);

describe('derivatives of averages known by quadrature only', () => {
  // A copy of ReLU that does not know its closed forms.
  const copy = byQuadrature(relu);

  it.each([
    [0.8, 0],
    [0.8, 0.2],
    [0.8, 1],
    [0.3, 2.5],
  ])('agree with the closed forms of ReLU at γ = %p, φ = %p to 1e-7', (gamma, phi) => {
    const numerical = new Float64Array(8);
    const exact = new Float64Array(8);
    copy.averages.writeGradient(gamma, phi, numerical);
    relu.averages.writeGradient(gamma, phi, exact);
    numerical.forEach((value, i) => {
      expect(Math.abs(value - exact[i])).toBeLessThan(1e-7);
    });
  });
});
