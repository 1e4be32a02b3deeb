import { rangeError } from '../foundation/checks.js';
import { nextChiSquare } from '../random/gamma-deviates.js';
import { nextNormal } from '../random/normal-deviates.js';
import type { RandomStream } from '../random/random-stream.js';
import { fillNoise, roundedSampleCount } from '../simulation/training-set.js';

/**
 * A training set in coordinates of its own: the inputs X = U B Vᵀ with orthogonal U and V, the first column of V the teacher's
 * direction, and B zero but for n = min(P, N) numbers on the diagonal and those to their right.
 */
export interface BidiagonalSet {
  /** P. */
  readonly sampleCount: number;
  /** N. */
  readonly dimension: number;
  /** B_ii for i = 1…n. */
  readonly diagonal: Float64Array;
  /** B_{i,i+1} for i = 1…n. For P ≥ N the last is 0: there is no column N + 1. */
  readonly superdiagonal: Float64Array;
  /** The first n components of Uᵀξ. */
  readonly noise: Float64Array;
  /** Sum of the squares of the other P − n components, which no input reaches. */
  readonly unreachedNoise: number;
  /** (Σh)²/(PΣh²): what part of the squares of the fields over the training set is due to their mean. */
  readonly meanShare: number;
}

// Numbers of a student: three arrays that are drawn, three that solving takes.
const ARRAYS = 6;
const LARGEST_BYTES = 16e9;
/** Entries drawn between two rests, a few milliseconds of work; a multiple of four, as fills of normal numbers like it. */
const TURN = 0x8000;

/**
 * P = round(αN) for a training set that is drawn as a bidiagonal matrix.
 *
 * @throws RangeError or TypeError when α is not > 0, when P < 1, or when min(P, N) is too large for 16 GB
 */
export function bidiagonalSampleCount(load: number, dimension: number): number {
  const sampleCount = roundedSampleCount(load, dimension);
  const largest = Math.floor(LARGEST_BYTES / (8 * ARRAYS));
  if (Math.min(sampleCount, dimension) > largest) {
    throw rangeError('dimension', `such that min(P, N) <= ${largest}`, dimension);
  }
  return sampleCount;
}

/**
 * Draws a bidiagonal matrix of the law that Householder reflections give to P × N independent standard normal numbers
 * (Golub & Kahan 1965; Dumitriu & Edelman, J. Math. Phys. 43, 5830 (2002)), and the noise beside it.
 *
 * X times the teacher's direction is P normal numbers; a reflection from the left turns them into a χ_P on the first row. What
 * is left of the first row is N − 1 normal numbers, still independent of all others; a reflection from the right, which does not
 * touch the teacher, turns them into a χ_{N−1} beside it. The other rows and columns are now a (P − 1) × (N − 1) matrix as X was,
 * with the second direction in the teacher's place. So the diagonal is χ_P, χ_{P−1}, … and what is to the right of it
 * χ_{N−1}, χ_{N−2}, …, all independent. Noise is independent of the reflections, and of the same law after them.
 *
 * `meanShare`: turning all samples by an orthogonal matrix changes the law of neither inputs nor noise, and nothing of a
 * student but the direction of its fields h in the space of samples. That direction is uniform, then, and independent
 * of the rest: its component along (1, …, 1)/√P is that of P normal numbers.
 *
 * Yields, so that callers can rest.
 */
export function* drawBidiagonalSet(
  sampleCount: number,
  dimension: number,
  noiseVariance: number,
  stream: RandomStream,
): Generator<void, BidiagonalSet> {
  const size = Math.min(sampleCount, dimension);
  const diagonal = new Float64Array(size);
  const superdiagonal = new Float64Array(size);
  const noise = new Float64Array(size);
  for (let from = 0; from < size; from += TURN) {
    const to = Math.min(size, from + TURN);
    for (let i = from; i < to; i++) diagonal[i] = Math.sqrt(nextChiSquare(stream, sampleCount - i));
    // Row N has nothing to its right.
    const last = Math.min(to, dimension - 1);
    for (let i = from; i < last; i++) superdiagonal[i] = Math.sqrt(nextChiSquare(stream, dimension - 1 - i));
    fillNoise(stream, noiseVariance, noise.subarray(from, to));
    yield;
  }
  const unreached = noiseVariance > 0 ? sampleCount - size : 0;
  const unreachedNoise = unreached > 0 ? noiseVariance * nextChiSquare(stream, unreached) : 0;
  const mean = nextNormal(stream) ** 2;
  const meanShare = sampleCount === 1 ? 1 : mean / (mean + nextChiSquare(stream, sampleCount - 1));
  return { sampleCount, dimension, diagonal, superdiagonal, noise, unreachedNoise, meanShare };
}
