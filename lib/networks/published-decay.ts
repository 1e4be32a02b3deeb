import { relu } from '../gaussian/activations/relu.js';
import { estimate } from '../numerics/statistics.js';
import { gammaDecayOfField } from '../regularization/decay-from-data.js';
import { isConstant, standardizedSamples } from '../regularization/standardized.js';
import { fieldsOfChannel, lossesOn } from './measure.js';
import type { Layer } from './layer.js';
import type { Network } from './network.js';
import type { Pixels } from './pixels.js';

// Enough for a kurtosis to 0.1.
const FIELDS = 2000;

/**
 * ζ of Theorem 1 for each layer, from the fields of its channels on the first images of a set: the mean over channels of what
 * `gammaDecayFromData` gives for ReLU, every pixel counting as a sample. Channels that are constant have none; NaN where fields are not
 * finite.
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

/**
 * The distance at which so many of all fields are taken, or more. It shares no factor with the pixels of an image, so that no row or
 * column of them is taken more often than others: at the border of an image fields are smaller.
 */
function strideFor(wanted: number, fields: number, pixels: number): number {
  let stride = Math.max(1, Math.floor(fields / wanted));
  while (commonDivisor(stride, pixels) > 1) stride--;
  return stride;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Of what acts on the standardized field: y = (scale · deviation) h̄ + (offset + scale · mean), scale and offset as means over images. */
function decayOf(layer: Layer, channel: number, images: number, batchSize: number): number | undefined {
  const { channels, scale, offset } = layer;
  const fields = fieldsOfChannel(layer, channel, images);
  // The law of a batch takes a sample of M at least.
  const stride = strideFor(Math.max(FIELDS, batchSize), fields.length, layer.positions);
  const preactivations = fields.filter((_, i) => i % stride === 0);
  if (!preactivations.every(Number.isFinite)) return NaN;
  if (isConstant(preactivations)) return undefined;
  const field = standardizedSamples(preactivations);
  const [factor, shift] = [scale, offset].map(
    (pairs) => estimate(Array.from({ length: images }, (_, i) => pairs[i * channels + channel]!)).mean,
  ) as [number, number];
  const [gamma, beta] = [factor * field.deviation, shift + factor * field.mean];
  return gammaDecayOfField({ activation: relu, batchSize, gamma, shift: beta }, field).gammaDecay;
}
