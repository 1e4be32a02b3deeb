import { rangeError, requirePositive } from '../foundation/checks.js';
import { fillNormal } from '../random/normal-deviates.js';
import type { RandomStream } from '../random/random-stream.js';

/** P samples of a teacher problem; the teacher is w* = (1, …, 1), any other of norm √N gives the same law. */
export interface TrainingSet {
  /** P. */
  readonly sampleCount: number;
  /** N. */
  readonly dimension: number;
  /** The inputs x_i one after another, P × N independent standard normal numbers. */
  readonly inputs: Float64Array;
  /** Teacher fields u_i = w*·x_i/√N. */
  readonly teacher: Float64Array;
  /** Label noise ξ_i, of variance S; it stays with its sample. */
  readonly noise: Float64Array;
}

const LARGEST_BYTES = 16e9;

/**
 * P = round(αN), the number of samples at load α, whether or not their inputs fit into memory.
 *
 * @param smallest the least P allowed, such as the batch size; default 1
 * @throws RangeError or TypeError when α is not > 0, or when P is too small or not a safe integer
 */
export function roundedSampleCount(load: number, dimension: number, smallest = 1): number {
  requirePositive('load', load);
  const sampleCount = Math.round(load * dimension);
  if (sampleCount < smallest) {
    throw rangeError('load', `such that round(load × ${dimension}) >= ${smallest}`, load);
  }
  if (!Number.isSafeInteger(sampleCount)) {
    throw rangeError('load', `such that load × ${dimension} < 2^53`, load);
  }
  return sampleCount;
}

/**
 * P = round(αN), the number of samples of a training set at load α.
 *
 * @param smallest the least P allowed, such as the batch size; default 1
 * @throws RangeError or TypeError when α is not > 0, when P is too small, or when the inputs would take more than 16 GB
 * @example
 * sampleCountOf(0.5, 300); // 150
 */
export function sampleCountOf(load: number, dimension: number, smallest = 1): number {
  const sampleCount = roundedSampleCount(load, dimension, smallest);
  const bytes = 8 * sampleCount * dimension;
  if (bytes > LARGEST_BYTES) {
    const estimate = `${(bytes / 1e9).toPrecision(3)} GB for ${sampleCount} inputs of dimension ${dimension}`;
    throw rangeError('load', `such that the training set takes at most 16 GB, not ${estimate}`, load);
  }
  return sampleCount;
}

/** Draws label noise; none from the stream where its variance is 0, which leaves `out` as it is. */
export function fillNoise(stream: RandomStream, variance: number, out: Float64Array): void {
  if (variance === 0) return;
  fillNormal(stream, out);
  const scale = Math.sqrt(variance);
  for (let i = 0; i < out.length; i++) out[i] = scale * out[i]!;
}

/** Draws a training set: inputs, from them the teacher fields, then the noise. */
export function drawTrainingSet(
  sampleCount: number,
  dimension: number,
  noiseVariance: number,
  stream: RandomStream,
): TrainingSet {
  const inputs = new Float64Array(sampleCount * dimension);
  fillNormal(stream, inputs);
  const teacher = new Float64Array(sampleCount);
  const rootDimension = Math.sqrt(dimension);
  for (let i = 0, at = 0; i < sampleCount; i++) {
    let sum = 0;
    for (let k = 0; k < dimension; k++) sum += inputs[at++]!;
    teacher[i] = sum / rootDimension;
  }
  const noise = new Float64Array(sampleCount);
  fillNoise(stream, noiseVariance, noise);
  return { sampleCount, dimension, inputs, teacher, noise };
}

/** Labels t_i = g(u_i) + ξ_i of a teacher with the activation g. */
export function labelsOf({ teacher, noise }: TrainingSet, activation: (z: number) => number): Float64Array {
  return teacher.map((u, i) => activation(u) + noise[i]!);
}
