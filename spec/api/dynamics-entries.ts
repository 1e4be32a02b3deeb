/** One valid call of every function on averages, rules and learning rates, and what its arguments may be. */
import * as library from '../../lib/index.js';
import { method, type Entry } from './call.js';
import { aligned, family, plainAligned, plainFamily, rule } from './made.js';
import {
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
  positiveOrInfinite,
  schedule,
  text,
  within,
  type Shape,
} from './shapes.js';

const { identity, relu } = library;

const ruleOptions = {
  activation: made(relu),
  learningRate: schedule(0.5),
  batchSize: maybe(count(4, 1)),
  noiseVariance: maybe(nonNegative(0.1)),
  teacherActivation: maybe(made(identity)),
  teacherLength: maybe(positive(1.5)),
};
const normalizedOptions = {
  ...ruleOptions,
  gammaLearningRate: maybe(schedule((time: number) => 1 / (1 + time))),
  gammaDecay: maybe(nonNegative(0.2)),
};
const named: Shape = options({ gamma: finite(0.5), overlap: within(0.1, -1, 1), length: positive(0.8) });

const learningRatesOptions = options({
  family: made(plainFamily),
  learningRate: positive(0.5),
  length: maybe(positive(1)),
});

const stationaryStatesOptions = options({
  family: made(plainFamily),
  reducedLearningRates: list([positive(0.5), positive(3)]),
  length: maybe(positive(1)),
});

export const dynamicsEntries: Readonly<Record<string, Entry>> = {
  // gaussian
  meanDeviation: { call: library.meanDeviation, takes: { batchSize: count(2, 2) } },
  meanInverseDeviation: { call: library.meanInverseDeviation, takes: { batchSize: count(3, 3) } },
  meanInverseVariance: { call: library.meanInverseVariance, takes: { batchSize: count(4, 4) } },
  defineActivation: {
    call: library.defineActivation,
    takes: {
      definition: options({
        name: text('tanh'),
        value: made(Math.tanh),
        derivative: made((z: number) => 1 / Math.cosh(z) ** 2),
        kinks: maybe(list([finite(0)], 0)),
      }),
    },
  },
  // The text is called as the option of the command line is.
  expressionActivation: {
    call: library.expressionActivation,
    takes: { text: leaf('tanh(z)', (other) => other === '5') },
    aliases: ['activation'],
  },
  activationPair: {
    call: library.activationPair,
    takes: {
      student: made(relu),
      teacherActivation: maybe(made(identity)),
      teacherLength: maybe(positive(1.5)),
    },
  },
  fieldMoments: {
    call: library.fieldMoments,
    takes: {
      activation: made(relu),
      gamma: finite(0.5),
      phi: within(1, 0, Math.PI),
      noiseVariance: maybe(nonNegative(0.1)),
    },
  },
  leakyRelu: { call: library.leakyRelu, takes: { slope: maybe(finite(0.1)) } },
  orthantMoments: { call: library.orthantMoments, takes: { phi: within(1, 0, Math.PI) } },
  // dynamics
  sgd: { call: library.sgd, takes: { parameters: options(ruleOptions) } },
  weightNormalization: {
    call: library.weightNormalization,
    takes: { parameters: options(normalizedOptions) },
  },
  populationNormalization: {
    call: library.populationNormalization,
    takes: { parameters: options(normalizedOptions) },
  },
  batchNormalization: {
    call: library.batchNormalization,
    takes: {
      parameters: options({
        ...ruleOptions,
        batchSize: count(8, 4),
        gammaLearningRate: maybe(schedule(0.1)),
      }),
    },
  },
  layoutOf: { call: library.layoutOf, takes: { blocks: made({ overlap: 'overlap', length: 'length' }) } },
  'rule.layout.state': { call: method(rule.layout, 'state'), takes: { initial: named } },
  // stability
  learningRates: {
    call: library.learningRates,
    takes: { options: learningRatesOptions },
  },
  learningRatesAsync: {
    call: library.learningRatesAsync,
    takes: { options: learningRatesOptions, control: control() },
  },
  stationaryStates: { call: library.stationaryStates, takes: { options: stationaryStatesOptions } },
  stationaryStatesAsync: {
    call: library.stationaryStatesAsync,
    takes: { options: stationaryStatesOptions, control: control() },
  },
  expressionSchedule: {
    call: library.expressionSchedule,
    takes: {
      text: leaf('t < 5 ? 0.1 : 0.5', (other) => other === '5'),
      name: maybe(text('learningRate')),
    },
    aliases: ['learningRate'],
  },
  piecewiseSchedule: {
    call: library.piecewiseSchedule,
    takes: { rate: made((t: number) => (t < 5 ? 0.1 : 0.5)), breaks: list([nonNegative(5)], 0) },
  },
  linearMaximum: { call: library.linearMaximum, takes: { family: made(family), aligned: made(aligned) } },
  linearMaximumByDifferences: {
    call: library.linearMaximumByDifferences,
    takes: { family: made(family), aligned: made(aligned) },
  },
  spectralMaximum: { call: library.spectralMaximum, takes: { family: made(family), aligned: made(aligned) } },
  maximumByBisection: {
    call: library.maximumByBisection,
    takes: { family: made(plainFamily), aligned: made(plainAligned), tolerance: positive(0.5) },
  },
  alignedFixedPoint: {
    call: library.alignedFixedPoint,
    takes: { family: made(family), length: positive(1) },
  },
  stationaryPoint: { call: library.stationaryPoint, takes: { rule: made(rule), aligned: made(aligned) } },
  spectrum: { call: library.spectrum, takes: { rule: made(rule), state: made(aligned) } },
  stationaryMaximum: {
    call: library.stationaryMaximum,
    takes: {
      family: made(plainFamily),
      aligned: made(plainAligned),
      largest: positiveOrInfinite(10),
    },
  },
  reportedBoundAsPopulation: {
    call: library.reportedBoundAsPopulation,
    takes: {
      activation: made(relu),
      batchSizes: list([count(8, 1)], 0),
      gammaDecays: list([nonNegative(0.1)], 0),
    },
    aliases: ['batchSize', 'gammaDecay'],
  },
  reportedBoundExact: {
    call: library.reportedBoundExact,
    takes: { activation: made(identity), batchSizes: list([count(8, 4)], 0) },
    aliases: ['batchSize'],
  },
};
