import { requireInteger } from '../foundation/checks.js';
import type { RandomStream } from '../random/random-stream.js';
import type { ImageSet } from './images/image-set.js';
import { pixelsOf, standardizationOf, standardize } from './images/pixels.js';
import type { Pixels } from './pixels.js';
import { shuffle } from './streams.js';

/** Images as they are used: to train, to choose, to test. */
export interface SplitImages {
  readonly training: Pixels;
  /** Held out of the training images. */
  readonly heldOut: Pixels;
  readonly test: Pixels;
}

/** How many images are used for what, and their height. */
export interface Split {
  readonly images: number;
  readonly heldOut: number;
  readonly imageSize: number;
}

/**
 * Draws images to train on, and others to hold out, from a data set's training images; all its test images are for tests. Pixels are
 * standardized by those that are trained on.
 *
 * @throws RangeError naming `images` or `heldOut` where the set has fewer, or `imageSize` where it has none of that size
 */
export function splitImages(
  data: { readonly training: ImageSet; readonly test: ImageSet },
  { images, heldOut, imageSize }: Split,
  stream: RandomStream,
): SplitImages {
  const { training, test } = data;
  requireInteger('images', images, 1, training.count - 1);
  requireInteger('heldOut', heldOut, 1, training.count - images);
  const order = Uint32Array.from({ length: training.count }, (_, i) => i);
  shuffle(order, stream);
  const chosen = order.subarray(0, images);
  const pixels = pixelsOf(training, chosen, imageSize);
  const standardization = standardizationOf(pixels, training.channels);
  const setOf = (set: ImageSet, places: Uint32Array, values = pixelsOf(set, places, imageSize)): Pixels => ({
    values: standardize(values, standardization),
    labels: Uint8Array.from(places, (place) => set.labels[place]!),
    count: places.length,
  });
  return {
    training: setOf(training, chosen, pixels),
    heldOut: setOf(training, order.subarray(images, images + heldOut)),
    test: setOf(
      test,
      Uint32Array.from({ length: test.count }, (_, i) => i),
    ),
  };
}
