/** The same of simulations and generalization. */
import * as library from '../../lib/index.js';
import { method, type Entry } from './call.js';
import { rule, simulation } from './made.js';
import {
  control,
  count,
  finite,
  flag,
  increasing,
  leaf,
  made,
  maybe,
  nonNegative,
  options,
  positive,
  positiveOrInfinite,
  within,
  word,
  type Shape,
} from './shapes.js';

const { identity, relu } = library;

const seed = count(1, 0);
const smallStream = maybe(count(1, 0, 2 ** 32 - 1));

const named: Shape = options({ gamma: finite(0.5), overlap: within(0.1, -1, 1), length: positive(0.8) });

const linearTask = {
  load: positive(0.5),
  noiseVariance: maybe(nonNegative(0.1)),
  teacherLength: maybe(within(1, 1e-150, 1e150)),
};
const batchNormalizedTask = {
  ...linearTask,
  statistics: maybe(word('training')),
  start: maybe(word('large')),
};
const saddleProblem = {
  activation: made(relu),
  teacherActivation: maybe(made(relu)),
  gammaDecay: nonNegative(0.25),
  noiseVariance: maybe(nonNegative(0.05)),
  teacherLength: maybe(within(1, 1e-140, 1e140)),
};
const curve = { problem: options({ ...saddleProblem, loads: increasing(1, 2) }) };
const start = options({
  gamma: positive(0.5),
  overlap: within(0.5, -1, 1),
  susceptibility: maybe(positiveOrInfinite(1)),
});

const simulateOptions = {
  rule: made(rule),
  initial: named,
  times: increasing(0, 0.5),
  dimension: count(20, 2),
  runs: count(2, 2, 2 ** 32),
  seed,
  sweepPoint: smallStream,
  engine: maybe(word('explicit')),
  load: maybe(positive(2)),
  lengthBound: maybe(positive(1e6)),
};
const studentsOptions = {
  activation: made(identity),
  load: positive(2),
  dimension: count(10, 2),
  noiseVariance: maybe(nonNegative(0.1)),
  runs: count(2, 2, 2 ** 32),
  seed,
  firstRun: smallStream,
  sweepPoint: smallStream,
  engine: maybe(word('explicit')),
};
const decayedStudents = options({
  ...studentsOptions,
  rule: word('weight-normalization'),
  gammaDecay: maybe(nonNegative(0.1)),
  randomStarts: maybe(count(1, 0)),
  teacherStart: maybe(flag(true)),
});
const minibatchStudents = options({
  ...studentsOptions,
  rule: word('batch-normalization'),
  learningRate: positive(0.5),
  batchSize: count(4, 4),
  until: positive(2),
  patience: maybe(positive(5)),
  initialLength: maybe(positive(0.1)),
  statistics: maybe(word('population')),
});

export const ensembleEntries: Readonly<Record<string, Entry>> = {
  // simulation
  simulate: { call: library.simulate, takes: { options: options(simulateOptions) } },
  simulateAsync: {
    call: library.simulateAsync,
    takes: { options: options(simulateOptions), control: control() },
  },
  'simulation.samples': {
    call: method(simulation, 'samples'),
    takes: { quantity: word('gamma'), timeIndex: count(1, 0, 1) },
  },
  'simulation.series': { call: method(simulation, 'series'), takes: { quantity: word('misalignment') } },
  trainStudents: { call: library.trainStudents, takes: { options: decayedStudents } },
  'trainStudents by minibatches': { call: library.trainStudents, takes: { options: minibatchStudents } },
  trainStudentsAsync: {
    call: library.trainStudentsAsync,
    takes: { options: decayedStudents, control: control() },
  },
  // generalization
  batchNormalizedGeneralization: {
    call: library.batchNormalizedGeneralization,
    takes: { options: options({ ...batchNormalizedTask, batchSize: count(8, 4) }) },
  },
  bestBatchSize: { call: library.bestBatchSize, takes: { task: options(batchNormalizedTask) } },
  bestStoppingTime: { call: library.bestStoppingTime, takes: { task: options(linearTask) } },
  gradientFlow: {
    call: library.gradientFlow,
    takes: {
      options: options({
        ...linearTask,
        time: leaf(1, (x) => typeof x === 'number' && (x === Infinity || (x >= 0 && x <= 1e300))),
        gammaDecay: maybe(nonNegative(0.1)),
      }),
    },
  },
  linearGeneralization: {
    call: library.linearGeneralization,
    takes: { options: options({ ...linearTask, gammaDecay: maybe(nonNegative(0.1)) }) },
  },
  optimalGammaDecay: { call: library.optimalGammaDecay, takes: { task: options(linearTask) } },
  batchSizeOfOptimalDecay: {
    call: library.batchSizeOfOptimalDecay,
    takes: { task: options({ ...linearTask, noiseVariance: positive(0.05) }) },
  },
  interpolationThreshold: {
    call: library.interpolationThreshold,
    takes: { activation: made(relu), noiseVariance: maybe(nonNegative(0.05)) },
  },
  saddlePoint: {
    call: library.saddlePoint,
    takes: { problem: options({ ...saddleProblem, load: positive(2) }), start: maybe(start) },
  },
  generalizationCurve: { call: library.generalizationCurve, takes: curve },
  generalizationCurveAsync: {
    call: library.generalizationCurveAsync,
    takes: { ...curve, control: control() },
  },
};
