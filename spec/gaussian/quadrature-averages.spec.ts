import { erf } from '../../lib/gaussian/activations/erf.js';
import { quadratureAverages } from '../../lib/gaussian/quadrature-averages.js';
import { type ActivationFunction } from '../../lib/gaussian/activation.js';
import { reference, worst } from '../support/reference.js';

interface AverageCase {
  activation: string;
  gamma: number;
  phi: number;
  deltaV: string;
  deltaTransverse: string;
  deltaSquared: string;
  gainSquared: string;
  epsilon: string;
}

const functions: Record<string, ActivationFunction> = {
  tanh: { value: Math.tanh, derivative: (z) => 1 / Math.cosh(z) ** 2, kinks: [] },
  softplus: {
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    derivative: (z) => 1 / (1 + Math.exp(-z)),
    kinks: [],
  },
  'shifted-absolute': {
    value: (z) => Math.abs(z - 0.5),
    derivative: (z) => (z >= 0.5 ? 1 : -1),
    kinks: [0.5],
  },
  'leaky-relu': { value: (z) => Math.max(0.1 * z, z), derivative: (z) => (z >= 0 ? 1 : 0.1), kinks: [0] },
  'hard-tanh': {
    value: (z) => Math.max(-1, Math.min(1, z)),
    derivative: (z) => (z >= -1 && z < 1 ? 1 : 0),
    kinks: [-1, 1],
  },
};

// The accuracy promised for quadrature, of E|f|; where f has one sign that is a relative accuracy.
const PROMISED = 1e-9;
const cases = reference<AverageCase>('general-activations').cases;

describe.each(Object.keys(functions))('quadrature averages of %s, against reference values', (name) => {
  const averages = quadratureAverages(functions[name]);
  const out = new Float64Array(4);
  const mine = cases.filter((entry) => entry.activation === name);

  it('agree to 1e-9, and the estimated error is below that', () => {
    expect(mine.length).toBe(12);
    for (const { gamma, phi, ...expected } of mine) {
      averages.write(gamma, phi, out);
      expect(averages.relativeError(gamma, phi)).toBeLessThan(PROMISED);
      const errors = [
        // E|δv| is at least |E[δv]|, so this is the stricter measure.
        Math.abs(out[0] - Number(expected.deltaV)) / Math.abs(Number(expected.deltaV)),
        Math.abs(out[1] - Number(expected.deltaTransverse)) / Math.abs(Number(expected.deltaTransverse)),
        Math.abs(out[2] / Number(expected.deltaSquared) - 1),
        Math.abs(out[3] / Number(expected.gainSquared) - 1),
        Math.abs(averages.generalizationError(gamma, phi) / Number(expected.epsilon) - 1),
      ];
      expect(worst(errors)).toBeLessThan(PROMISED);
    }
  });
});

describe('quadrature averages of a smooth unit with closed forms', () => {
  it('agree with the closed forms of erf to 1e-9', () => {
    const averages = quadratureAverages(erf);
    const byQuadrature = new Float64Array(4);
    const closed = new Float64Array(4);
    for (const gamma of [-0.8, 0.05, 1.3, 100]) {
      for (const phi of [1e-6, 0.7, Math.PI - 1e-3]) {
        averages.write(gamma, phi, byQuadrature);
        erf.averages.write(gamma, phi, closed);
        closed.forEach((value, i) => {
          expect(Math.abs(byQuadrature[i] - value)).toBeLessThan(PROMISED * Math.abs(value));
        });
      }
    }
  });

  it('are NaN, not a wrong number, where quadrature cannot converge', () => {
    // 10⁶ oscillations per unit of a field: more panels than quadrature is allowed.
    const wild: ActivationFunction = {
      value: (z) => Math.sin(1e6 * z),
      derivative: (z) => 1e6 * Math.cos(1e6 * z),
      kinks: [],
    };
    const broken: ActivationFunction = { value: () => NaN, derivative: () => NaN, kinks: [] };
    const out = new Float64Array(4);
    for (const activation of [wild, broken]) {
      quadratureAverages(activation).write(1, 1, out);
      expect([...out].every(Number.isNaN)).toBe(true);
    }
  });
});
