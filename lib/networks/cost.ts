import { layerShapes, type NetworkShape } from './network.js';

// Seconds for each product of an input and a weight, in one direction, on one core of a server of 2020.
const PRODUCT = 2.5e-10;
// Forward, and backward to weights and to inputs.
const PASSES_OF_A_STEP = 3;

/** What training networks is asked for. */
interface Work {
  readonly shape: NetworkShape;
  readonly images: number;
  readonly epochs: number;
  /** Networks that are trained. */
  readonly networks: number;
}

/** Seconds and bytes that training networks is expected to take, in order of magnitude. */
export function networksCost({ shape, images, epochs, networks }: Work): { seconds: number; bytes: number } {
  let [products, numbers] = [0, 0];
  for (const { height, width, inputs, channels } of layerShapes(shape)) {
    products += 9 * height * width * inputs * channels;
    numbers += (height + 2) * (width + 2) * (2 * inputs + 2 * channels);
  }
  return {
    seconds: PRODUCT * PASSES_OF_A_STEP * products * images * epochs * networks,
    bytes: 4 * numbers * shape.capacity,
  };
}
