/** Images as a network takes them. */
export interface Pixels {
  /** [image][row][column][color], each color of mean 0 and variance 1 over the training images. */
  readonly values: Float32Array;
  /** The class of each, from 0. */
  readonly labels: Uint8Array;
  readonly count: number;
}
