import { integer, rangeError, requireFinite, requirePositive } from '../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { meanDeviation, meanInverseDeviation, meanInverseVariance } from '../gaussian/batch/moments.js';

/**
 * Laws of the statistics of a minibatch: μ_B, the mean of M independent samples of a field of mean m and variance σ²,
 * and σ_B, their biased standard deviation, σ_B² = ⟨h²⟩ − ⟨h⟩². Units are those of the field.
 */
export interface BatchStatisticsLaw {
  /** E[μ_B] = m. */
  readonly meanOfMean: number;
  /** Var μ_B = σ²/M. */
  readonly varianceOfMean: number;
  /** E[σ_B], below σ. */
  readonly meanOfDeviation: number;
  /** Var σ_B. */
  readonly varianceOfDeviation: number;
  /** E[1/σ_B], for M ≥ 3; undefined at M = 2, where it is infinite. */
  readonly meanInverseDeviation: number | undefined;
  /** E[1/σ_B²], for M ≥ 4; undefined at M = 2 and 3, where it is infinite. */
  readonly meanInverseVariance: number | undefined;
}

/** A field by its first two moments, and how many samples of it make a batch. */
export interface BatchFieldOptions {
  /** M ≥ 2. */
  readonly batchSize: number;
  /** m, any finite number; default 0. */
  readonly mean?: number;
  /** σ² > 0; default 1. */
  readonly variance?: number;
}

type AsymptoticOptions = BatchFieldOptions & { readonly kurtosis: number };

/**
 * Least M with a finite E[σ_B^−k], k = 1 and 2. A field with a bounded density has P(σ_B < x) ~ x^(M−1), so the moment is
 * finite for M − 1 > k.
 */
export const SMALLEST_BATCH = { inverseDeviation: 3, inverseVariance: 4 } as const;

const fieldChecks: OptionChecks<BatchFieldOptions> = {
  batchSize: integer(2),
  mean: optional(requireFinite),
  variance: optional(requirePositive),
};

const asymptoticChecks: OptionChecks<AsymptoticOptions> = {
  ...fieldChecks,
  kurtosis(name, value) {
    const kurtosis = requireFinite(name, value);
    if (kurtosis < -2) throw rangeError(name, 'at least -2', value);
    return kurtosis;
  },
};

/** Above this M the two terms of Var s cancel too many digits, and a series of five terms is exact to 1e-13. */
const SERIES_FROM = 1000;

/**
 * Var s = (M − 1)/M − κ² of a standard normal field. For large x = (M − 1)/2 from the series
 * Γ(x + ½)²/Γ(x)² = x − ¼ + 1/(32x) + 1/(128x²) − 5/(2048x³) − 23/(8192x⁴) + … (DLMF 5.11.13).
 */
function deviationVariance(batchSize: number): number {
  if (batchSize < SERIES_FROM) return 1 - 1 / batchSize - meanDeviation(batchSize) ** 2;
  const inverse = 2 / (batchSize - 1);
  const tail = 1 / 128 - inverse * (5 / 2048 + inverse * (23 / 8192));
  return (2 / batchSize) * (1 / 4 - inverse * (1 / 32 + inverse * tail));
}

/** Moments of s = σ_B/σ; the inverse ones, which may be infinite, are asked for where they are not. */
interface DeviationMoments {
  readonly mean: number;
  readonly variance: number;
  readonly inverse: () => number;
  readonly inverseSquare: () => number;
}

function lawOf(
  { batchSize, mean = 0, variance = 1 }: BatchFieldOptions,
  moments: DeviationMoments,
): BatchStatisticsLaw {
  const deviation = Math.sqrt(variance);
  const { inverseDeviation, inverseVariance } = SMALLEST_BATCH;
  return {
    meanOfMean: mean,
    varianceOfMean: variance / batchSize,
    meanOfDeviation: deviation * moments.mean,
    varianceOfDeviation: variance * moments.variance,
    meanInverseDeviation: batchSize < inverseDeviation ? undefined : moments.inverse() / deviation,
    meanInverseVariance: batchSize < inverseVariance ? undefined : moments.inverseSquare() / variance,
  };
}

/**
 * The exact law for a Gaussian field. μ_B and σ_B are independent, μ_B ~ N(m, σ²/M) and Mσ_B²/σ² is χ² with M − 1
 * degrees of freedom, so E[σ_B] = σκ, Var σ_B = σ²((M−1)/M − κ²), κ = √(2/M) Γ(M/2)/Γ((M−1)/2);
 * E[1/σ_B] = √(M/2) Γ((M−2)/2)/Γ((M−1)/2)/σ; E[1/σ_B²] = M/((M − 3)σ²). Relative accuracy 1e-12.
 *
 * @throws RangeError or TypeError naming `batchSize`, `mean` or `variance` out of its domain
 * @example
 * batchStatisticsLaw({ batchSize: 4, mean: 1, variance: 9 }).varianceOfMean; // 9/4 = 2.25
 */
export function batchStatisticsLaw(options: BatchFieldOptions): BatchStatisticsLaw {
  requireOptions('options', options, fieldChecks);
  const { batchSize } = options;
  return lawOf(options, {
    mean: meanDeviation(batchSize),
    variance: deviationVariance(batchSize),
    inverse: () => meanInverseDeviation(batchSize),
    inverseSquare: () => meanInverseVariance(batchSize),
  });
}

/** Coefficients of 1/M in the moments of s = σ_B/σ, for a field of excess kurtosis ρ; see `asymptoticBatchStatisticsLaw`. */
export function deviationCoefficients(kurtosis: number): {
  readonly mean: number;
  readonly variance: number;
  readonly inverse: number;
  readonly inverseSquare: number;
} {
  return {
    mean: -(kurtosis + 6) / 8,
    variance: (kurtosis + 2) / 4,
    inverse: (3 * kurtosis + 10) / 8,
    inverseSquare: kurtosis + 3,
  };
}

/**
 * The law of a field of excess kurtosis ρ to first order in 1/M. The batch variance V of the standardized field has
 * E[V] = 1 − 1/M exactly and Var V = (ρ + 2)/M + O(1/M²); expanding √V, 1/√V and 1/V to second order,
 * E[σ_B] = σ(1 − (ρ+6)/(8M)), Var σ_B = σ²(ρ+2)/(4M), E[1/σ_B] = (1 + (3ρ+10)/(8M))/σ,
 * E[1/σ_B²] = (1 + (ρ+3)/M)/σ², each up to O(1/M²). Mean and variance of μ_B are exact. Needs a finite fourth moment, and
 * for the last two a bounded density.
 *
 * @param options batch and field, with `kurtosis` ρ = E[(h − m)⁴]/σ⁴ − 3 ≥ −2: 0 Gaussian, 3 Laplace, −6/5 uniform
 * @throws RangeError or TypeError naming an argument out of its domain
 * @example
 * asymptoticBatchStatisticsLaw({ batchSize: 50, kurtosis: 3 }).varianceOfDeviation; // 5/200 = 0.025
 */
export function asymptoticBatchStatisticsLaw(options: AsymptoticOptions): BatchStatisticsLaw {
  requireOptions('options', options, asymptoticChecks);
  const { batchSize, kurtosis } = options;
  const first = deviationCoefficients(kurtosis);
  return lawOf(options, {
    mean: 1 + first.mean / batchSize,
    variance: first.variance / batchSize,
    inverse: () => 1 + first.inverse / batchSize,
    inverseSquare: () => 1 + first.inverseSquare / batchSize,
  });
}
