import { rangeError, requireInteger, typeError } from '../../foundation/checks.js';
import { requireObject } from '../../foundation/options.js';

/** Classes of the data sets whose files are read. */
export const CLASSES = 10;

/** Labelled images of one size, as bytes: those of a file, or your own. */
export interface ImageSet {
  /** Brightness 0 … 255; count × height × width × channels, the channels of a pixel side by side. */
  readonly pixels: Uint8Array;
  /** The class of each image, an integer from 0 to classes − 1. */
  readonly labels: Uint8Array;
  /** How many images, ≥ 1. */
  readonly count: number;
  /** Rows of an image. */
  readonly height: number;
  /** Pixels of a row. */
  readonly width: number;
  /** Numbers of a pixel: 1 for grey, 3 for red, green and blue; any number ≥ 1. */
  readonly channels: number;
  /** Classes that labels tell apart, at most 256, whether or not there is an image of each; 10 for those of files. */
  readonly classes: number;
}

/**
 * A set of images whose pixels and labels are as many as its sizes say.
 *
 * @throws RangeError or TypeError, one line, naming what is wrong
 */
export function requireImageSet(name: string, value: unknown): ImageSet {
  const set = requireObject(name, value, 'a set of images') as Partial<ImageSet>;
  const sizes = (['count', 'height', 'width', 'channels'] as const).map((size) =>
    requireInteger(`${name}.${size}`, set[size], 1),
  );
  const [count, height, width, channels] = sizes as [number, number, number, number];
  // Labels are bytes.
  const classes = requireInteger(`${name}.classes`, set.classes, 1, 256);
  const { pixels, labels } = set;
  if (!(pixels instanceof Uint8Array)) throw typeError(`${name}.pixels`, 'a Uint8Array', pixels);
  if (!(labels instanceof Uint8Array)) throw typeError(`${name}.labels`, 'a Uint8Array', labels);
  const numbers = count * height * width * channels;
  if (pixels.length !== numbers)
    throw rangeError(`${name}.pixels`, `${numbers} bytes`, `${pixels.length} of them`);
  if (labels.length !== count)
    throw rangeError(`${name}.labels`, `${count} bytes`, `${labels.length} of them`);
  const stranger = labels.find((label) => label >= classes);
  if (stranger !== undefined)
    throw rangeError(`${name}.labels`, `integers from 0 to ${classes - 1}`, stranger);
  return value as ImageSet;
}

/**
 * Checks that images to test with are as those to train on.
 *
 * @throws RangeError naming the size that differs
 */
export function requireAlike(training: ImageSet, test: ImageSet): void {
  for (const size of ['height', 'width', 'channels', 'classes'] as const)
    if (test[size] !== training[size])
      throw rangeError(`data.test.${size}`, `data.training.${size} = ${training[size]}`, test[size]);
}
