import { requireInteger } from '../foundation/checks.js';
import { meanDeviation, meanInverseDeviation, meanInverseVariance } from '../gaussian/batch/moments.js';

/** γ₀ of the linear unit at R = 1 under five readings of "batch normalization is gamma decay" (docs/theory/regularization.md). */
export interface DecayReadings {
  /** Exact batch normalization: E[s] = 1 − ¾/M + … */
  readonly exact: number;
  /** Published ζ = 3/(4M) as the ½ζγ² of the equations: 1/(1 + ζ) = 1 − ¾/M + … */
  readonly published: number;
  /** Published ζ taken literally as ζγ² beside ½(t − ŷ)²: 1/(1 + 2ζ) = 1 − (3/2)/M + … */
  readonly literal: number;
  /**
   * A literal average over batch statistics drawn independently of the samples, with which γ minimizes
   * E[(v − γ(v − μ)/s)²]: E[1/s]/((1 + 1/M) E[1/s²]) = 1 − (11/4)/M + … The correlation between a sample and its own
   * batch statistics makes the difference.
   */
  readonly independent: number;
  /**
   * Normalization by the batch's deviation alone, its mean left in: (E[s] + E[1/s]/M)/(1 + E[1/s²]/M) = 1 − ¾/M + … By the mean alone
   * it is 1: what the linear unit loses, it loses to σ_B.
   */
  readonly deviation: number;
}

/**
 * The five readings at one batch size.
 *
 * @param batchSize M ≥ 4
 * @throws RangeError below 4
 * @example
 * decayReadings(8).exact; // 0.90270
 */
export function decayReadings(batchSize: number): DecayReadings {
  requireInteger('batchSize', batchSize, 4);
  const gammaDecay = 3 / (4 * batchSize);
  return {
    exact: meanDeviation(batchSize),
    published: 1 / (1 + gammaDecay),
    literal: 1 / (1 + 2 * gammaDecay),
    deviation:
      (meanDeviation(batchSize) + meanInverseDeviation(batchSize) / batchSize) /
      (1 + meanInverseVariance(batchSize) / batchSize),
    independent: meanInverseDeviation(batchSize) / ((1 + 1 / batchSize) * meanInverseVariance(batchSize)),
  };
}
