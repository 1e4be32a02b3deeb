import { estimate } from '../numerics/statistics.js';
import type { Score } from './head.js';
import type { Layer } from './layer.js';
import { eachPortion, forward, measurePopulation, type Network } from './network.js';
import type { Pixels } from './pixels.js';

/** Mean cross-entropy, and share of images whose class is right. */
export interface Losses {
  readonly loss: number;
  readonly accuracy: number;
}

/** Tests a network on a set: by the statistics of the training set as they were last measured, without dropout. */
export function lossesOn(network: Network, set: Pixels, silence?: (layer: Layer) => void): Losses {
  const score: Score = { loss: 0, hits: 0 };
  eachPortion(network, set, (images) => {
    forward(network, images, true, score, silence);
  });
  return { loss: score.loss / set.count, accuracy: score.hits / set.count };
}

/** γ by channel: the length of the weights where it is no parameter. */
export function gammaOf({ method }: Network, { gamma, lengths }: Layer): Float64Array {
  return method.hasGamma ? gamma : lengths;
}

function mean(values: ArrayLike<number>): number {
  return estimate(Array.from(values)).mean;
}

/** The fields of a channel over the images that a layer holds. */
export function fieldsOfChannel(
  { fields, channels, positions }: Layer,
  channel: number,
  images: number,
): Float64Array {
  const own = new Float64Array(images * positions);
  for (let i = 0; i < own.length; i++) own[i] = fields[i * channels + channel]!;
  return own;
}

/** NaN where all values are equal. */
function excessKurtosis(values: Float64Array): number {
  let [sum, second, fourth] = [0, 0, 0];
  for (const value of values) sum += value;
  const center = sum / values.length;
  for (const value of values) {
    const square = (value - center) ** 2;
    second += square;
    fourth += square * square;
  }
  return second > 0 ? (values.length * fourth) / second ** 2 - 3 : NaN;
}

/** Numbers of each layer, means over its channels. */
export interface LayerFigures {
  /** γ. */
  readonly gamma: readonly number[];
  /** η|γ|/‖w‖², η the learning rate of the last step. */
  readonly effectiveLearningRate: readonly number[];
  /** Excess kurtosis of the fields over pixels and images, of channels that are not constant. */
  readonly kurtosis: readonly number[];
}

/** Measures the layers of a network; the kurtosis on the first images of a set. */
export function layerFigures(network: Network, set: Pixels, learningRate: number): LayerFigures {
  const { layers } = network;
  const images = Math.min(network.capacity, set.count);
  lossesOn(network, { ...set, count: images });
  return {
    gamma: layers.map((layer) => mean(gammaOf(network, layer))),
    effectiveLearningRate: layers.map((layer) =>
      mean(
        gammaOf(network, layer).map((gamma, c) => (learningRate * Math.abs(gamma)) / layer.lengths[c]! ** 2),
      ),
    ),
    kurtosis: layers.map((layer) => {
      const each = Array.from({ length: layer.channels }, (_, c) =>
        excessKurtosis(fieldsOfChannel(layer, c, images)),
      );
      return mean(each.filter((value) => !Number.isNaN(value)));
    }),
  };
}

/** √Σγ² over all channels. */
export function gammaNorm(network: Network): number {
  return Math.hypot(...network.layers.map((layer) => Math.hypot(...gammaOf(network, layer))));
}

/**
 * How much a network relies on single channels: by layer, the rise of the loss on a set when one channel is silenced, its output put to
 * 0, mean over channels (after Morcos, Barrett, Rabinowitz & Botvinick, ICLR 2018, who silence many).
 */
export function channelReliance(network: Network, set: Pixels): number[] {
  const { loss } = lossesOn(network, set);
  return network.layers.map((layer) => {
    const rises = Array.from({ length: layer.channels }, (_, c) => {
      const silenced = lossesOn(network, set, (acting) => {
        if (acting !== layer) return;
        for (let k = c; k < layer.scale.length; k += layer.channels) layer.scale[k] = layer.offset[k] = 0;
      });
      return silenced.loss - loss;
    });
    return mean(rises);
  });
}

/** Measures the statistics of the training set, where a method uses them in tests. */
export function prepareTests(network: Network, training: Pixels): void {
  if (network.method.population !== 'unused') measurePopulation(network, training);
}
