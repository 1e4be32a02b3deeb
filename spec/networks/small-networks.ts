import type { ImageSet } from '../../lib/networks/images/image-set.js';
import type { ImageData } from '../../lib/networks/images/load-images.js';
import { methods, type MethodName } from '../../lib/networks/methods/index.js';
import { drawWeights, emptyNetwork, placeImages, type Network } from '../../lib/networks/network.js';
import type { Pixels } from '../../lib/networks/pixels.js';
import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';

/** Standard normal numbers of a seed. */
export function normals(seed: number, count: number): Float64Array {
  const out = new Float64Array(count);
  fillNormal(randomStream(seed), out);
  return out;
}

/** Images of independent normal numbers, of the classes in turn. */
export function normalPixels(seed: number, count: number, pixels: number, classes: number): Pixels {
  return {
    values: Float32Array.from(normals(seed, count * pixels)),
    labels: Uint8Array.from({ length: count }, (_, i) => i % classes),
    count,
  };
}

/** The places 0, 1, … of a set. */
export function inOrder(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

/** A network of blocks of 8 and 16 channels with drawn weights, for square images. */
export function smallNetwork(
  name: MethodName,
  shape: { size: number; colors: number; classes: number; capacity: number },
): Network {
  const { size, ...rest } = shape;
  const all = { ...rest, height: size, width: size, widths: [8, 16], hasDropout: false };
  const network = emptyNetwork(all, methods[name]);
  drawWeights(network, randomStream(3), false);
  return network;
}

/** Puts a whole set into a network. */
export function placeAll(network: Network, set: Pixels): void {
  placeImages(network, set, inOrder(set.count), 0, set.count);
}

/** Grey images of noise in which the class shows as a bright quarter, in bytes. */
function quarterImages(seed: number, count: number, size: number): ImageSet {
  const noise = normals(seed, count * size * size);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 4);
  const pixels = Uint8Array.from(noise, (value, k) => {
    const [image, place] = [Math.floor(k / (size * size)), k % (size * size)];
    const quarter = (Math.floor(place / size) >= size / 2 ? 2 : 0) + (place % size >= size / 2 ? 1 : 0);
    return Math.min(255, Math.max(0, 100 + 40 * value + (quarter === labels[image] ? 60 : 0)));
  });
  return { pixels, labels, count, height: size, width: size, channels: 1, classes: 4 };
}

/** A data set that a small network learns in a few steps: 120 images to train on, 40 to test with. */
export function quarters(): ImageData {
  return { name: 'quarters', training: quarterImages(1, 120, 8), test: quarterImages(2, 40, 8) };
}
