import { byName, stateFrom } from '../support/students.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { dimensionFreeStudent } from '../../lib/simulation/dimension-free-engine.js';

// So large that χ²_{N−2}/N does not fluctuate (relative 1e-4), while a step, 1e-8, keeps half of its digits.
const DIMENSION = 1e8;
const STEPS = 40_000;
const TIME = 0.5;

interface Case {
  name: string;
  rule: OrderParameterSystem;
  gamma: number;
  misalignment: number;
  length: number;
}

// Rates so large that every term of a step matters.
const cases: Case[] = [
  {
    name: 'SGD, ReLU, M = 1',
    rule: sgd({ activation: relu, learningRate: 2, noiseVariance: 0.3 }),
    gamma: 0,
    misalignment: 0.4,
    length: 1.3,
  },
  {
    name: 'SGD, leaky ReLU, M = 3, a schedule',
    rule: sgd({ activation: leakyRelu(-0.4), learningRate: (time) => 8 * time, batchSize: 3 }),
    gamma: 0,
    misalignment: 1.2,
    length: 0.8,
  },
  {
    name: 'weight normalization, identity, M = 1',
    rule: weightNormalization({
      activation: identity,
      learningRate: 2,
      gammaLearningRate: 0.7,
      gammaDecay: 0.3,
      noiseVariance: 0.2,
    }),
    gamma: 0.6,
    misalignment: 0.3,
    length: 0.9,
  },
  {
    name: 'weight normalization, ReLU, M = 4, a schedule',
    rule: weightNormalization({
      activation: relu,
      learningRate: 9,
      gammaLearningRate: (time) => 6 * time,
      batchSize: 4,
      noiseVariance: 0.1,
    }),
    gamma: 1.2,
    misalignment: 0.5,
    length: 1.1,
  },
  // M from which products of fourth powers of 1/s have a variance.
  {
    name: 'batch normalization, identity, M = 16, a schedule',
    rule: batchNormalization({
      activation: identity,
      learningRate: 12,
      gammaLearningRate: (time) => 6 * time,
      gammaDecay: 0.2,
      batchSize: 16,
      noiseVariance: 0.1,
    }),
    gamma: 0.8,
    misalignment: 0.4,
    length: 1.1,
  },
];

/** N times the changes of (γ, r, L) by single steps of the exact Markov chain, all from one state. */
function changes({ rule, ...initial }: Case): number[][] {
  const stream = randomStream(7, 0);
  return Array.from({ length: STEPS }, () => {
    const student = byName(dimensionFreeStudent)(rule, DIMENSION, initial, stream);
    student.step(TIME);
    const { gamma, misalignment, length } = student.state();
    const all = [gamma - initial.gamma, misalignment - initial.misalignment, length - initial.length];
    return (rule.rule === 'sgd' ? all.slice(1) : all).map((change) => DIMENSION * change);
  });
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.each(cases)('one step of $name', (entry) => {
  const { rule, gamma, misalignment, length } = entry;
  const size = rule.layout.names.length;
  const samples = changes(entry);
  const state = stateFrom(rule, { gamma, misalignment, length });

  it('has the covariance D: 40,000 of them, every entry within 5 standard errors', () => {
    const predicted = new Float64Array(size * size);
    rule.stepCovariance!(TIME, state, predicted);
    const means = state.map((_, i) => average(samples.map((change) => change[i])));
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const products = samples.map((change) => (change[i] - means[i]) * (change[j] - means[j]));
        const mean = average(products);
        const error = Math.sqrt(average(products.map((x) => (x - mean) ** 2)) / STEPS);
        // 21 of them over all cases, 6e-7 each; the tails of products of fourth powers make that a few times more.
        expect(Math.abs(predicted[size * i + j] - mean)).toBeLessThan(5 * error);
        // So small that a term is told from twice that term.
        expect(error).toBeLessThan(0.06 * Math.sqrt(predicted[size * i + i] * predicted[size * j + j]));
        expect(predicted[size * j + i]).toBe(predicted[size * i + j]);
      }
    }
  });

  it('has the mean F: the same transformation of the same three numbers', () => {
    const predicted = new Float64Array(size);
    rule.derivative(TIME, state, predicted);
    predicted.forEach((value, i) => {
      const values = samples.map((change) => change[i]);
      const mean = average(values);
      const error = Math.sqrt(average(values.map((x) => (x - mean) ** 2)) / STEPS);
      expect(Math.abs(value - mean)).toBeLessThan(5 * error);
    });
  });
});

describe('D', () => {
  it('falls as 1/M where the rate does not grow, and the power of the noise faster', () => {
    const at = (batchSize: number): Float64Array => {
      const out = new Float64Array(9);
      const rule = weightNormalization({ activation: relu, learningRate: 1, batchSize, noiseVariance: 0.1 });
      rule.stepCovariance!(0, [0.7, 0.4, 1], out);
      return out;
    };
    // γ feels the mean over the batch, L the square of a mean that is itself 1/M.
    expect(at(5)[0] / at(1)[0]).toBeCloseTo(1 / 5, 14);
    expect(at(5)[8] / at(1)[8]).toBeCloseTo(1 / 125, 14);
  });
});
