import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { defineActivation } from '../../lib/gaussian/activations/custom.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { pValuesOf, scatterRatios, type Setting } from './teacher-experiments.js';

const tanh = defineActivation({ name: 'tanh', value: Math.tanh, derivative: (z) => 1 / Math.cosh(z) ** 2 });
const common = { learningRate: 0.6, noiseVariance: 0.1 };
const start = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const plainStart = { overlap: 0.1, length: 0.8 };
const batch = { ...common, batchSize: 8 };

const settings: Setting[] = [
  ['SGD of a longer erf', sgd({ ...common, activation: erf, teacherLength: 2 }), plainStart],
  ['SGD of |z|', sgd({ ...common, activation: leakyRelu(-1), teacherActivation: relu }), plainStart],
  ['WN of tanh', weightNormalization({ ...common, activation: tanh, teacherActivation: identity }), start],
  [
    'WN of identity',
    weightNormalization({ ...common, activation: identity, teacherActivation: tanh }),
    start,
  ],
  ['BN of identity', batchNormalization({ ...batch, activation: identity, teacherActivation: relu }), start],
  ['BN of erf', batchNormalization({ ...batch, activation: erf, teacherActivation: identity }), start],
];

describe('students of a teacher of another kind, against their equations, over many seeds', () => {
  it.each(settings)('agree in mean: %s', (...setting) => {
    const seeds = Array.from({ length: 20 }, (_, k) => 100 + k);
    const pValues = pValuesOf(setting, 'dimension-free', seeds);
    // 120 tests in all: the smallest is below 1e-5 once in 800.
    expect(Math.min(...pValues)).toBeGreaterThan(1e-5);
    // A median of 20 uniform numbers is below 0.2 once in 600.
    expect(pValues.sort((a, b) => a - b)[10]).toBeGreaterThan(0.2);
  });

  it.each(settings.slice(0, 2))('agree in their scatter: %s', (...setting) => {
    // Four standard deviations of 4.1 percent, and 1/N = 0.1 percent.
    for (const ratio of scatterRatios(setting, 4)) expect(Math.abs(ratio - 1)).toBeLessThan(0.165);
  });
});
