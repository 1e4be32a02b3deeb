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
  /** Classes that labels tell apart, whether or not there is an image of each; 10 for those of files. */
  readonly classes: number;
}
