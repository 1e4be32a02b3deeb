import {
  fullListOf,
  integer,
  oneOf,
  rangeError,
  requireBoolean,
  requireFunction,
  requireInteger,
  requireNonNegative,
  requirePositive,
  requireString,
  typeError,
} from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, shape, type OptionChecks } from '../foundation/options.js';
import { MOST_STREAMS } from '../random/random-stream.js';
import { requireAlike, requireImageSet } from './images/image-set.js';
import type { ImageData } from './images/load-images.js';
import { requireImageSize } from './images/pixels.js';
import { methodNames, type MethodName } from './methods/index.js';
import { requireFactors } from './schedule.js';

/** The strength ζ of gamma decay: a number, or `published`, that of Theorem 1 for each layer, measured on its own fields. */
export type NetworkDecay = number | 'published';

/** Networks of one kind, trained on images. */
export interface NetworksOptions {
  /** Images to train on and to test with, as `loadImages` gives them; or your own. */
  readonly data: ImageData;
  /** How fields are normalized. */
  readonly method: MethodName;
  /** M ≥ 2. */
  readonly batchSize: number;
  /** η > 0; of several the best is chosen on held-out images. */
  readonly learningRate: number | readonly number[];
  /** ζ ≥ 0 in ½ζγ², added to the mean loss; of several the best is chosen, with η; default 0. */
  readonly gammaDecay?: NetworkDecay | readonly NetworkDecay[];
  /** Times through the training images, ≥ 1. */
  readonly epochs: number;
  /** Factor of η, finite and ≥ 0, of the share of the training that is done, from 0 to 1; default 1. */
  readonly schedule?: (progress: number) => number;
  /** μ of v ← μv + gradient, from 0, below 1; default 0.9. */
  readonly momentum?: number;
  /** Probability that a number after a block is dropped, from 0, below 1; default 0. */
  readonly dropout?: number;
  /** Channels of the blocks, multiples of 8; default 16, 32. Each block halves the image. */
  readonly widths?: readonly number[];
  /** Height of the images: their own, the default, or half of it, by means over 2 × 2 pixels. */
  readonly imageSize?: number;
  /** Images to train on; default 1000. */
  readonly images?: number;
  /** Training images held out, for the choice and for validation; default 500. */
  readonly heldOut?: number;
  /** Images of an epoch after which statistics of the training set are measured anew, where training uses them; default 512. */
  readonly refresh?: number;
  /** Runs, each with its own weights and order of images; default 1. */
  readonly runs?: number;
  /** Other runs that each candidate is chosen by; default 2. */
  readonly choiceRuns?: number;
  /** Non-negative integer; default 1. Run k of a seed has the same weights and order of images for every method. */
  readonly seed?: number;
  /** Which place of a sweep this is; default 0. */
  readonly sweepPoint?: number;
  /** Whether to measure the reliance on single channels at the end; default false. */
  readonly reliance?: boolean;
}

/** Networks that are to learn as those of another method do. There must be two `runs` at least, and `reliance` is not measured. */
export interface MimicOptions extends NetworksOptions {
  /** The method that they are to mimic, without gamma decay. */
  readonly mimic: MethodName;
}

/** What stands for what is left out. */
export const networkDefaults = {
  gammaDecay: 0,
  momentum: 0.9,
  dropout: 0,
  widths: [16, 32],
  images: 1000,
  heldOut: 500,
  refresh: 512,
  runs: 1,
  choiceRuns: 2,
  seed: 1,
  reliance: false,
} as const;

/** Runs of one seed: those of the choice have numbers from here on. */
export const FIRST_CHOICE_RUN = 2 ** 20;

function requireBelowOne(name: string, value: unknown): number {
  const allowed = 'a number >= 0 and < 1';
  if (typeof value !== 'number') throw typeError(name, allowed, value);
  if (!(value >= 0 && value < 1)) throw rangeError(name, allowed, value);
  return value;
}

function requireWidth(name: string, value: unknown): number {
  const width = requireInteger(name, value, 8, 4096);
  if (width % 8 !== 0) throw rangeError(name, 'a multiple of 8', value);
  return width;
}

function requireDecay(name: string, value: unknown): NetworkDecay {
  if (value === 'published') return value;
  if (typeof value !== 'number') throw typeError(name, 'a finite number >= 0 or published', value);
  return requireNonNegative(name, value);
}

function oneOrMore<Value>(check: (name: string, value: unknown) => Value) {
  const requireList = fullListOf(check, 'a value, or a list with at least one');
  return (name: string, value: unknown): Value | readonly Value[] =>
    Array.isArray(value) ? requireList(name, value) : check(name, value);
}

const checks: OptionChecks<NetworksOptions> = {
  data: shape<ImageData>({ name: requireString, training: requireImageSet, test: requireImageSet }),
  method: oneOf(methodNames),
  batchSize: integer(2),
  learningRate: oneOrMore(requirePositive),
  gammaDecay: optional(oneOrMore(requireDecay)),
  epochs: integer(1, 1e6),
  schedule: optional(requireFunction),
  momentum: optional(requireBelowOne),
  dropout: optional(requireBelowOne),
  widths: optional(fullListOf(requireWidth, 'a list with at least one width')),
  imageSize: optional(elsewhere),
  images: optional(integer(1)),
  heldOut: optional(integer(1)),
  refresh: optional(integer(1)),
  runs: optional(integer(1, FIRST_CHOICE_RUN)),
  choiceRuns: optional(integer(1, FIRST_CHOICE_RUN)),
  seed: optional(integer(0)),
  sweepPoint: optional(integer(0, MOST_STREAMS - 1)),
  reliance: optional(requireBoolean),
};

/**
 * Checks the options of networks that mimic others.
 *
 * @throws RangeError or TypeError, one line, naming the argument
 */
export function requireMimicOptions(options: MimicOptions): MimicOptions {
  return requireOptions<MimicOptions>('options', options, { ...checks, mimic: oneOf(methodNames) });
}

/** Options with all that was left out. */
export type CompleteOptions = Required<
  Omit<NetworksOptions, 'sweepPoint' | 'learningRate' | 'gammaDecay'>
> & {
  readonly sweepPoint: number | undefined;
  readonly learningRates: readonly number[];
  readonly gammaDecays: readonly NetworkDecay[];
};

/** What is undefined is left out. */
function given<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}

function listed<Value extends number | string>(value: Value | readonly Value[]): readonly Value[] {
  return typeof value === 'object' ? value : [value];
}

/** The most blocks: the image must have 2 × 2 pixels before each. */
function requireDepth(widths: readonly number[], height: number, width: number): void {
  const most = Math.floor(Math.log2(Math.min(height, width)));
  if (widths.length > most)
    throw rangeError(
      'widths',
      `at most ${most} of them for images of ${height} × ${width} pixels`,
      `${widths.length} of them`,
    );
}

/**
 * Checks the options of networks and fills in what was left out.
 *
 * @throws RangeError or TypeError, one line, naming the argument
 */
export function completeOptions(options: NetworksOptions): CompleteOptions {
  requireOptions('options', options, checks);
  const { training } = options.data;
  const {
    learningRate,
    gammaDecay = networkDefaults.gammaDecay,
    imageSize = training.height,
    ...others
  } = given(options);
  const complete = {
    schedule: () => 1,
    sweepPoint: undefined,
    ...networkDefaults,
    ...others,
    imageSize: requireImageSize(training, imageSize),
    learningRates: listed(learningRate),
    gammaDecays: listed<NetworkDecay>(gammaDecay),
  };
  const { data, images, batchSize, epochs, schedule, widths } = complete;
  requireAlike(data.training, data.test);
  if (batchSize > images) throw rangeError('batchSize', `at most images = ${images}`, batchSize);
  requireDepth(widths, complete.imageSize, (training.width * complete.imageSize) / training.height);
  requireFactors(schedule, Math.floor(images / batchSize), epochs);
  return complete;
}
