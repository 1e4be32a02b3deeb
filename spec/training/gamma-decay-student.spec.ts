import { withoutRest } from '../../lib/foundation/turns.js';
import { nextNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { trainedWithGammaDecay, type MinimizedStudent } from '../../lib/training/gamma-decay-student.js';
import { finishByActiveSet } from '../../lib/training/active-set.js';
import { ridge } from '../../lib/training/ridge.js';
import { drawTrainingSet, labelsOf, type TrainingSet } from '../../lib/simulation/training-set.js';

const N = 40;

interface Problem {
  readonly set: TrainingSet;
  readonly labels: Float64Array;
  readonly start: Float64Array;
}

function problem(activation: Activation, load: number, noiseVariance: number, seed: number): Problem {
  const stream = randomStream(seed);
  const set = drawTrainingSet(load * N, N, noiseVariance, stream);
  const start = Float64Array.from({ length: N }, () => nextNormal(stream) / Math.sqrt(N));
  return { set, labels: labelsOf(set, activation.value), start };
}

function minimumOf({ set, labels, start }: Problem, activation: Activation, decay: number): MinimizedStudent {
  return withoutRest(trainedWithGammaDecay(set, labels, activation, decay, start));
}

const fieldOf = ({ inputs }: TrainingSet, i: number, weights: Float64Array): number =>
  weights.reduce((sum, w, k) => sum + w * inputs[i * N + k], 0);

/** The objective from its definition. */
function lossOf(
  { set, labels }: Problem,
  activation: Activation,
  decay: number,
  weights: Float64Array,
): number {
  const errors = labels.reduce((sum, t, i) => sum + (t - activation.value(fieldOf(set, i, weights))) ** 2, 0);
  return errors / (2 * set.sampleCount) + (decay * weights.reduce((sum, w) => sum + w * w, 0)) / 2;
}

describe.each([
  ['noise, so that samples rest at the kink', relu, 0.3, 4],
  ['no noise', relu, 0, 4],
  ['noise and a leak', leakyRelu(0.3), 0.3, 2],
  ['noise and a steeper left side', leakyRelu(2), 0.3, 2],
] as const)('a kinked unit trained with gamma decay, %s,', (_, activation, noiseVariance, load) => {
  const decay = 0.1;
  const given = problem(activation, load, noiseVariance, 21);
  const { weights, loss, converged } = minimumOf(given, activation, decay);

  it('converges to the loss it states', () => {
    expect(converged).toBe(true);
    expect(Math.abs(loss - lossOf(given, activation, decay, weights))).toBeLessThan(1e-14);
  });

  it('satisfies the conditions of a local minimum to rounding', () => {
    // Minus the gradient of the smooth samples and of the decay must be a sum of x_i times forces of the samples at the kink,
    // each within the slopes of the two sides; one force a sample, found by least squares on their inputs.
    const { set, labels } = given;
    const [a, b] = activation.slopes!;
    const fields = labels.map((_t, i) => fieldOf(set, i, weights));
    const resting = [...fields.keys()].filter((i) => Math.abs(fields[i]) < 1e-12);
    const rest = weights.map((w) => -decay * set.sampleCount * w);
    fields.forEach((h, i) => {
      if (resting.includes(i)) return;
      const slope = h > 0 ? a : b;
      for (let k = 0; k < N; k++) rest[k] += slope * (labels[i] - slope * h) * set.inputs[i * N + k];
    });
    const kinkSet = {
      sampleCount: N,
      dimension: resting.length,
      // Row k: component k of the inputs of the samples at rest.
      inputs: Float64Array.from({ length: N * resting.length }, (_v, at) => {
        const [k, j] = [Math.floor(at / resting.length), at % resting.length];
        return set.inputs[resting[j] * N + k];
      }),
      teacher: rest,
      noise: rest,
    };
    expect(resting.length > 0).toBe(noiseVariance > 0);
    const forces = resting.length > 0 ? ridge(kinkSet, rest, 1e-16) : new Float64Array(0);
    rest.forEach((value, k) => {
      const pull = forces.reduce((sum, s, j) => sum + s * kinkSet.inputs[k * resting.length + j], 0);
      // Sums of 160 terms of order 1, a condition of about 10.
      expect(Math.abs(value - pull)).toBeLessThan(1e-11);
    });
    forces.forEach((force, j) => {
      expect(force).toBeGreaterThanOrEqual(-b * labels[resting[j]]);
      expect(force).toBeLessThanOrEqual(-a * labels[resting[j]]);
    });
  });

  it('is found again from close by, with no forces known', () => {
    const stream = randomStream(5);
    const near = weights.map((w) => w + (1e-3 * nextNormal(stream)) / Math.sqrt(N));
    const forces = new Float64Array(given.labels.length);
    const again = finishByActiveSet(given.set, given.labels, activation.slopes!, decay, near, forces)!;
    // Rounding times the condition of the Hessian.
    again.forEach((w, k) => {
      expect(Math.abs(w - weights[k])).toBeLessThan(1e-11);
    });
  });

  it('is lower than all its neighbours', () => {
    const stream = randomStream(4);
    for (let count = 0; count < 300; count++) {
      const size = 10 ** -(2 + (count % 4));
      const near = weights.map((w) => w + (size * nextNormal(stream)) / Math.sqrt(N));
      expect(lossOf(given, activation, decay, near)).toBeGreaterThan(loss);
    }
  });
});

describe('other students trained with gamma decay', () => {
  it('erf: the gradient vanishes to 1e-8, from two starts at the same minimum', () => {
    const given = problem(erf, 3, 0.1, 2);
    const first = minimumOf(given, erf, 0.2);
    const second = minimumOf({ ...given, start: new Float64Array(N).fill(1 / Math.sqrt(N)) }, erf, 0.2);
    expect([first.converged, second.converged]).toEqual([true, true]);
    // Gradients 1e-8 over a curvature of at least 0.1.
    first.weights.forEach((w, k) => {
      expect(Math.abs(w - second.weights[k])).toBeLessThan(1e-7);
    });
  });

  it('identity: ridge, or the minimum norm at ζ = 0', () => {
    const given = problem(identity, 2, 0.1, 2);
    const { weights } = minimumOf(given, identity, 0.3);
    expect(weights).toEqual(ridge(given.set, given.labels, 0.3));
    const least = minimumOf(given, identity, 0);
    expect(least.converged).toBe(true);
    const limit = ridge(given.set, given.labels, 1e-10);
    least.weights.forEach((w, k) => {
      expect(Math.abs(w - limit[k])).toBeLessThan(1e-8);
    });
  });
});
