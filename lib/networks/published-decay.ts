import { relu } from '../gaussian/activations/relu.js';
import { estimate } from '../numerics/statistics.js';
import { gammaDecayFromData } from '../regularization/decay-from-data.js';
import { fieldsOfChannel, lossesOn } from './measure.js';
import type { Layer } from './layer.js';
import type { Network } from './network.js';
import type { Pixels } from './pixels.js';

const MOST_FIELDS = 2000;

/**
 * ζ of Theorem 1 for each layer, from the fields of its channels on the first images of a set: the mean over channels of what
 * `gammaDecayFromData` gives for ReLU at the channel's γ and β, every pixel counting as a sample. Channels that are constant have none.
 */
export function publishedDecays(network: Network, set: Pixels, batchSize: number): number[] {
  const images = Math.min(network.capacity, set.count);
  lossesOn(network, { ...set, count: images });
  return network.layers.map((layer) => {
    const decays = Array.from({ length: layer.channels }, (_, c) => decayOf(layer, c, images, batchSize));
    const found = decays.filter((decay) => decay !== undefined);
    return found.length === 0 ? 0 : estimate(found).mean;
  });
}

function decayOf(layer: Layer, channel: number, images: number, batchSize: number): number | undefined {
  const fields = fieldsOfChannel(layer, channel, images);
  const every = Math.ceil(fields.length / MOST_FIELDS);
  const preactivations = fields.filter((_, i) => i % every === 0);
  if (preactivations.every((value) => value === preactivations[0])) return undefined;
  const [gamma, shift] = [layer.gamma[channel]!, layer.beta[channel]!];
  // The fewest resamples: their standard errors are not used.
  const options = { activation: relu, batchSize, preactivations, gamma, shift, resamples: 2 };
  return gammaDecayFromData(options).gammaDecay;
}
