import { argumentError, rangeError, typeError } from '../../foundation/checks.js';
import { requireDomain } from '../../foundation/domain.js';
import type { ImageSet } from './image-set.js';

/** Mean and standard deviation of each channel over all pixels of some images, of x/255. */
export interface Standardization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** The sizes in which a set's images are to be had, by height: their own, and half of it where height and width are even. */
export function imageSizesOf({ height, width }: ImageSet): number[] {
  return height % 2 === 0 && width % 2 === 0 ? [height, height / 2] : [height];
}

/**
 * Checks a height of images.
 *
 * @throws TypeError, RangeError naming `imageSize` for a size in which the set is not to be had
 */
export function requireImageSize(set: ImageSet, imageSize: unknown): number {
  const sizes = imageSizesOf(set);
  const allowed = sizes.join(' or ');
  if (typeof imageSize !== 'number') throw typeError('imageSize', allowed, imageSize);
  if (!sizes.includes(imageSize)) throw rangeError('imageSize', allowed, imageSize);
  return imageSize;
}

/** Writes x/255 of an image's pixels, each the mean of step × step ones. */
function writeImage(set: ImageSet, image: number, step: number, into: Float32Array): void {
  const { pixels, height, width, channels } = set;
  const row = width * channels;
  const most = 255 * step * step;
  let at = 0;
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step)
      for (let channel = 0; channel < channels; channel++) {
        const first = (image * height + y) * row + x * channels + channel;
        let sum = 0;
        for (let i = 0; i < step; i++)
          for (let j = 0; j < step; j++) sum += pixels[first + i * row + j * channels]!;
        into[at++] = sum / most;
      }
}

/**
 * Pixels x/255 of some images of a set, in [0, 1]: images × height × width × channels, the channels of a pixel side by side.
 *
 * @param images their places in the set, from 0; in any order, and more than once if need be
 * @param imageSize height that is asked for: the set's own, or half of it, by means over 2 × 2 pixels
 * @throws TypeError, RangeError naming `imageSize` for any other size
 */
export function pixelsOf(set: ImageSet, images: ArrayLike<number>, imageSize: number): Float32Array {
  const step = set.height / requireImageSize(set, imageSize);
  const length = (set.height / step) * (set.width / step) * set.channels;
  const pixels = new Float32Array(images.length * length);
  for (let i = 0; i < images.length; i++) {
    const image = images[i]!;
    const isThere = Number.isInteger(image) && image >= 0 && image < set.count;
    requireDomain(`images[${i}]`, `an integer from 0 to ${set.count - 1}`, image, isThere);
    writeImage(set, image, step, pixels.subarray(i * length, (i + 1) * length));
  }
  return pixels;
}

/** Mean and deviation of the pixels of one channel, by two passes. */
function momentsOf(pixels: Float32Array, channels: number, channel: number): [number, number] {
  let [sum, least, most] = [0, Infinity, -Infinity];
  for (let i = channel; i < pixels.length; i += channels) {
    sum += pixels[i]!;
    least = Math.min(least, pixels[i]!);
    most = Math.max(most, pixels[i]!);
  }
  if (!(least < most))
    throw argumentError(`images to train on must differ in their pixels; channel ${channel + 1} is constant`);
  const count = pixels.length / channels;
  const mean = sum / count;
  let squares = 0;
  for (let i = channel; i < pixels.length; i += channels) squares += (pixels[i]! - mean) ** 2;
  return [mean, Math.sqrt(squares / count)];
}

/**
 * How to standardize pixels, measured on them: those of the images that are trained on, and of no others.
 *
 * @throws RangeError, one line, where all pixels of a channel are the same, or there are none
 */
export function standardizationOf(pixels: Float32Array, channels: number): Standardization {
  const moments = Array.from({ length: channels }, (_, channel) => momentsOf(pixels, channels, channel));
  return { mean: moments.map(([mean]) => mean), deviation: moments.map(([, deviation]) => deviation) };
}

/** Makes pixels (x/255 − mean)/deviation in place, and gives them back. */
export function standardize(pixels: Float32Array, { mean, deviation }: Standardization): Float32Array {
  const channels = mean.length;
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = (pixels[i]! - mean[i % channels]!) / deviation[i % channels]!;
  return pixels;
}
