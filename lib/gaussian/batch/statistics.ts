/**
 * Which statistics of its own batch a student is normalized by; where one is left out the population's stands in for it:
 * g(γ(v − μ)/s) for both, g(γv/s) for the deviation, g(γ(v − μ)) for the mean.
 */
export type BatchStatistics = 'both' | 'deviation' | 'mean';

/** The smallest M at which A, B and C are finite for a unit that grows no faster than z. */
export const smallestBatch: Readonly<Record<BatchStatistics, number>> = { both: 4, deviation: 8, mean: 2 };
