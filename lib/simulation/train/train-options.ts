import {
  rangeError,
  requireInteger,
  requireNonNegative,
  requirePositive,
  requireWithin,
  typeError,
} from '../../foundation/checks.js';
import { MOST_STREAMS } from '../../foundation/random-stream.js';
import { isIdentity, type Activation } from '../../gaussian/activation.js';
import { requireEngine, type Engine } from '../options.js';
import { sampleCountOf } from '../training-set.js';
import { bidiagonalSampleCount } from './bidiagonal-inputs.js';

/** What every ensemble of students trained on finite training sets has. */
interface StudentsOptions {
  /** g, shared by teacher and student. */
  readonly activation: Activation;
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
   * `explicit`, the default, draws P × N inputs. `dimension-free`, for weight normalization with the identity alone, draws a
   * bidiagonal matrix in their place: the same law in O(N) instead of O(N³), other numbers from the same seed.
   */
  readonly engine?: Engine;
}

/** Weight normalization with gamma decay, minimized. */
export interface DecayedStudentsOptions extends StudentsOptions {
  readonly rule: 'weight-normalization';
  /** ζ in ½ζγ²; default 0, for the linear unit the minimum norm. */
  readonly gammaDecay?: number;
  /** Starts of random direction and γ = 1 in every run, the lowest loss is kept; default 1. */
  readonly randomStarts?: number;
  /** Whether to start at the teacher, too; default false. */
  readonly teacherStart?: boolean;
}

/** Vanilla SGD or batch normalization on minibatches of the training set. */
export interface MinibatchStudentsOptions extends StudentsOptions {
  readonly rule: 'sgd' | 'batch-normalization';
  /** η at the start; it is halved as the loss settles. */
  readonly learningRate: number;
  /** M, at least 4 for batch normalization; at most P. */
  readonly batchSize: number;
  /** Largest time, steps/N. */
  readonly until: number;
  /** L at the start, γ = 1 and R = 0; default 0.01, so that the start is forgotten. */
  readonly initialLength?: number;
  /**
   * What a batch-normalized student normalizes its field by at test time: its standard deviation over the population, L
   * (default), or over the training set. Its mean is 0, as it is in the population.
   */
  readonly statistics?: 'population' | 'training-set';
}

/** An ensemble of students trained on finite training sets. */
export type TrainStudentsOptions = DecayedStudentsOptions | MinibatchStudentsOptions;

/** Largest ζ on a bidiagonal set: γ², of the order of 1/ζ², has to stay far from underflow. */
const LARGEST_DECAY = 1e140;

/** P for the engine dimension-free, which of all activations the identity alone can have. */
function bidiagonalSamples(options: DecayedStudentsOptions): number {
  const { activation, load, dimension, gammaDecay = 0, engine } = options;
  if (!isIdentity(activation)) {
    throw rangeError('engine', `explicit for activation ${activation.name}`, engine);
  }
  requireWithin('gammaDecay', gammaDecay, 0, LARGEST_DECAY);
  return bidiagonalSampleCount(load, dimension);
}

/**
 * Checks what the library does not check where it is used, and returns P.
 *
 * @throws RangeError or TypeError naming the argument
 */
export function checkedSampleCount(options: TrainStudentsOptions): number {
  const {
    activation,
    load,
    dimension,
    noiseVariance = 0,
    runs,
    seed,
    firstRun = 0,
    sweepPoint = 0,
    engine = 'explicit',
  } = options;
  if (typeof (activation as Partial<Activation> | undefined)?.averages?.generalizationError !== 'function') {
    throw typeError('activation', 'an Activation such as identity, relu or erf', activation);
  }
  requireInteger('dimension', dimension, 2);
  requireNonNegative('noiseVariance', noiseVariance);
  requireInteger('firstRun', firstRun, 0, MOST_STREAMS - 1);
  requireInteger('runs', runs, 2, MOST_STREAMS - firstRun);
  requireInteger('seed', seed, 0);
  requireInteger('sweepPoint', sweepPoint, 0, MOST_STREAMS - 1);
  requireEngine(engine);
  if (options.rule === 'weight-normalization') {
    const { gammaDecay = 0, randomStarts = 1, teacherStart = false } = options;
    requireNonNegative('gammaDecay', gammaDecay);
    requireInteger('randomStarts', randomStarts, teacherStart ? 0 : 1);
    return engine === 'dimension-free' ? bidiagonalSamples(options) : sampleCountOf(load, dimension);
  }
  const rule: unknown = options.rule;
  if (rule !== 'sgd' && rule !== 'batch-normalization') {
    throw rangeError('rule', 'sgd, weight-normalization or batch-normalization', rule);
  }
  if (engine !== 'explicit') throw rangeError('engine', `explicit for rule ${rule}`, engine);
  const { learningRate, batchSize, until, initialLength = 0.01 } = options;
  requirePositive('learningRate', learningRate);
  requireInteger('batchSize', batchSize, rule === 'sgd' ? 1 : 4);
  requirePositive('until', until);
  requirePositive('initialLength', initialLength);
  return sampleCountOf(load, dimension, batchSize);
}
