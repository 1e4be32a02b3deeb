import type { Activation } from '../../lib/gaussian/activation.js';
import { defineActivation } from '../../lib/gaussian/activations/custom.js';
import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { homogeneousUnit } from '../../lib/gaussian/homogeneous.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { activationPair } from '../../lib/gaussian/activations/pair.js';
import { sampleCovariance } from '../../lib/gaussian/sample-covariance.js';
import { byQuadrature } from '../support/by-quadrature.js';
import { reference, worst } from '../support/reference.js';

interface CovarianceCase {
  activation: string;
  gamma: number;
  phi: number;
  noiseVariance: number;
  vv: string;
  vt: string;
  vs: string;
  tt: string;
  ts: string;
  ss: string;
}

const twoSlope: Record<string, Activation> = {
  identity,
  relu,
  'leaky-relu': leakyRelu(0.1),
  'two-slope': twoSlopeUnit(-0.5, 1.5),
};

const quadratureUnits: Record<string, Activation> = {
  erf,
  softplus,
  tanh: defineActivation({ name: 'tanh', value: Math.tanh, derivative: (z) => 1 - Math.tanh(z) ** 2 }),
  'shifted-absolute': defineActivation({
    name: 'shifted-absolute',
    value: (z) => Math.abs(z - 0.5),
    derivative: (z) => (z >= 0.5 ? 1 : -1),
    kinks: [0.5],
  }),
  'hard-tanh': defineActivation({
    name: 'hard-tanh',
    value: (z) => Math.max(-1, Math.min(1, z)),
    derivative: (z) => (z >= -1 && z < 1 ? 1 : 0),
    kinks: [-1, 1],
  }),
};

/** Slopes of both signs and neither 0 nor 1; the averages, which give the means, by quadrature. */
function twoSlopeUnit(a: number, b: number): Activation {
  return { ...byQuadrature(homogeneousUnit('two-slope', [a, b])), slopes: [a, b] };
}

const cases = reference<CovarianceCase>('sample-covariances').cases;
const entries = ['vv', 'vt', 'vs', 'vt', 'tt', 'ts', 'vs', 'ts', 'ss'] as const;
const diagonal = ['vv', 'tt', 'ss'] as const;

/** Largest error of the nine covariances, in units of the standard deviations. */
function errorOf(activation: Activation, entry: CovarianceCase): number {
  const out = new Float64Array(9);
  sampleCovariance(activationPair(activation), entry.noiseVariance)(entry.gamma, entry.phi, out);
  const deviations = diagonal.map((key) => Math.sqrt(Number(entry[key])));
  return worst(
    entries.map(
      (key, k) => Math.abs(out[k] - Number(entry[key])) / (deviations[Math.floor(k / 3)] * deviations[k % 3]),
    ),
  );
}

describe('covariance of (δv, δ(u − Rv), δ²), against 22-digit values that expand no moment', () => {
  it.each(['identity', 'relu', 'leaky-relu'])('%s to 1e-14 of the deviations', (name) => {
    const own = cases.filter(({ activation }) => activation === name);
    expect(own.length).toBeGreaterThan(50);
    // A few dozen roundings of 1e-16; seen: 3e-15. The covariances themselves go down to 1e-30.
    expect(worst(own.map((entry) => errorOf(twoSlope[name], entry)))).toBeLessThan(1e-14);
  });

  it('slopes of both signs to 1e-9: its means come from quadrature', () => {
    const own = cases.filter(({ activation }) => activation === 'two-slope');
    expect(worst(own.map((entry) => errorOf(twoSlope['two-slope'], entry)))).toBeLessThan(1e-9);
  });

  it.each(Object.keys(quadratureUnits))('%s to 1e-8 of the deviations, by quadrature', (name) => {
    const own = cases.filter(({ activation }) => activation === name);
    expect(own.length).toBeGreaterThan(0);
    expect(worst(own.map((entry) => errorOf(quadratureUnits[name], entry)))).toBeLessThan(1e-8);
  });
});

describe('covariance of a sample, where it is known by hand', () => {
  it('of the linear unit: (δ, v, z) are jointly normal and Isserlis gives every entry', () => {
    const [gamma, phi, noise] = [0.7, 0.9, 0.3];
    const e = Math.cos(phi) - gamma;
    const square = Math.sin(phi) ** 2;
    const power = e * e + square + noise;
    const expected = [
      power + e * e,
      e * square,
      2 * e * power,
      e * square,
      power * square + square * square,
      2 * square * power,
      2 * e * power,
      2 * square * power,
      2 * power * power,
    ];
    const out = new Float64Array(9);
    sampleCovariance(activationPair(identity), noise)(gamma, phi, out);
    expected.forEach((value, k) => {
      // Rounding of sums of numbers of order one.
      expect(Math.abs(out[k] - value)).toBeLessThan(1e-14);
    });
  });

  it('does not depend on which side of the kink comes first: g(z) → g(−z) with (u, v) → −(u, v)', () => {
    const [gamma, phi] = [0.8, 1.1];
    const forward = new Float64Array(9);
    const backward = new Float64Array(9);
    const mirrored: Activation = { ...relu, slopes: [0, -1], averages: relu.averages };
    sampleCovariance(activationPair(relu), 0.2)(gamma, phi, forward);
    sampleCovariance(activationPair(mirrored), 0.2)(gamma, phi, backward);
    // δ is that of ReLU at −(u, v) with the sign of g′ changed: δv keeps its sign, and so does everything else.
    forward.forEach((value, k) => {
      expect(Math.abs(backward[k] - value)).toBeLessThan(1e-15);
    });
  });

  it('has no negative eigenvalue but for rounding, wherever γ and φ are', () => {
    for (const activation of [identity, relu, leakyRelu(0.1), leakyRelu(-1)]) {
      for (const gamma of [-2, 1e-3, 0.5, 1, 30]) {
        for (const phi of [0, 1e-6, 0.3, Math.PI / 2, 3, Math.PI]) {
          const c = new Float64Array(9);
          sampleCovariance(activationPair(activation), 0.1)(gamma, phi, c);
          for (const [x, y, z] of [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
            [1, -1, 0],
            [1, 1, -1],
            [-0.4, 2, 0.3],
          ]) {
            const direction = [x, y, z].map((value, i) => value / Math.sqrt(c[4 * i] > 1e-40 ? c[4 * i] : 1));
            let form = 0;
            for (let i = 0; i < 3; i++) {
              for (let j = 0; j < 3; j++) form += direction[i] * c[3 * i + j] * direction[j];
            }
            // Variances scaled to one; where z vanishes its own is zero up to the square of a rounding error.
            expect(form).toBeGreaterThan(-1e-13);
          }
        }
      }
    }
  });
});
