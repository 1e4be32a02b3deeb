import { fillNormal } from '../random/normal-deviates.js';
import type { RandomStream } from '../random/random-stream.js';
import { backHead, layHead, scoreHead, type Head, type Score } from './head.js';
import { withKernels, type Kernels } from './kernel-memory.js';
import {
  activateLayer,
  backLayer,
  convolveLayer,
  layLayer,
  measureLengths,
  outputSize,
  type Destination,
  type Layer,
  type LayerShape,
} from './layer.js';
import { writeStatistics, type Method } from './methods/method.js';
import type { Pixels } from './pixels.js';

/** Sizes of a network: blocks, each of which halves the image, and a linear head. */
export interface NetworkShape {
  readonly height: number;
  readonly width: number;
  /** Colours of a pixel. */
  readonly colors: number;
  /** Channels of each block. */
  readonly widths: readonly number[];
  readonly classes: number;
  /** Images that it takes at once. */
  readonly capacity: number;
  readonly hasDropout: boolean;
}

/** A network of blocks of one method. */
export interface Network {
  readonly method: Method;
  readonly capacity: number;
  readonly layers: readonly Layer[];
  readonly head: Head;
  readonly kernels: Kernels;
  /** Labels of the images that it holds. */
  readonly labels: Uint8Array;
}

/** The shape of each block. */
export function layerShapes({ widths, colors, capacity, hasDropout, ...image }: NetworkShape): LayerShape[] {
  let { height, width } = image;
  return widths.map((channels, i) => {
    const inputs = i === 0 ? colors : widths[i - 1]!;
    const shape = { capacity, height, width, inputs, channels, hasDropout, isFirst: i === 0 };
    [height, width] = [Math.floor(height / 2), Math.floor(width / 2)];
    return shape;
  });
}

/** A network with γ = 1 and all other parameters 0. */
export function emptyNetwork(shape: NetworkShape, method: Method): Network {
  const shapes = layerShapes(shape);
  const { capacity, classes } = shape;
  const { kernels, arrays } = withKernels((memory) => ({
    layers: shapes.map((layer) => layLayer(memory, layer)),
    head: layHead(memory, capacity, outputSize(shapes.at(-1)!), classes),
  }));
  return { method, capacity, ...arrays, kernels, labels: new Uint8Array(capacity) };
}

/**
 * Draws weights: of variance 2/(9 · inputs) in a block (He, Zhang, Ren & Sun, ICCV 2015), 1/features in the head. γ is 1, ‖w‖ in weight
 * normalization, so that it begins as the network without normalization.
 */
export function drawWeights(network: Network, stream: RandomStream, startsAtLength: boolean): void {
  const { layers, head } = network;
  const draw = (weights: Float32Array, variance: number): void => {
    const deviates = new Float64Array(weights.length);
    fillNormal(stream, deviates);
    weights.forEach((_, k) => (weights[k] = deviates[k]! * Math.sqrt(variance)));
  };
  for (const layer of layers) {
    draw(layer.weights, 2 / (9 * layer.shape.inputs));
    measureLengths(layer);
    if (startsAtLength) layer.gamma.set(layer.lengths);
  }
  draw(head.weights, head.classes / head.weights.length);
}

/** Puts images into a network: those at `order[begin]` … of a set. */
export function placeImages(
  network: Network,
  set: Pixels,
  order: Uint32Array,
  begin: number,
  images: number,
): void {
  const { shape, input } = network.layers[0]!;
  const { height, width, inputs } = shape;
  const row = width * inputs;
  for (let i = 0; i < images; i++) {
    const image = order[begin + i]!;
    network.labels[i] = set.labels[image]!;
    for (let y = 0; y < height; y++) {
      const from = (image * height + y) * row;
      const to = ((i * (height + 2) + y + 1) * (width + 2) + 1) * inputs;
      for (let x = 0; x < row; x++) input[to + x] = set.values[from + x]!;
    }
  }
}

function destinationOf({ layers, head }: Network, index: number): Destination {
  const next = layers[index + 1];
  return next === undefined ? { array: head.features, border: 0 } : { array: next.input, border: 1 };
}

/**
 * From images to the output of so many blocks.
 *
 * @param silence called with a layer before it acts, to change scale and offset
 */
function passBlocks(
  network: Network,
  blocks: number,
  images: number,
  testing: boolean,
  silence?: (layer: Layer) => void,
): void {
  const { layers, method, kernels } = network;
  for (let l = 0; l < blocks; l++) {
    const layer = layers[l]!;
    convolveLayer(kernels, layer, images);
    method.forward(layer, images, testing);
    silence?.(layer);
    activateLayer(kernels, layer, images, destinationOf(network, l), !testing);
  }
}

/**
 * From images to a score, to which it is added.
 *
 * @param silence called with a layer before it acts, to change scale and offset
 */
export function forward(
  network: Network,
  images: number,
  testing: boolean,
  score: Score,
  silence?: (layer: Layer) => void,
): void {
  const { layers, head, kernels, labels } = network;
  passBlocks(network, layers.length, images, testing, silence);
  scoreHead(kernels, head, labels, images, score);
}

/** All gradients, after a forward pass of training. */
export function backward(network: Network, images: number): void {
  const { layers, method, head, kernels } = network;
  backHead(kernels, head, images);
  let above = head.featureGradient;
  for (let l = layers.length - 1; l >= 0; l--) {
    backLayer(kernels, layers[l]!, method, images, above);
    above = layers[l]!.inputGradient;
  }
}

/** Calls with portions of a set that a network can hold; its images are in the network then. */
export function eachPortion(network: Network, set: Pixels, visit: (images: number) => void): void {
  const order = Uint32Array.from({ length: set.count }, (_, i) => i);
  for (let begin = 0; begin < set.count; begin += network.capacity) {
    const images = Math.min(network.capacity, set.count - begin);
    placeImages(network, set, order, begin, images);
    visit(images);
  }
}

/**
 * Measures mean and deviation of the fields of every block over a set, block by block, since those of one depend on those before
 * it.
 */
export function measurePopulation(network: Network, set: Pixels): void {
  network.layers.forEach((layer, l) => {
    const { channels, population, positions } = layer;
    const [sum, square] = [new Float64Array(channels), new Float64Array(channels)];
    eachPortion(network, set, (images) => {
      passBlocks(network, l, images, true);
      convolveLayer(network.kernels, layer, images);
      for (let k = 0; k < images * channels; k++) {
        sum[k % channels]! += layer.sum[k]!;
        square[k % channels]! += layer.square[k]!;
      }
    });
    for (let c = 0; c < channels; c++)
      writeStatistics(population, c, set.count * positions, sum[c]!, square[c]!);
  });
}
