import { requireInteger } from '../../foundation/checks.js';
import { gammaRatio } from '../../numerics/special-functions.js';

/**
 * Moments of s, the biased standard deviation of a batch of M independent standard normal fields:
 * s = √(⟨v²⟩ − ⟨v⟩²), so M s² is χ² with M − 1 degrees of freedom (docs/theory/batch-normalization.md).
 */

/**
 * κ = E[s] = √(2/M) Γ(M/2)/Γ((M−1)/2).
 *
 * @param batchSize M ≥ 2
 * @throws RangeError below 2
 * @example
 * meanDeviation(2); // E|v₁ − v₂|/2 = 1/√π = 0.5641895835
 */
export function meanDeviation(batchSize: number): number {
  requireInteger('batchSize', batchSize, 2);
  return Math.sqrt(2 / batchSize) * gammaRatio((batchSize - 1) / 2);
}

/**
 * E[1/s] = √(M/2) Γ((M−2)/2)/Γ((M−1)/2).
 *
 * @param batchSize M ≥ 3; the moment is infinite at M = 2
 * @throws RangeError below 3
 * @example
 * meanInverseDeviation(3); // √(3π/2) = 2.1708037637
 */
export function meanInverseDeviation(batchSize: number): number {
  requireInteger('batchSize', batchSize, 3);
  return Math.sqrt(batchSize / 2) / gammaRatio((batchSize - 2) / 2);
}

/**
 * E[1/s²] = M/(M − 3).
 *
 * @param batchSize M ≥ 4; the moment is infinite at M = 3
 * @throws RangeError below 4
 * @example
 * meanInverseVariance(4); // 4
 */
export function meanInverseVariance(batchSize: number): number {
  requireInteger('batchSize', batchSize, 4);
  return batchSize / (batchSize - 3);
}

/**
 * E[s^{−n}] = (M/2)^{n/2} Γ((M−1−n)/2)/Γ((M−1)/2), by E[s^{−n−2}] = E[s^{−n}] M/(M − 3 − n).
 *
 * @param power n ≥ 0
 * @param batchSize M ≥ n + 2; the moment is infinite below
 * @throws RangeError for an n or M that is not an integer, or smaller
 */
export function meanInversePower(batchSize: number, power: number): number {
  requireInteger('power', power, 0);
  requireInteger('batchSize', batchSize, power + 2);
  let moment = power % 2 === 0 ? 1 : meanInverseDeviation(batchSize);
  for (let n = power % 2; n < power; n += 2) moment *= batchSize / (batchSize - 3 - n);
  return moment;
}
