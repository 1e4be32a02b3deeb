import type { BidiagonalSet } from './bidiagonal-inputs.js';
import { bidiagonalMinimum } from './bidiagonal-ridge.js';
import type { StudentFigures } from './student-figures.js';

/**
 * What `studentFigures` measures, of the linear student at the minimum of (1/P)Σ½(t − h)² + ½ζγ² on a bidiagonal set; equal in law
 * to the students of `ridge` and `minimumNorm`.
 *
 * @param gammaDecay ζ ≥ 0; 0 is the limit ζ → 0⁺
 * @param length the unit of labels, for a teacher of another length
 */
export function bidiagonalFigures(set: BidiagonalSet, gammaDecay: number, length = 1): StudentFigures {
  const { sampleCount, unreachedNoise, meanShare } = set;
  const minimum = bidiagonalMinimum(set, sampleCount * gammaDecay);
  const gamma = Math.sqrt(minimum.weightSquare);
  return {
    generalizationError: length * length * minimum.errorSquare,
    gamma: length * gamma,
    // Rounding may lead out of [−1, 1].
    overlap: Math.max(-1, Math.min(1, minimum.alongTeacher / gamma)),
    trainingError: (length * length * (minimum.residualSquare + unreachedNoise)) / sampleCount,
    fieldDeviation: Math.sqrt((minimum.fieldSquare / sampleCount) * (1 - meanShare)) / gamma,
  };
}
