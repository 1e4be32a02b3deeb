import { drawDropout } from './dropout.js';
import { epochFigures, hasFiniteLosses, type EpochFigures } from './epoch-figures.js';
import type { Score } from './head.js';
import { channelReliance, lossesOn, prepareTests } from './measure.js';
import { methods, type MethodName } from './methods/index.js';
import {
  backward,
  drawWeights,
  emptyNetwork,
  forward,
  measurePopulation,
  placeImages,
  type Network,
  type NetworkShape,
} from './network.js';
import { addGammaDecay, momentumSgd } from './optimizer.js';
import { publishedDecays } from './published-decay.js';
import { progressAt } from './schedule.js';
import type { SplitImages } from './split-images.js';
import { shuffle, type Streams } from './streams.js';

/** How one network is trained. */
export interface Training {
  readonly method: MethodName;
  readonly shape: NetworkShape;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Factor of the learning rate, of the share of the training that is done. */
  readonly schedule: (progress: number) => number;
  /** ζ, or that of Theorem 1, measured at the beginning of each epoch. */
  readonly gammaDecay: number | 'published';
  readonly momentum: number;
  readonly dropout: number;
  readonly epochs: number;
  /** Images of an epoch after which the statistics of the training set are measured anew, where they are used. */
  readonly refresh: number;
}

/** A network in training. */
interface Trainee {
  readonly network: Network;
  readonly images: SplitImages;
  readonly training: Training;
}

/** A network as it begins. */
function newTrainee(training: Training, images: SplitImages, streams: Streams): Trainee {
  const network = emptyNetwork(training.shape, methods[training.method]);
  drawWeights(network, streams.weights, training.method === 'weight-normalization');
  return { network, images, training };
}

/**
 * Trains for all epochs; yields after each step, and calls `each` after each epoch, which says whether to go on. Gives back whether
 * all of them were trained, with finite losses.
 */
function* epochsOf(
  { network, images, training }: Trainee,
  streams: Streams,
  each: (epoch: number, learningRate: number, decays: readonly number[]) => boolean,
): Generator<void, boolean> {
  const { method, batchSize, learningRate, schedule, gammaDecay, momentum, dropout, epochs, refresh } =
    training;
  const optimizer = momentumSgd(network, momentum);
  const order = Uint32Array.from({ length: images.training.count }, (_, i) => i);
  const steps = Math.floor(order.length / batchSize);
  const score: Score = { loss: 0, hits: 0 };
  const usesPopulation = methods[method].population === 'always';
  for (let epoch = 1; epoch <= epochs; epoch++) {
    // At the beginning of each epoch, so that measuring a network between epochs changes nothing.
    if (usesPopulation || gammaDecay === 'published') prepareTests(network, images.training);
    let seen = 0; // Images since the statistics were measured.
    const decays =
      gammaDecay === 'published'
        ? publishedDecays(network, images.training, batchSize)
        : network.layers.map(() => gammaDecay);
    if (!decays.every(Number.isFinite)) return false;
    shuffle(order, streams.order);
    let rate = 0;
    for (let step = 0; step < steps; step++) {
      if (usesPopulation && seen >= refresh) {
        measurePopulation(network, images.training);
        seen = 0;
      }
      seen += batchSize;
      placeImages(network, images.training, order, step * batchSize, batchSize);
      if (dropout > 0) drawDropout(network, batchSize, dropout, streams.dropout);
      score.loss = 0;
      forward(network, batchSize, false, score);
      if (!Number.isFinite(score.loss)) return false;
      backward(network, batchSize);
      addGammaDecay(network, decays);
      rate = learningRate * schedule(progressAt(epoch, step, steps, epochs));
      optimizer.step(rate);
      yield;
    }
    if (!each(epoch, rate, decays)) return false;
  }
  return true;
}

/** How a run ended; `unfinished` where it was aborted. */
export type NetworkEnding = 'trained' | 'diverged' | 'unfinished';

/** A run: its figures epoch by epoch, as far as it came; all losses are finite. */
export interface NetworkRun {
  /** Whether it came to its end. */
  readonly ending: NetworkEnding;
  /** Epoch 0, before training, and every epoch that was completed. */
  readonly epochs: readonly EpochFigures[];
  /** By layer, the rise of the held-out loss when a channel is silenced, at the end; undefined where it was not asked for. */
  readonly reliance: readonly number[] | undefined;
}

/** Trains and measures a network; yields after each step. The run is given out at its beginning, so that none is lost. */
export function* trainOne(
  training: Training,
  images: SplitImages,
  streams: Streams,
  measuresReliance: boolean,
  begin: (run: NetworkRun) => void,
): Generator<void, void> {
  const trainee = newTrainee(training, images, streams);
  const noDecay = trainee.network.layers.map(() => 0);
  const first = training.learningRate * training.schedule(0);
  const epochs = [epochFigures(trainee.network, images, 0, first, noDecay)];
  const run: { -readonly [Name in keyof NetworkRun]: NetworkRun[Name] } = {
    ...{ ending: 'unfinished', epochs, reliance: undefined },
  };
  begin(run);
  const finished = yield* epochsOf(trainee, streams, (epoch, rate, decays) => {
    const figures = epochFigures(trainee.network, images, epoch, rate, decays);
    const isFinite = hasFiniteLosses(figures);
    if (isFinite) epochs.push(figures);
    return isFinite;
  });
  if (finished && measuresReliance) run.reliance = yield* channelReliance(trainee.network, images.heldOut);
  run.ending = finished ? 'trained' : 'diverged';
}

/** The held-out loss of a network at the end of its training; Infinity where it diverged. Yields after each step. */
export function* heldOutLoss(
  training: Training,
  images: SplitImages,
  streams: Streams,
): Generator<void, number> {
  const trainee = newTrainee(training, images, streams);
  const finished = yield* epochsOf(trainee, streams, () => true);
  if (!finished) return Infinity;
  prepareTests(trainee.network, images.training);
  const { loss } = lossesOn(trainee.network, images.heldOut);
  return Number.isFinite(loss) ? loss : Infinity;
}
