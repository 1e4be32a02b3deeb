import { estimate } from '../numerics/statistics.js';
import { isConstant, standardizedSamples } from '../regularization/standardized.js';
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

/** NaN where there are no values. */
function mean(values: ArrayLike<number>): number {
  return values.length === 0 ? NaN : estimate(Array.from(values)).mean;
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
      const channels = Array.from({ length: layer.channels }, (_, c) => fieldsOfChannel(layer, c, images));
      return mean(
        channels
          .filter((fields) => !isConstant(fields))
          .map((fields) => standardizedSamples(fields).kurtosis),
      );
    }),
  };
}

/** √Σγ² over all channels. */
export function gammaNorm(network: Network): number {
  return Math.hypot(...network.layers.map((layer) => Math.hypot(...gammaOf(network, layer))));
}

/**
 * How much a network relies on single channels: by layer, the rise of the loss on a set when one channel is silenced, its output put to
 * 0, mean over channels (after Morcos, Barrett, Rabinowitz & Botvinick, ICLR 2018, who silence many). Yields after each channel.
 */
export function* channelReliance(network: Network, set: Pixels): Generator<void, number[]> {
  const { loss } = lossesOn(network, set);
  const reliances: number[] = [];
  for (const layer of network.layers) {
    const rises: number[] = [];
    for (let c = 0; c < layer.channels; c++) {
      const silenced = lossesOn(network, set, (acting) => {
        if (acting !== layer) return;
        for (let k = c; k < layer.scale.length; k += layer.channels) layer.scale[k] = layer.offset[k] = 0;
      });
      rises.push(silenced.loss - loss);
      yield;
    }
    reliances.push(mean(rises));
  }
  return reliances;
}

/** Measures the statistics of the training set, where a method uses them in tests. */
export function prepareTests(network: Network, training: Pixels): void {
  if (network.method.population !== 'unused') measurePopulation(network, training);
}
