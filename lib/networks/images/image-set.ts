/** Labels are the integers from 0 to one less. */
export const CLASSES = 10;

/** Labelled images of one size, as bytes. */
export interface ImageSet {
  /** Brightness 0 … 255; count × height × width × channels, the channels of a pixel side by side. */
  readonly pixels: Uint8Array;
  /** The class of each image, 0 … 9. */
  readonly labels: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number;
  /** Labels are below it. */
  readonly classes: number;
}
