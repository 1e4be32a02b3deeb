import { runTurns, withoutRest, type RunControl } from '../foundation/turns.js';
import { choose, isVain, pairsOf, type Choice } from './choose.js';
import { completeOptions, FIRST_CHOICE_RUN, type CompleteOptions, type NetworksOptions } from './options.js';
import { splitImages, type SplitImages } from './split-images.js';
import { sharedStream, streamsOf } from './streams.js';
import { heldOutLoss, trainOne, type NetworkRun, type Training } from './train-one.js';

/** Networks of one kind, trained and measured. */
export interface TrainedNetworks {
  /**
   * `trained`; `diverged` where a loss of a run was not finite, or of every candidate; `aborted` keeps the runs that were complete,
   * and the last.
   */
  readonly outcome: 'trained' | 'diverged' | 'aborted';
  /** The outcome in words, with what may help. */
  readonly message: string;
  /** The learning rate and gamma decay of the runs; undefined where work ended before they were chosen. */
  readonly choice: Choice | undefined;
  /** Run by run. */
  readonly runs: readonly NetworkRun[];
}

interface Progress {
  choice: Choice | undefined;
  readonly runs: NetworkRun[];
}

/** Images that a network takes at once: a minibatch, and a portion of a set that it is tested on. */
export function capacityFor(batchSize: number): number {
  return Math.max(batchSize, 64);
}

/** How a network with some learning rate and decay is trained. */
export function trainingOf(
  options: CompleteOptions,
  { learningRate, gammaDecay }: Pick<Training, 'learningRate' | 'gammaDecay'>,
): Training {
  const { data, widths, imageSize, batchSize, dropout } = options;
  const { height, width, channels, classes } = data.training;
  const shape = {
    ...{ height: imageSize, width: (width * imageSize) / height, colors: channels, widths, classes },
    capacity: capacityFor(batchSize),
    hasDropout: dropout > 0,
  };
  return { ...options, shape, learningRate, gammaDecay };
}

/** The images of a seed. */
export function imagesOf(options: CompleteOptions): SplitImages {
  const { data, seed, sweepPoint } = options;
  return splitImages(data, options, sharedStream(seed, sweepPoint));
}

/** Chooses the learning rate and decay of networks on held-out images; yields after each step. */
export function choiceOf(options: CompleteOptions, images: SplitImages): Generator<void, Choice> {
  const { learningRates, gammaDecays, choiceRuns, seed, sweepPoint } = options;
  return choose(learningRates, gammaDecays, choiceRuns, (pair, run) =>
    heldOutLoss(trainingOf(options, pair), images, streamsOf(seed, FIRST_CHOICE_RUN + run, sweepPoint)),
  );
}

/** Steps of a run. */
export function stepsOf({ images, batchSize, epochs }: CompleteOptions): number {
  return epochs * Math.floor(images / batchSize);
}

/** Steps of the choice. */
export function choiceSteps(options: CompleteOptions): number {
  const pairs = pairsOf(options.learningRates, options.gammaDecays).length;
  return pairs === 1 ? 0 : pairs * options.choiceRuns * stepsOf(options);
}

/** Trains all runs with a learning rate and decay, and puts each at its beginning to those that there are; yields after each step. */
export function* trainRuns(
  options: CompleteOptions,
  images: SplitImages,
  pair: Pick<Training, 'learningRate' | 'gammaDecay'>,
  runs: NetworkRun[],
): Generator<void> {
  const training = trainingOf(options, pair);
  for (let run = 0; run < options.runs; run++) {
    const streams = streamsOf(options.seed, run, options.sweepPoint);
    yield* trainOne(training, images, streams, options.reliance, (begun) => runs.push(begun));
  }
}

function* train(options: CompleteOptions, progress: Progress): Generator<void> {
  const images = imagesOf(options);
  progress.choice = yield* choiceOf(options, images);
  yield* trainRuns(options, images, progress.choice, progress.runs);
}

/** Steps as fractions of all. */
export function* fractions(steps: Iterator<void>, all: number): Generator<number> {
  for (let done = 1; !steps.next().done; done++) yield Math.min(1, done / all);
}

function resultOf({ choice, runs }: Progress, aborted: boolean): TrainedNetworks {
  const diverged = runs.filter(({ ending }) => ending === 'diverged').length;
  if (aborted) {
    const where = choice === undefined ? 'before anything was chosen' : `in run ${runs.length}`;
    return { outcome: 'aborted', message: `aborted ${where}`, choice, runs };
  }
  if (diverged === 0 && !isVain(choice))
    return { outcome: 'trained', message: `trained in ${runs.length} of ${runs.length} runs`, choice, runs };
  const vain = isVain(choice) ? 'all candidates diverged; the first of them ' : '';
  const remedy = `take a smaller learningRate${choice?.gammaDecay === 0 ? '' : ' or gammaDecay'}`;
  const message = `${vain}diverged in ${diverged} of ${runs.length} runs: ${remedy}`;
  return { outcome: 'diverged', message, choice, runs };
}

/**
 * Trains small convolutional networks on images: blocks of convolution 3 × 3, normalization, ReLU, maximum over 2 × 2 pixels and
 * dropout, then a linear head with softmax and cross-entropy, by SGD with momentum. The same options give the same numbers.
 *
 * Several learning rates or decays are candidates, of which the pair of lowest loss on held-out training images is chosen, by
 * runs of its own; test images are never used for that.
 *
 * @throws RangeError or TypeError, one line, naming the argument
 * @example
 * const data = await loadImages('fashion-mnist');
 * const options = { data, method: 'batch-normalization', batchSize: 32, learningRate: 0.05, epochs: 1, images: 320, imageSize: 14 };
 * const { runs } = trainNetworks(options);
 * runs[0].epochs.length; // 2: before training, and after its epoch
 */
export function trainNetworks(options: NetworksOptions): TrainedNetworks {
  const progress: Progress = { choice: undefined, runs: [] };
  withoutRest(train(completeOptions(options), progress));
  return resultOf(progress, false);
}

/**
 * As `trainNetworks`, with the same numbers, yielding to the event loop between steps.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, naming the argument
 * @example
 * const data = await loadImages('fashion-mnist');
 * await trainNetworksAsync({ data, method: 'none', batchSize: 32, learningRate: 0.01, epochs: 1, images: 64, imageSize: 14 });
 */
export async function trainNetworksAsync(
  options: NetworksOptions,
  control: RunControl = {},
): Promise<TrainedNetworks> {
  const complete = completeOptions(options);
  const progress: Progress = { choice: undefined, runs: [] };
  const steps = choiceSteps(complete) + complete.runs * stepsOf(complete);
  const aborted = await runTurns(fractions(train(complete, progress), steps), control);
  return resultOf(progress, aborted);
}
