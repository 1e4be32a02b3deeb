import {
  integer,
  oneOf,
  rangeError,
  requireBoolean,
  requireInteger,
  requireNonNegative,
  requirePositive,
  requireWithin,
} from '../foundation/checks.js';
import {
  elsewhere,
  optional,
  requireObject,
  requireOptions,
  type OptionChecks,
} from '../foundation/options.js';
import { MOST_STREAMS } from '../random/random-stream.js';
import { testStatistics, type TestStatistics } from '../generalization/linear/batch-normalized.js';
import { isIdentity, requireActivation, type Activation } from '../gaussian/activation.js';
import { batchStatistics, normalizesByBatch, smallestBatchOf } from '../dynamics/rules/index.js';
import { ensembleChecks } from '../simulation/options.js';
import { sampleCountOf } from '../simulation/training-set.js';
import { bidiagonalSampleCount } from './bidiagonal-inputs.js';

/** The default of `patience`. */
export const PATIENCE = 5;

/** How training sets are drawn, the default first. */
export const trainingEngines = ['explicit', 'bidiagonal'] as const;

/** How a training set is drawn. */
export type TrainingEngine = (typeof trainingEngines)[number];

/** What every ensemble of students trained on finite training sets has. */
interface StudentsOptions {
  /** g of the student. */
  readonly activation: Activation;
  /** g* of the teacher; default g. */
  readonly teacherActivation?: Activation;
  /** T, standard deviation of the teacher's field: labels are g*(T u) + ξ; default 1. */
  readonly teacherLength?: number;
  /** α = P/N. */
  readonly load: number;
  /** N ≥ 2. */
  readonly dimension: number;
  /** S, variance of the label noise; default 0. */
  readonly noiseVariance?: number;
  /** Independent runs, each with a training set of its own, ≥ 2 so that there is a standard error. */
  readonly runs: number;
  /** Non-negative integer; run k draws from stream k of the seed. */
  readonly seed: number;
  /** Number of the first run, where others have drawn from the streams before it; default 0. */
  readonly firstRun?: number;
  /** Which place of a sweep this is, from 0 to 2³² − 1: streams of different points share nothing; default 0. */
  readonly sweepPoint?: number;
  /**
   * `explicit`, the default, draws P × N inputs. `bidiagonal`, for weight normalization with the identity alone, draws a
   * bidiagonal matrix in their place: the same law in O(N) instead of O(N³), other numbers from the same seed.
   */
  readonly engine?: TrainingEngine;
}

/** Weight normalization with gamma decay, minimized. */
export interface DecayedStudentsOptions extends StudentsOptions {
  /** Names this kind of training: a minimization over γ and the direction of w. */
  readonly rule: 'weight-normalization';
  /** ζ in ½ζγ²; default 0, for the linear unit the minimum norm. */
  readonly gammaDecay?: number;
  /** Starts of random direction and γ = T in every run, the lowest loss is kept; default 1. */
  readonly randomStarts?: number;
  /** Whether to start at the teacher, too; default false. */
  readonly teacherStart?: boolean;
}

/** The rules that make steps, each with the statistics of its minibatch that it normalizes by. */
export const minibatchRules = { sgd: undefined, ...batchStatistics } as const;

/** Vanilla SGD, or normalization by both statistics of a minibatch or one, on minibatches of the training set. */
export interface MinibatchStudentsOptions extends StudentsOptions {
  /** The rule that makes the steps. */
  readonly rule: keyof typeof minibatchRules;
  /** η at the start; it is halved as the loss settles. */
  readonly learningRate: number;
  /** M, at least 4 for batch normalization, 8 by the deviation alone, 2 by the mean alone; at most P. */
  readonly batchSize: number;
  /** Largest time, steps/N. */
  readonly until: number;
  /**
   * How long the loss of the minibatches may stay above two standard errors of what it was before the learning rate is halved, in
   * relaxation times of a mode of curvature 1; default 5. A mode of curvature c takes 1/c times as long, next to α = 1 hundreds.
   */
  readonly patience?: number;
  /** L at the start, γ = 1 and R = 0; default 0.01, so that the start is forgotten. */
  readonly initialLength?: number;
  /**
   * What a batch-normalized student normalizes its field by at test time: its standard deviation over the population, L
   * (default), or over the training set. Its mean is 0, as it is in the population.
   */
  readonly statistics?: TestStatistics;
}

/** An ensemble of students trained on finite training sets. */
export type TrainStudentsOptions = DecayedStudentsOptions | MinibatchStudentsOptions;

/** Largest ζ on a bidiagonal set: γ², of the order of 1/ζ², has to stay far from underflow. */
const LARGEST_DECAY = 1e140;

/** P for the engine bidiagonal, which of all activations the identity alone can have. */
function bidiagonalSamples(options: DecayedStudentsOptions): number {
  const { activation, teacherActivation = activation, load, dimension, gammaDecay = 0, engine } = options;
  if (!isIdentity(activation)) {
    throw rangeError('engine', `explicit for activation ${activation.name}`, engine);
  }
  if (!isIdentity(teacherActivation)) {
    throw rangeError('engine', `explicit for a teacher with activation ${teacherActivation.name}`, engine);
  }
  requireWithin('gammaDecay', gammaDecay, 0, LARGEST_DECAY);
  return bidiagonalSampleCount(load, dimension);
}

const studentsChecks = {
  ...ensembleChecks,
  rule: elsewhere,
  activation: requireActivation,
  teacherActivation: optional(requireActivation),
  teacherLength: optional(requirePositive),
  load: elsewhere,
  engine: optional(oneOf(trainingEngines)),
  noiseVariance: optional(requireNonNegative),
  runs: elsewhere,
  firstRun: optional(integer(0, MOST_STREAMS - 1)),
} as const;

const decayedChecks: OptionChecks<DecayedStudentsOptions> = {
  ...studentsChecks,
  gammaDecay: optional(requireNonNegative),
  randomStarts: optional(integer(0)),
  teacherStart: optional(requireBoolean),
};

const minibatchChecks: OptionChecks<MinibatchStudentsOptions> = {
  ...studentsChecks,
  learningRate: requirePositive,
  batchSize: integer(1),
  until: requirePositive,
  patience: optional(requirePositive),
  initialLength: optional(requirePositive),
  statistics: optional(oneOf(testStatistics)),
};

const requireRuleName = oneOf(['weight-normalization', ...Object.keys(minibatchRules)]);

/**
 * Checks the options of either kind, and returns P.
 *
 * @throws RangeError or TypeError naming the argument
 */
export function checkedSampleCount(options: TrainStudentsOptions): number {
  const rule = requireRuleName('rule', requireObject('options', options)['rule']);
  if (rule === 'weight-normalization') requireOptions('options', options, decayedChecks);
  else requireOptions('options', options, minibatchChecks);
  const { load, dimension, runs, firstRun = 0, engine = 'explicit' } = options;
  requireInteger('runs', runs, 2, MOST_STREAMS - firstRun);
  if (options.rule === 'weight-normalization') {
    const { randomStarts = 1, teacherStart = false } = options;
    requireInteger('randomStarts', randomStarts, teacherStart ? 0 : 1);
    return engine === 'bidiagonal' ? bidiagonalSamples(options) : sampleCountOf(load, dimension);
  }
  if (engine !== 'explicit') throw rangeError('engine', `explicit for rule ${rule}`, engine);
  const { batchSize } = options;
  if (normalizesByBatch(options.rule)) requireInteger('batchSize', batchSize, smallestBatchOf(options.rule));
  return sampleCountOf(load, dimension, batchSize);
}
