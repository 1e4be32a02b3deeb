import type { RandomStream } from '../random/random-stream.js';
import { drawBidiagonalSet, type BidiagonalSet } from './bidiagonal-inputs.js';
import { bidiagonalMinimum } from './bidiagonal-ridge.js';
import type { StudentFigures } from './student-figures.js';

/**
 * What `studentFigures` measures, of the linear student at the minimum of (1/P)Σ½(t − h)² + ½ζγ² on a bidiagonal set.
 *
 * @param gammaDecay ζ ≥ 0; 0 is the limit ζ → 0⁺
 */
export function bidiagonalFigures(set: BidiagonalSet, gammaDecay: number): StudentFigures {
  const { sampleCount, unreachedNoise, meanShare } = set;
  const minimum = bidiagonalMinimum(set, sampleCount * gammaDecay);
  const gamma = Math.sqrt(minimum.weightSquare);
  return {
    generalizationError: minimum.errorSquare,
    gamma,
    // Rounding may lead out of [−1, 1].
    overlap: Math.max(-1, Math.min(1, minimum.alongTeacher / gamma)),
    trainingError: (minimum.residualSquare + unreachedNoise) / sampleCount,
    fieldDeviation: Math.sqrt((minimum.fieldSquare / sampleCount) * (1 - meanShare)) / gamma,
  };
}

/**
 * Draws a bidiagonal training set and measures the student trained on it; equal in law to the students of `ridge` and `minimumNorm`. In
 * units of T labels are those of a teacher of length 1 with noise S/T².
 */
export function* trainedOnBidiagonal(
  sampleCount: number,
  dimension: number,
  noiseVariance: number,
  gammaDecay: number,
  stream: RandomStream,
  teacherLength = 1,
): Generator<void, StudentFigures> {
  const square = teacherLength * teacherLength;
  const set = yield* drawBidiagonalSet(sampleCount, dimension, noiseVariance / square, stream);
  const figures = bidiagonalFigures(set, gammaDecay);
  return {
    ...figures,
    generalizationError: square * figures.generalizationError,
    gamma: teacherLength * figures.gamma,
    trainingError: square * figures.trainingError,
  };
}
