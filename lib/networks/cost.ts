import { outputSize } from './layer.js';
import { methods, type MethodName } from './methods/index.js';
import { layerShapes, type NetworkShape } from './network.js';

// Seconds on one core of a server of 2020: for each product of an input and a weight in one direction, for each number of the
// fields in one direction, for each step and each parameter that it changes, and for the published decay of a channel.
const PRODUCT = 1.5e-10;
const FIELD = 3e-9;
const STEP = 5e-5;
const PARAMETER = 5e-9;
const PUBLISHED = 1.2e-3;
// Bytes of networks that are done with and not yet collected, and of code.
const OTHER_BYTES = 2e7;
// Forward, and backward to weights and to inputs.
const PASSES_OF_A_STEP = 3;

/** What networks of one method are asked for; numbers ≥ 1. */
export interface NetworksWork {
  readonly method: MethodName;
  readonly shape: NetworkShape;
  readonly batchSize: number;
  readonly images: number;
  readonly heldOut: number;
  readonly tests: number;
  readonly epochs: number;
  readonly refresh: number;
  /** Whether ζ is measured at each epoch. */
  readonly isPublished: boolean;
  readonly reliance: boolean;
  /** Networks that are trained, and those of them that are measured after each epoch. */
  readonly trained: number;
  readonly measured: number;
}

/** What an image, or a network, comes to. */
interface Sizes {
  /** Seconds of a forward pass of an image, and of the passes that measure the population on it. */
  readonly forward: number;
  readonly population: number;
  /** Numbers of 4 bytes for each image that the network holds, and for the network itself. */
  readonly held: number;
  readonly own: number;
  readonly channels: number;
  readonly parameters: number;
}

function sizesOf(shape: NetworkShape): Sizes {
  let [forward, population, held, parameters, channels] = [0, 0, 0, 0, 0];
  const layers = layerShapes(shape);
  layers.forEach((layer, l) => {
    const [positions, framed] = [layer.height * layer.width, (layer.height + 2) * (layer.width + 2)];
    const pass = PRODUCT * 9 * positions * layer.inputs * layer.channels + FIELD * positions * layer.channels;
    forward += pass;
    // It is passed for its own statistics and for those of every block behind it.
    population += pass * (layers.length - l);
    held += framed * (layer.inputs + layer.channels) + positions * layer.channels + 12 * layer.channels;
    if (l > 0) held += positions * layer.inputs;
    if (layer.hasDropout) held += outputSize(layer);
    parameters += 9 * layer.inputs * layer.channels;
    channels += layer.channels;
  });
  const features = outputSize(layers.at(-1)!);
  held += 2 * features + shape.classes;
  parameters += features * shape.classes;
  // Weights, their gradient and velocity, and those turned around.
  return { forward, population, held, own: 4 * parameters, channels, parameters };
}

/** Seconds and bytes that training networks is expected to take, in order of magnitude. */
export function networksCost(work: NetworksWork): { seconds: number; bytes: number } {
  const { shape, batchSize, images, heldOut, tests, epochs, refresh } = work;
  const { forward, population, held, own, channels, parameters } = sizesOf(shape);
  const uses = methods[work.method].population;
  const steps = Math.max(1, Math.floor(images / batchSize));
  const measuring = images * population;
  const refreshed = uses === 'always' ? Math.ceil(steps / Math.ceil(refresh / batchSize)) * measuring : 0;
  const published = work.isPublished ? channels * PUBLISHED * Math.max(1, batchSize / 2000) + measuring : 0;
  const training =
    PASSES_OF_A_STEP * images * forward + steps * (STEP + PARAMETER * parameters) + refreshed + published;
  const testing = (images + heldOut + tests) * forward + (uses === 'unused' ? 0 : measuring);
  const relying = work.reliance ? channels * heldOut * forward : 0;
  const pixels = shape.height * shape.width * shape.colors;
  return {
    seconds: work.trained * epochs * training + work.measured * ((epochs + 1) * testing + relying),
    bytes: OTHER_BYTES + 4 * (held * shape.capacity + own + (images + heldOut + tests) * pixels),
  };
}
