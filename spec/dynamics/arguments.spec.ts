import { batchDeviation } from '../../lib/dynamics/rules/batch-deviation.js';
import { batchMean } from '../../lib/dynamics/rules/batch-mean.js';
import {
  batchNormalization,
  type BatchNormalizationParameters,
} from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';

const activation = relu;

describe('rules refuse, in one line that names the argument', () => {
  it.each([
    [
      'learning rate 0',
      () => sgd({ activation, learningRate: 0 }),
      '`learningRate` must be a finite number > 0; got 0',
    ],
    [
      'a learning rate that is not finite',
      () => sgd({ activation, learningRate: NaN }),
      '`learningRate` must be',
    ],
    [
      'a schedule that starts below zero',
      () => sgd({ activation, learningRate: (t) => t - 1 }),
      '`learningRate(0)` must be a finite number >= 0; got -1',
    ],
    [
      'a negative learning rate of γ',
      () => weightNormalization({ activation, learningRate: 1, gammaLearningRate: -2 }),
      '`gammaLearningRate` must be a finite number > 0; got -2',
    ],
    [
      'negative gamma decay',
      () => weightNormalization({ activation, learningRate: 1, gammaDecay: -0.1 }),
      '`gammaDecay` must be a finite number >= 0; got -0.1',
    ],
    [
      'negative label noise',
      () => sgd({ activation, learningRate: 1, noiseVariance: -1 }),
      '`noiseVariance` must be a finite number >= 0; got -1',
    ],
    [
      'M = 0',
      () => sgd({ activation, learningRate: 1, batchSize: 0 }),
      '`batchSize` must be an integer >= 1; got 0',
    ],
    [
      'M = 1.5',
      () => sgd({ activation, learningRate: 1, batchSize: 1.5 }),
      '`batchSize` must be an integer >= 1; got 1.5',
    ],
    [
      'BN with M = 3',
      () => batchNormalization({ activation: identity, learningRate: 1, batchSize: 3 }),
      '`batchSize` must be an integer >= 4; got 3: below, the power of the gradient noise is infinite',
    ],
    [
      'normalization by the deviation with M = 7',
      () => batchDeviation({ activation: identity, learningRate: 1, batchSize: 7 }),
      '`batchSize` must be an integer >= 8; got 7: below, the power of the gradient noise of a unit that grows as z does is infinite',
    ],
    [
      'normalization by the mean with M = 1',
      () => batchMean({ activation: identity, learningRate: 1, batchSize: 1 }),
      '`batchSize` must be an integer >= 2; got 1: below, a sample is its own mean',
    ],
    [
      'BN without M',
      () => batchNormalization({ activation: identity, learningRate: 1 } as BatchNormalizationParameters),
      '`batchSize` must be an integer >= 4; got undefined',
    ],
    [
      'a missing activation',
      () => sgd({ learningRate: 1 } as never),
      '`activation` must be an Activation such as',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message);
    expect(build).toThrow(/^[^\n]+$/);
  });

  it.each([
    [{ overlap: 1.1, length: 1 }, '`initial.overlap` must be a number from -1 to 1; got 1.1'],
    [{ overlap: 0, length: 0 }, '`initial.length` must be a finite number > 0; got 0'],
    [{ overlap: 0 }, '`initial.length` must be a number; got undefined'],
    [{ overlap: NaN, length: 1 }, '`initial.overlap` must be a number; got NaN'],
    [{ overlap: 0, length: 1, gamma: 1 }, '`initial` must be an object with overlap, length; got "gamma"'],
  ])('a starting state %p', (initial, message) => {
    const rule = sgd({ activation, learningRate: 1 });
    expect(() => rule.layout.state(initial as never)).toThrow(message);
  });
});

describe('a schedule', () => {
  it('that turns bad later gives NaN there, which a run reports as divergence', () => {
    const rule = sgd({ activation, learningRate: (t) => 1 - t });
    const out = new Float64Array(2);
    rule.derivative(2, Float64Array.of(0.5, 1), out);
    expect(out[0]).toBeNaN();
  });
});
