import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { reference, relativeError, worst } from '../support/reference.js';

interface AverageCase {
  activation: string;
  gamma: number;
  phi: number;
  deltaV: string;
  deltaTransverse: string;
  deltaSquared: string;
  gainSquared: string;
  epsilon: string;
  scaleDeltaV: string;
}

const activations: Record<string, Activation> = { identity, relu, 'leaky-relu': leakyRelu(0.1), erf };
const table = reference<AverageCase>('averages');

// The accuracy promised for closed forms, over γ from 1e-6 to 1e3 and φ from 1e-12 to π − 1e-6.
const PROMISED = 1e-12;

describe.each(Object.keys(activations))('averages of %s, against 36-digit reference values', (name) => {
  const activation = activations[name];
  const cases = table.cases.filter((entry) => entry.activation === name);
  const out = new Float64Array(4);

  it('has reference values over the whole domain', () => {
    expect(cases.length).toBeGreaterThanOrEqual(110);
  });

  it('gives E[δv] to 1e-12 of its largest term', () => {
    const errors = cases.map(({ gamma, phi, deltaV, scaleDeltaV }) => {
      activation.averages.write(gamma, phi, out);
      return relativeError(out[0], deltaV, scaleDeltaV);
    });
    expect(worst(errors)).toBeLessThan(PROMISED);
  });

  it.each([
    ['E[δ(u − Rv)]', 1, 'deltaTransverse'],
    ['E[δ²]', 2, 'deltaSquared'],
    ['E[g′²]', 3, 'gainSquared'],
  ] as const)('gives %s to relative accuracy 1e-12', (_, index, key) => {
    const errors = cases.map((entry) => {
      activation.averages.write(entry.gamma, entry.phi, out);
      return relativeError(out[index], entry[key]);
    });
    expect(worst(errors)).toBeLessThan(PROMISED);
  });

  it('gives the generalization error to relative accuracy 1e-12, also where it is below 1e-20', () => {
    const errors = cases.map(({ gamma, phi, epsilon }) =>
      relativeError(activation.averages.generalizationError(gamma, phi), epsilon),
    );
    expect(worst(errors)).toBeLessThan(PROMISED);
    const smallest = Math.min(...cases.map(({ epsilon }) => Number(epsilon)));
    expect(smallest).toBeLessThan(1e-23);
  });
});

describe.each(Object.entries(activations))('averages of %s at a negative γ', (_, { averages }) => {
  it('are those of the field −v with −γ', () => {
    const here = new Float64Array(4);
    const there = new Float64Array(4);
    for (const [gamma, phi] of [
      [0.7, 0.4],
      [1.3, 2.2],
    ]) {
      averages.write(-gamma, phi, here);
      averages.write(gamma, Math.PI - phi, there);
      there[0] = -there[0];
      // Rounding of dozens of operations on numbers of order one.
      here.forEach((value, i) => {
        expect(Math.abs(value - there[i])).toBeLessThan(1e-14);
      });
      const errors = [
        averages.generalizationError(-gamma, phi),
        averages.generalizationError(gamma, Math.PI - phi),
      ];
      expect(Math.abs(errors[0] - errors[1])).toBeLessThan(1e-14);
    }
  });
});

describe('the sigmoidal unit', () => {
  it('is the probability of |ξ| < z with the sign of z, ξ normal', () => {
    // Tables of the normal law.
    expect(erf.value(1)).toBeCloseTo(0.682689492137086, 14);
    expect(erf.value(-2)).toBeCloseTo(-0.954499736103642, 14);
    // Differences over 2e-5: truncation 1e-10, rounding 1e-11.
    for (const z of [-1.2, 0, 0.5]) {
      const slope = (erf.value(z + 1e-5) - erf.value(z - 1e-5)) / 2e-5;
      expect(Math.abs(erf.derivative(z) - slope)).toBeLessThan(2e-10);
    }
  });
});

describe('generalization error near the end of learning', () => {
  // Leading order in φ at γ = 1, the next order is φ times smaller: for φ = 3e-13 the formulas agree to 1e-12.
  const phi = 3e-13;
  it.each([
    ['identity', identity, phi * phi],
    ['relu', relu, (phi * phi) / 2],
    ['erf', erf, (phi * phi * 2) / (Math.PI * Math.sqrt(3))],
  ] as const)('of %s at γ = 1 is E[g′²] φ² below 1e-25', (_, activation, expected) => {
    const value = activation.averages.generalizationError(1, phi);
    expect(value).toBeLessThan(1e-25);
    expect(relativeError(value, expected)).toBeLessThan(1e-10);
  });
});

describe('homogeneous units', () => {
  it.each([
    ['identity', identity, [-2, 1, 1, 3, 1]],
    ['relu', relu, [0, 0, 1, 3, 1]],
    ['leaky ReLU', leakyRelu(0.25), [-0.5, 0.25, 1, 3, 1]],
  ] as const)('have values and slopes: %s', (_, { value, derivative }, expected) => {
    expect([value(-2), derivative(-2), derivative(0), value(3), derivative(3)]).toEqual(expected);
  });
});

describe('leaky ReLU', () => {
  it('refuses a slope that is not finite, by name', () => {
    expect(() => leakyRelu(NaN)).toThrow(new RangeError('`slope` must be a finite number; got NaN'));
  });

  it('is the identity itself at slope 1 and ReLU itself at slope 0', () => {
    expect(leakyRelu(1)).toBe(identity);
    expect(leakyRelu(0)).toBe(relu);
  });

  it('is even at slope −1: averages of |z| do not change when the teacher is reversed', () => {
    const absolute = leakyRelu(-1).averages;
    const here = new Float64Array(4);
    const there = new Float64Array(4);
    absolute.write(0.7, 0.4, here);
    absolute.write(0.7, Math.PI - 0.4, there);
    // Rounding of a dozen operations.
    for (const i of [0, 2, 3]) expect(relativeError(here[i], there[i])).toBeLessThan(1e-14);
  });
});
