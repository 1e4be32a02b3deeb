/** The same of batch statistics and of comparisons. */
import * as library from '../../lib/index.js';
import { method, type Entry } from './call.js';
import { rule, simulation, students, theory, trajectory } from './made.js';
import {
  anyNumber,
  control,
  count,
  finite,
  leaf,
  list,
  made,
  maybe,
  nonNegative,
  options,
  positive,
  within,
  word,
  type Shape,
} from './shapes.js';

const { identity, relu, gaussianLikelihood, bernoulliLikelihood } = library;

const seed = count(1, 0);

const named: Shape = options({ gamma: finite(0.5), overlap: within(0.1, -1, 1), length: positive(0.8) });

const decayOptions = {
  activation: made(relu),
  batchSize: count(8, 2),
  likelihood: maybe(made(gaussianLikelihood)),
  information: maybe(word('model')),
};
const state = {
  ...decayOptions,
  overlap: maybe(within(1, -1, 1)),
  noiseVariance: maybe(nonNegative(0)),
};
const gamma = finite(0.7);
const taught = { teacherActivation: maybe(made(identity)), teacherLength: maybe(positive(1.5)) };
const numbers = list([-1, 0.5, 1, 2].map(finite), 2);
const data = {
  preactivations: numbers,
  labels: maybe(list([0, 1, 1, 0].map((label) => within(label, 0, 1)))),
  gamma: maybe(gamma),
  seed: maybe(seed),
};
const field = { batchSize: count(4, 2), mean: maybe(finite(1)), variance: maybe(positive(9)) };
const batches = maybe(count(20, 2, 1e8));

const batchSizes = list([count(8, 4), count(16, 4)]);

export const batchEntries: Readonly<Record<string, Entry>> = {
  // regularization
  batchStatisticsLaw: { call: library.batchStatisticsLaw, takes: { options: options(field) } },
  asymptoticBatchStatisticsLaw: {
    call: library.asymptoticBatchStatisticsLaw,
    takes: {
      options: options({
        ...field,
        kurtosis: leaf(3, (x) => typeof x === 'number' && x >= -2 && x < Infinity),
      }),
    },
  },
  batchLoss: {
    call: library.batchLoss,
    takes: { options: options({ ...state, ...taught, batchSize: count(8, 4), gamma }) },
  },
  gammaDecayFromState: {
    call: library.gammaDecayFromState,
    takes: { options: options({ ...state, ...taught, gamma, shift: maybe(finite(0.3)) }) },
  },
  gammaDecayAtFixedPoint: {
    call: library.gammaDecayAtFixedPoint,
    takes: {
      options: options({ ...state, ...taught, activation: made(identity), shift: maybe(finite(0.3)) }),
    },
  },
  gammaDecayFromData: {
    call: library.gammaDecayFromData,
    takes: {
      options: options({
        ...{ ...decayOptions, ...data, likelihood: maybe(made(bernoulliLikelihood)) },
        batchSize: leaf(2, (x) => x === 2),
        resamples: maybe(count(2, 2, 1e6)),
        shift: maybe(finite(0.3)),
      }),
    },
    aliases: ['batchSize'],
  },
  sampleBatchStatistics: {
    call: library.sampleBatchStatistics,
    takes: {
      options: options({
        ...{ preactivations: numbers, batchSize: leaf(2, (x) => x === 2), batches, seed: maybe(seed) },
      }),
    },
  },
  sampleBatchLoss: {
    call: library.sampleBatchLoss,
    takes: {
      options: options({
        ...{ ...data, labels: numbers, activation: made(identity), batchSize: leaf(2, (x) => x === 2) },
        ...{ likelihood: maybe(made(gaussianLikelihood)), batches },
      }),
    },
  },
  // comparison
  compareStudents: {
    call: library.compareStudents,
    takes: { students: made(students), theory: made(theory) },
  },
  compareDecomposition: {
    call: library.compareDecomposition,
    takes: {
      options: options({
        ...{ activation: made(identity), batchSizes, noiseVariance: maybe(nonNegative(0)), ...taught },
        ...{ learningRate: positive(0.5), initial: named, until: positive(2) },
      }),
    },
  },
  compareDecompositionAsync: {
    call: library.compareDecompositionAsync,
    takes: {
      options: options({
        ...{ activation: made(identity), batchSizes, noiseVariance: maybe(nonNegative(0)), ...taught },
        ...{ learningRate: positive(0.5), initial: named, until: positive(2) },
      }),
      control: control(),
    },
  },
  publishedGammaDecay: {
    call: library.publishedGammaDecay,
    takes: { activation: made(relu), batchSize: count(8, 2), teacher: maybe(options(taught)) },
  },
  restingGamma: {
    call: library.restingGamma,
    takes: { rule: made(rule), overlap: leaf(1, (x) => typeof x === 'number' && x > 0 && x <= 1) },
  },
  decayReadings: { call: library.decayReadings, takes: { batchSize: count(8, 4) } },
  fitPowerLaw: {
    call: library.fitPowerLaw,
    takes: { x: list([1, 2, 4].map(anyNumber), 0), y: list([1, 4, 16].map(anyNumber), 3) },
  },
  hotellingTest: {
    call: library.hotellingTest,
    takes: {
      samples: list(
        [1, 2, 4].map((x) => list([finite(x)])),
        0,
      ),
      mean: list([finite(1)]),
    },
    aliases: ['samples'],
  },
  compareWithTheory: {
    call: library.compareWithTheory,
    takes: { simulation: made(simulation), theory: made(trajectory) },
  },
  'comparison.series': {
    call: method(library.compareWithTheory(simulation, trajectory), 'series'),
    takes: { quantity: word('gamma') },
  },
  // Takes anything.
  isArgumentError: { call: library.isArgumentError, takes: {} },
};
