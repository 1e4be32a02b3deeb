/** Mean and deviation of fields h, by channel; by image where images are normalized. */
export interface FieldStatistics {
  readonly mean: Float64Array;
  /** √(variance + 1e-5): a channel that is constant has a finite normalization. */
  readonly deviation: Float64Array;
}

/**
 * What a method reads and writes of a layer. The layer gives y = scale · h + offset for every image and channel, h being the
 * convolution of its input with the weights w. Arrays of pairs are laid out [image][channel].
 */
export interface NormalizedLayer {
  readonly channels: number;
  /** Pixels of h in an image. */
  readonly positions: number;
  /** γ and β, by channel. */
  readonly gamma: Float64Array;
  readonly beta: Float64Array;
  /** ‖w‖, by channel. */
  readonly lengths: Float64Array;
  /** Those of the training set, as they were last measured. */
  readonly population: FieldStatistics;
  /** Those that the last forward pass normalized by. */
  readonly used: FieldStatistics;
  /** Σh and Σh² over the pixels of an image. */
  readonly sum: Float64Array;
  readonly square: Float64Array;
  readonly scale: Float32Array;
  readonly offset: Float32Array;
  /** Σ ∂loss/∂y and Σ h ∂loss/∂y over the pixels of an image. */
  readonly gradientSum: Float64Array;
  readonly gradientProduct: Float64Array;
  /** ∂loss/∂h = scale · ∂loss/∂y + constant + coefficient · h. */
  readonly constant: Float32Array;
  readonly coefficient: Float32Array;
  /** ∂loss/∂γ and ∂loss/∂β. */
  readonly gammaGradient: Float64Array;
  readonly betaGradient: Float64Array;
  /** Gradient along w, by channel, in units of w: what it adds to ∂loss/∂w besides that through h. */
  readonly alongWeights: Float64Array;
}

/** How the fields of a layer are normalized: both passes, on sums over pixels. The kernels do what takes every pixel. */
export interface Method {
  /** Whether γ is a parameter; without one it is the length of the weights. */
  readonly hasGamma: boolean;
  /** Whether it normalizes by statistics of the training set: never, when it is tested, or in training too. */
  readonly population: 'unused' | 'tested' | 'always';
  /** Writes scale and offset of so many images. */
  forward(layer: NormalizedLayer, images: number, testing: boolean): void;
  /** Writes gammaGradient, betaGradient and alongWeights, constant and coefficient, after a forward pass of training. */
  backward(layer: NormalizedLayer, images: number): void;
}

const FLOOR = 1e-5;

/** √(variance + 1e-5) of so many numbers with these sums. */
export function deviationFrom(count: number, sum: number, square: number): number {
  const mean = sum / count;
  return Math.sqrt(Math.max(0, square / count - mean * mean) + FLOOR);
}

/** Writes mean and deviation of so many numbers with these sums. */
export function writeStatistics(
  to: FieldStatistics,
  index: number,
  count: number,
  sum: number,
  square: number,
): void {
  to.mean[index] = sum / count;
  to.deviation[index] = deviationFrom(count, sum, square);
}

/** The sum over images of what each has for a channel. */
export function overImages(
  layer: NormalizedLayer,
  values: Float64Array,
  images: number,
  channel: number,
): number {
  let sum = 0;
  for (let i = 0; i < images; i++) sum += values[i * layer.channels + channel]!;
  return sum;
}

/** Gives all images what a channel has. */
export function toImages(
  layer: NormalizedLayer,
  to: Float32Array,
  images: number,
  channel: number,
  value: number,
): void {
  for (let i = 0; i < images; i++) to[i * layer.channels + channel] = value;
}
