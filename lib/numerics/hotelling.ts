import {
  correlation as correlationOf,
  EigenvalueDecomposition,
  Matrix,
  solve as solveLinear,
} from 'ml-matrix';
import { listOf, rangeError, requireFinite } from '../foundation/checks.js';
import { fisherUpperTail } from './distributions.js';
import { estimate } from './statistics.js';

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
 * @example
 * hotellingTest([[1], [4], [7]], [2]).statistic; // n (x̄ − μ)²/s² = 1.333333
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
  const estimates = mean.map((_, j) => estimate(samples.map((row) => row[j]!)));
  if (estimates.some(({ standardError }) => standardError === 0)) return undefined;
  const correlation = correlationOf(new Matrix(samples.map((row) => row.slice())));
  const eigenvalues = new EigenvalueDecomposition(correlation, { assumeSymmetric: true }).realEigenvalues;
  if (Math.min(...eigenvalues) < NEARLY_SINGULAR * Math.max(...eigenvalues)) return undefined;
  // In units of their errors, so that units do not matter to the inverse.
  const gaps = estimates.map(({ mean: average, standardError }, j) => (average - mean[j]!) / standardError);
  const gap = Matrix.columnVector(gaps);
  const statistic = gap.transpose().mmul(solveLinear(correlation, gap)).get(0, 0);
  const pValue = fisherUpperTail(((n - p) / (p * (n - 1))) * statistic, p, n - p);
  return { statistic, components: p, pValue };
}
