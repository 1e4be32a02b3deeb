import { EigenvalueDecomposition, Matrix, solve as solveLinear } from 'ml-matrix';
import { listOf, rangeError, requireFinite } from '../foundation/checks.js';
import { fisherUpperTail } from './distributions.js';

/** Hotelling's one-sample test of a mean vector. */
export interface HotellingTest {
  /** T² = n (x̄ − μ)ᵀ S⁻¹ (x̄ − μ), which tends to χ² with p degrees of freedom as n grows. */
  readonly statistic: number;
  /** p, the number of components. */
  readonly components: number;
  /** Probability of a larger T² if the mean is μ; (n−p)/(p(n−1)) T² is F-distributed with p and n − p degrees of freedom. */
  readonly pValue: number;
}

// Below this ratio of eigenvalues of the correlation matrix its inverse has lost half its digits.
const NEARLY_SINGULAR = 1e-8;

const requireVector = listOf(requireFinite, 'a list of numbers');
const requireRows = listOf(requireVector, 'a list of lists of numbers');

/**
 * Tests whether samples of a vector have the given mean; components may be correlated.
 *
 * @param samples n observations of p components each
 * @param mean p components
 * @throws RangeError or TypeError naming the first entry that is no finite number, or the row of another length
 * @returns undefined where there is no test: no components, n ≤ p, or samples whose covariance is singular
 */
export function hotellingTest(
  samples: readonly (readonly number[])[],
  mean: readonly number[],
): HotellingTest | undefined {
  requireVector('mean', mean);
  requireRows('samples', samples).forEach((row, i) => {
    if (row.length !== mean.length)
      throw rangeError(`samples[${i}]`, `as long as mean, ${mean.length} numbers`, row);
  });
  const n = samples.length;
  const p = mean.length;
  if (p === 0 || n <= p) return undefined;
  const average = mean.map((_, j) => samples.reduce((sum, row) => sum + row[j]!, 0) / n);
  const covariance = (i: number, j: number): number =>
    samples.reduce((sum, row) => sum + (row[i]! - average[i]!) * (row[j]! - average[j]!), 0) / (n - 1);
  const deviations = mean.map((_, i) => Math.sqrt(covariance(i, i)));
  if (deviations.some((deviation) => deviation === 0)) return undefined;
  // Scaled to correlations, so that units do not matter to the inverse.
  const correlation = new Matrix(
    mean.map((_, i) => mean.map((__, j) => covariance(i, j) / (deviations[i]! * deviations[j]!))),
  );
  const eigenvalues = new EigenvalueDecomposition(correlation, { assumeSymmetric: true }).realEigenvalues;
  if (Math.min(...eigenvalues) < NEARLY_SINGULAR * Math.max(...eigenvalues)) return undefined;
  const gap = Matrix.columnVector(mean.map((mu, i) => (average[i]! - mu) / deviations[i]!));
  const statistic = n * gap.transpose().mmul(solveLinear(correlation, gap)).get(0, 0);
  const pValue = fisherUpperTail(((n - p) / (p * (n - 1))) * statistic, p, n - p);
  return { statistic, components: p, pValue };
}
