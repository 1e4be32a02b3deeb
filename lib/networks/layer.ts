import type { KernelMemory, Kernels } from './kernel-memory.js';
import type { FieldStatistics, Method, NormalizedLayer } from './methods/method.js';

/** Sizes of a block: convolution 3 × 3, normalization, ReLU, maximum over 2 × 2 pixels, dropout. */
export interface LayerShape {
  /** Images that it takes at once. */
  readonly capacity: number;
  /** Pixels of its input, and of the fields. */
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly channels: number;
  readonly hasDropout: boolean;
  /** The first layer sends no gradient to the images. */
  readonly isFirst: boolean;
}

/** A block, with all that its two passes read and write. Numbers of pixels are float32, laid out [image][row][column][channel]. */
export interface Layer extends NormalizedLayer {
  readonly shape: LayerShape;
  /** Its input, in a border of zeros. */
  readonly input: Float32Array;
  /** w, [row][column][input][channel], and its gradient. */
  readonly weights: Float32Array;
  readonly weightGradient: Float32Array;
  /** h. */
  readonly fields: Float32Array;
  /** ∂loss/∂h, in a border of zeros. */
  readonly fieldGradient: Float32Array;
  /** w turned by 180°, [row][column][channel][input], for the gradient of the input. */
  readonly turned: Float32Array;
  readonly inputGradient: Float32Array;
  /** 0 or 1/(1 − p) for each number of the output. */
  readonly mask: Float32Array;
}

/** Numbers of an image after a block. */
export function outputSize({ height, width, channels }: LayerShape): number {
  return Math.floor(height / 2) * Math.floor(width / 2) * channels;
}

function statistics(length: number): FieldStatistics {
  return { mean: new Float64Array(length), deviation: new Float64Array(length).fill(1) };
}

/** A block with γ = 1 and everything else 0. */
export function layLayer(memory: KernelMemory, shape: LayerShape): Layer {
  const { capacity, height, width, inputs, channels, hasDropout, isFirst } = shape;
  const positions = height * width;
  const framed = capacity * (height + 2) * (width + 2);
  const pairs = capacity * channels;
  const weights = 9 * inputs * channels;
  return {
    shape,
    channels,
    positions,
    gamma: new Float64Array(channels).fill(1),
    beta: new Float64Array(channels),
    lengths: new Float64Array(channels),
    population: statistics(channels),
    used: statistics(Math.max(channels, capacity)),
    gammaGradient: new Float64Array(channels),
    betaGradient: new Float64Array(channels),
    alongWeights: new Float64Array(channels),
    sum: memory.doubles(pairs),
    square: memory.doubles(pairs),
    gradientSum: memory.doubles(pairs),
    gradientProduct: memory.doubles(pairs),
    scale: memory.floats(pairs),
    offset: memory.floats(pairs),
    constant: memory.floats(pairs),
    coefficient: memory.floats(pairs),
    input: memory.floats(framed * inputs),
    weights: memory.floats(weights),
    weightGradient: memory.floats(weights),
    fields: memory.floats(pairs * positions),
    fieldGradient: memory.floats(framed * channels),
    turned: memory.floats(isFirst ? 0 : weights),
    inputGradient: memory.floats(isFirst ? 0 : capacity * positions * inputs),
    mask: memory.floats(hasDropout ? capacity * outputSize(shape) : 0),
  };
}

/** Measures ‖w‖ of each channel. */
export function measureLengths({ weights, channels, lengths }: Layer): void {
  lengths.fill(0);
  for (let k = 0; k < weights.length; k += channels)
    for (let c = 0; c < channels; c++) lengths[c]! += weights[k + c]! ** 2;
  for (let c = 0; c < channels; c++) lengths[c] = Math.sqrt(lengths[c]!);
}

/** Convolves the input of so many images, and sums fields and their squares. */
export function convolveLayer(kernels: Kernels, layer: Layer, images: number): void {
  const { shape, input, weights, fields, sum, square, positions, channels } = layer;
  const { height, width, inputs } = shape;
  kernels.convolve(
    ...[input.byteOffset, weights.byteOffset, fields.byteOffset],
    ...[images, height, width, inputs, channels],
  );
  kernels.moments(
    ...[fields.byteOffset, sum.byteOffset, square.byteOffset],
    ...[images, positions, channels],
  );
}

/** Where the output of a block goes: the input of the next, or features for the head. */
export interface Destination {
  readonly array: Float32Array;
  /** Pixels of its border. */
  readonly border: 0 | 1;
}

/** From fields to output: y = scale · h + offset, ReLU, maximum, and dropout where that is wanted. */
export function activateLayer(
  kernels: Kernels,
  layer: Layer,
  images: number,
  { array, border }: Destination,
  withDropout: boolean,
): void {
  const { shape, fields, scale, offset, mask, channels } = layer;
  const dropout = withDropout && mask.length > 0 ? mask.byteOffset : 0;
  kernels.activate(
    ...[fields.byteOffset, scale.byteOffset, offset.byteOffset, dropout, array.byteOffset],
    ...[images, shape.height, shape.width, channels, border],
  );
}

function turn({ shape, weights, turned, channels }: Layer): void {
  const { inputs } = shape;
  for (let place = 0; place < 9; place++)
    for (let i = 0; i < inputs; i++)
      for (let c = 0; c < channels; c++)
        turned[((8 - place) * channels + c) * inputs + i] = weights[(place * inputs + i) * channels + c]!;
}

/** All gradients of a block from that of its output: its parameters', and its input's where it is not the first. */
export function backLayer(
  kernels: Kernels,
  layer: Layer,
  method: Method,
  images: number,
  outputGradient: Float32Array,
): void {
  const { shape, fields, fieldGradient, scale, offset, mask, channels, constant, coefficient } = layer;
  const { height, width, inputs, isFirst } = shape;
  kernels.activateBack(
    ...[outputGradient.byteOffset, fields.byteOffset, scale.byteOffset, offset.byteOffset],
    ...[mask.length > 0 ? mask.byteOffset : 0, fieldGradient.byteOffset],
    ...[layer.gradientSum.byteOffset, layer.gradientProduct.byteOffset],
    ...[images, height, width, channels],
  );
  method.backward(layer, images);
  kernels.combine(
    ...[fieldGradient.byteOffset, fields.byteOffset, scale.byteOffset, constant.byteOffset],
    ...[coefficient.byteOffset, images, height, width, channels],
  );
  kernels.weightGradient(
    ...[layer.input.byteOffset, fieldGradient.byteOffset, layer.weightGradient.byteOffset],
    ...[images, height, width, inputs, channels],
  );
  addAlongWeights(layer);
  if (isFirst) return;
  turn(layer);
  kernels.convolve(
    ...[fieldGradient.byteOffset, layer.turned.byteOffset, layer.inputGradient.byteOffset],
    ...[images, height, width, channels, inputs],
  );
}

function addAlongWeights({ weights, weightGradient, alongWeights, channels }: Layer): void {
  for (let k = 0; k < weights.length; k += channels)
    for (let c = 0; c < channels; c++) weightGradient[k + c]! += alongWeights[c]! * weights[k + c]!;
}
