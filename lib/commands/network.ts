import * as z from 'zod';
import type { Command } from '../config/command.js';
import { ensembleShape, entry, numbers, onRequest } from '../config/entries.js';
import { numbersOf } from '../config/numbers.js';
import type { Cost } from '../config/cost.js';
import type { Executed } from '../config/result.js';
import { expressionSchedule } from '../dynamics/schedule.js';
import { rangeError } from '../foundation/checks.js';
import type { RunControl } from '../foundation/turns.js';
import { networksCost } from '../networks/cost.js';
import { loadImages } from '../networks/images/load-images.js';
import { methodNames, type MethodName } from '../networks/methods/index.js';
import { mimicNetworksAsync } from '../networks/mimic.js';
import { networkDefaults, type NetworkDecay, type NetworksOptions } from '../networks/options.js';
import { capacityFor, trainNetworksAsync } from '../networks/train-networks.js';
import {
  curvesTable,
  mimicryTable,
  printedChoice,
  printedMimicries,
  printedReliance,
  printedRuns,
} from './network-tables.js';

/** ζ: numbers and the word `published`, alone or in a list; as text too. */
const decays = z.union(
  [
    z.number().transform((value) => [value]),
    z.string().transform(decaysIn),
    z
      .array(z.union([z.number(), z.string()]))
      .min(1)
      .transform((list) => list.flatMap((part) => (typeof part === 'number' ? [part] : decaysIn(part)))),
  ],
  'must be a number, published, or a list of them',
);

function decaysIn(text: string): NetworkDecay[] {
  return text.split(',').flatMap((part): NetworkDecay[] => {
    if (part.trim() === 'published') return ['published'];
    try {
      return numbersOf('gammaDecay', part);
    } catch {
      throw rangeError('gammaDecay', 'published, or like 0.1,published or 0.1:0.5:5 (from:to:count)', text);
    }
  });
}

const schema = z.strictObject({
  method: entry(z.enum(methodNames), 'name', 'how the fields of each channel are normalized'),
  data: entry(
    z.string().default('fashion-mnist'),
    'DIR',
    'fashion-mnist, the subset that comes with the package, or a folder with idx files or CIFAR-10 in its binary layout',
  ),
  images: entry(z.number().default(networkDefaults.images), 'n', 'images to train on'),
  heldOut: entry(
    z.number().default(networkDefaults.heldOut),
    'n',
    'training images held out, for validation and to choose by',
  ),
  imageSize: entry(z.number().optional(), 'pixels', 'height of the images: their own, or half of it', {
    otherwise: 'their own',
  }),
  widths: entry(
    numbers('widths').default([...networkDefaults.widths]),
    'list',
    'channels of the blocks, multiples of 8; each block halves the image',
    { otherwise: networkDefaults.widths.join(',') },
  ),
  batchSize: entry(z.number(), 'M', 'images in a minibatch'),
  learningRate: entry(
    numbers('learningRate'),
    'η',
    'learning rate; of several the best is chosen on held-out images, by runs of their own',
  ),
  gammaDecay: entry(
    decays.default([networkDefaults.gammaDecay]),
    'ζ',
    'strength of gamma decay ½ζγ², or published: that of Theorem 1 for each layer, measured on its fields; of several the best is chosen',
    { otherwise: String(networkDefaults.gammaDecay) },
  ),
  schedule: entry(
    z.string().default('1'),
    'f(t)',
    'factor of the learning rate, t from 0 to 1 in the course of training',
  ),
  momentum: entry(z.number().default(networkDefaults.momentum), 'μ', 'momentum of SGD'),
  dropout: entry(
    z.number().default(networkDefaults.dropout),
    'p',
    'probability that a number after a block is dropped',
  ),
  epochs: entry(z.number().default(20), 'n', 'times through the training images'),
  refresh: entry(
    z.number().default(networkDefaults.refresh),
    'n',
    'images of an epoch after which statistics of the training set are measured anew, where training uses them',
  ),
  runs: entry(
    z.number().default(networkDefaults.runs),
    'n',
    'runs, each with weights and an order of images of its own',
  ),
  choiceRuns: entry(
    z.number().default(networkDefaults.choiceRuns),
    'n',
    'runs that each candidate is chosen by',
  ),
  mimic: entry(
    z.enum(methodNames).optional(),
    'name',
    'a table of how far the curves are from those of this method without decay, for each gamma decay',
    { otherwise: 'a table of the curves' },
  ),
  reliance: onRequest('measure at the end how much the held-out loss rises when one channel is silenced'),
  ...ensembleShape,
});
type Config = z.infer<typeof schema>;

async function optionsOf(config: Config): Promise<NetworksOptions> {
  const { method, batchSize, learningRate, gammaDecay, epochs, momentum, dropout, widths, images } = config;
  const { data, schedule, imageSize, heldOut, refresh, runs, choiceRuns, reliance, seed, sweepPoint } =
    config;
  return {
    ...{ method, batchSize, learningRate, gammaDecay, epochs, momentum, dropout, widths, images },
    ...{ heldOut, refresh, runs, choiceRuns, reliance, seed },
    data: await loadImages(data),
    schedule: await expressionSchedule(schedule, 'schedule'),
    ...(imageSize === undefined ? {} : { imageSize }),
    ...(sweepPoint === undefined ? {} : { sweepPoint }),
  };
}

/** Progress with images a second. */
function withPace({ signal, onProgress }: RunControl, images: number): RunControl {
  const begin = performance.now();
  return {
    signal,
    onProgress: (fraction) => {
      const seconds = (performance.now() - begin) / 1000;
      onProgress?.(fraction, `${Math.round((fraction * images) / seconds)} images/s`);
    },
  };
}

/** Networks that are trained to choose. */
function chosenBy({ learningRate, gammaDecay, choiceRuns, mimic }: Config): number {
  const pairs = learningRate.length * (mimic === undefined ? gammaDecay.length : 1);
  return pairs > 1 ? pairs * choiceRuns : 0;
}

/** Networks that are trained. */
function networksOf(config: Config): number {
  const reported = config.mimic === undefined ? 1 : 1 + config.gammaDecay.length;
  return chosenBy(config) + reported * config.runs;
}

/**
 * What is known before the data are read: others than those that come with the package are taken to be CIFAR-10, which has 10,000
 * images to test with, and subsets of it fewer; between them, so that both are estimated within a factor of about 3.
 */
const known = {
  shipped: { side: 28, colors: 1, tests: 1000 },
  others: { side: 32, colors: 3, tests: 3000 },
};

function costOf(config: Config): Cost {
  const { method, mimic, runs, gammaDecay, reliance } = config;
  // Numbers are not checked yet.
  const counted = (name: 'batchSize' | 'images' | 'heldOut' | 'epochs' | 'refresh'): number =>
    Math.max(1, config[name]);
  const { side, colors, tests } = known[config.data === 'fashion-mnist' ? 'shipped' : 'others'];
  const size = Math.max(1, config.imageSize ?? side);
  const widths = config.widths.map((width) => Math.max(1, width));
  const batchSize = counted('batchSize');
  const shape = {
    ...{ height: size, width: size, colors, classes: 10, widths },
    ...{ capacity: capacityFor(batchSize), hasDropout: config.dropout > 0 },
  };
  const costs = (of: MethodName, decays: readonly NetworkDecay[], trained: number, measured: number): Cost =>
    networksCost({
      ...{ method: of, shape, batchSize, images: counted('images'), heldOut: counted('heldOut'), tests },
      ...{ epochs: counted('epochs'), refresh: counted('refresh'), reliance, trained, measured },
      isPublished: decays.includes('published'),
    });
  const choice = chosenBy(config);
  if (mimic === undefined) return costs(method, gammaDecay, choice + runs, runs);
  const [one, other] = [
    costs(mimic, [], choice + runs, runs),
    costs(method, gammaDecay, runs * gammaDecay.length, runs * gammaDecay.length),
  ];
  return { seconds: one.seconds + other.seconds, bytes: Math.max(one.bytes, other.bytes) };
}

const outcomes = { trained: 'done', diverged: 'failed', aborted: 'aborted' } as const;

async function mimicked(
  config: Config,
  mimic: NonNullable<Config['mimic']>,
  control: RunControl,
): Promise<Executed> {
  const options = { ...(await optionsOf(config)), mimic };
  const found = await mimicNetworksAsync(options, control);
  const { outcome, message, choice, reference } = found;
  const entries = {
    ...{ outcome, message, choice: printedChoice(choice) },
    reference: printedRuns(reference),
    mimicries: printedMimicries(found),
  };
  return {
    result: { kind: 'network', config, entries, table: mimicryTable(found) },
    outcome: outcomes[outcome],
  };
}

/** `network`: convolutional networks trained on images, with their curves. */
export const command: Command<typeof schema> = {
  schema,
  example: `order-parameters network --method batch-normalization --batch-size 32 --learning-rate 0.05 --image-size 14 --epochs 5

  The best of three learning rates, then five runs:
  order-parameters network --method weight-normalization --batch-size 32 --learning-rate 0.01,0.03,0.1 --image-size 14 --runs 5

  Does population normalization with decay learn as batch normalization does?
  order-parameters network --method population-normalization --mimic batch-normalization --gamma-decay 0,0.003,0.01,published \\
    --batch-size 16 --learning-rate 0.05 --image-size 14 --epochs 5 --runs 3`,
  cost: costOf,
  draws: () => true,
  async run(config, control) {
    const paced = withPace(control, networksOf(config) * config.epochs * config.images);
    if (config.mimic !== undefined) return mimicked(config, config.mimic, paced);
    const options = await optionsOf(config);
    const { outcome, message, choice, runs } = await trainNetworksAsync(options, paced);
    const reliance = printedReliance(runs);
    const entries = {
      ...{ outcome, message, choice: printedChoice(choice) },
      ...(reliance === undefined ? {} : { reliance }),
      runs: printedRuns(runs),
    };
    return {
      result: { kind: 'network', config, entries, table: curvesTable(runs) },
      outcome: outcomes[outcome],
    };
  },
};
