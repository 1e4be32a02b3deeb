import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { defineActivation, expressionActivation } from '../../lib/gaussian/activations/custom.js';
import { homogeneousUnit } from '../../lib/gaussian/homogeneous.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { activationPair } from '../../lib/gaussian/activations/pair.js';
import { sampleCovariance } from '../../lib/gaussian/sample-covariance.js';
import { quadratureOf } from '../support/batch-quadrature.js';
import { worst } from '../support/reference.js';
import { byQuadrature } from '../support/by-quadrature.js';

describe('a unit that is linear on each side of zero', () => {
  it.each([
    'z',
    '1*z',
    'z+0',
    'z^1',
    '2 z/2',
    'max(z, z)',
    '(3 z - z)/2',
    'max(z,0)+min(z,0)',
    'z > 0 ? z : z',
    'sinh(asinh(z))',
  ])('is the identity itself when written as %s', async (text) => {
    expect(await expressionActivation(text)).toBe(identity);
  });

  it.each(['max(0,z)', 'relu(z)', '(z+abs(z))/2', 'z step(z)', 'z > 0 ? z : 0', 'sqrt(max(z,0)^2)'])(
    'is ReLU itself when written as %s',
    async (text) => {
      expect(await expressionActivation(text)).toBe(relu);
    },
  );

  it.each([
    ['max(0.1 z, z)', 1, 0.1],
    ['z/3', 1 / 3, 1 / 3],
    ['abs(z)', 1, -1],
    ['sqrt(z^2)', 1, -1],
    ['min(0, z)', 0, 1],
    ['-max(0, 2 z)', -2, 0],
    ['-z', -1, -1],
    ['z > 0 ? 1e-3 z : -40 z', 1e-3, -40],
  ])('%s keeps its name and has slopes %p and %p', async (text, right, left) => {
    const unit = await expressionActivation(text);
    expect(unit.slopes).toEqual([right, left]);
    expect(unit.name).toBe(text);
    expect(unit.kinks).toEqual(right === left ? [] : [0]);
    for (const z of [-2.5, -1e-3, 0.7, 31]) {
      expect(unit.value(z)).toBe((z > 0 ? right : left) * z);
      expect(unit.derivative(z)).toBe(z > 0 ? right : left);
    }
  });

  it('is told from functions as from expressions, whatever kinks they name', () => {
    expect(defineActivation({ name: 'line', value: (z) => z, derivative: () => 1 })).toBe(identity);
    const named = { name: 'line', value: (z: number) => z, derivative: () => 1, kinks: [-0.3, 0, 2] };
    expect(defineActivation(named)).toBe(identity);
    const gate = (z: number): number => (z >= 0 ? 1 : 0);
    expect(
      defineActivation({ name: 'rectifier', value: (z) => z * gate(z), derivative: gate, kinks: [0] }),
    ).toBe(relu);
  });

  it.each([
    'z + 1e-9',
    '0 z',
    'z + 1e-12 z^3',
    'max(-100, min(100, z))',
    'z + 1e-6 sin(z)',
    'softplus(1000 z)/1000',
    'max(z - 1e-4, 0)',
    'z + 1e-3 exp(-((z-3)/0.03)^2)',
    'tanh(1e-5 z) * 1e5',
  ])('is not what %s is taken for', async (text) => {
    expect((await expressionActivation(text)).slopes).toBeUndefined();
  });
});

const slopes: [number, number][] = [
  [1, -1],
  [0, 1],
  [-2, 0.5],
  [2, 2],
  [-1, -1],
  [-0.3, 0],
];
const places: [gamma: number, phi: number][] = [
  [0.7, 0.6],
  [1.3, 2.4],
  [-0.6, 1.1],
];

/** Largest difference of the numbers that two functions write. */
function gap(count: number, left: (out: Float64Array) => void, right: (out: Float64Array) => void): number {
  const [a, b] = [new Float64Array(count), new Float64Array(count)];
  left(a);
  right(b);
  return worst([...a].map((value, i) => Math.abs(value - b[i])));
}

describe.each(slopes)('closed forms for slopes %p and %p, of any sign and size', (a, b) => {
  const unit = homogeneousUnit('unit', [a, b]);
  const plain = byQuadrature(unit);
  const size = Math.max(a ** 4, b ** 4);

  it.each(places)('are the averages by quadrature at γ = %p, φ = %p', (gamma, phi) => {
    // Quadrature to 1e-9 of averages that are at most 10 times the fourth power of the slopes here.
    const bound = 1e-8 * size;
    const { averages } = unit;
    expect(
      gap(
        4,
        (out) => {
          averages.write(gamma, phi, out);
        },
        (out) => {
          plain.averages.write(gamma, phi, out);
        },
      ),
    ).toBeLessThan(bound);
    const errors = [unit, plain].map((one) => one.averages.generalizationError(gamma, phi));
    expect(Math.abs(errors[0] - errors[1])).toBeLessThan(bound);
    const covariance =
      (one: Activation) =>
      (out: Float64Array): void => {
        sampleCovariance(activationPair(one), 0.3)(gamma, phi, out);
      };
    // Fourth moments: powers of the slopes up to the eighth.
    expect(gap(9, covariance(unit), covariance(plain))).toBeLessThan(1e-7 * size * size);
  });

  it('hold for exact batch normalization too', () => {
    const [gamma, overlap, noiseVariance] = [0.7, 0.8, 0.2];
    const rule = batchNormalization({ activation: unit, learningRate: 1, batchSize: 12, noiseVariance });
    const slope = new Float64Array(3);
    rule.derivative(0, Float64Array.of(gamma, 1 - overlap, 1), slope);
    const [pull, turn, power] = quadratureOf(plain, 12, gamma, overlap, noiseVariance);
    // Quadrature to 1e-7 of its terms.
    const bound = 1e-6 * size;
    expect(Math.abs(slope[0] - pull)).toBeLessThan(bound);
    expect(Math.abs(slope[1] - (0.5 * overlap * gamma ** 2 * power - gamma * turn))).toBeLessThan(bound);
    expect(Math.abs(slope[2] - 0.5 * gamma ** 2 * power)).toBeLessThan(bound);
  });
});
