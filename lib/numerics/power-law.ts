import { listOf, rangeError, requireAnyNumber } from '../foundation/checks.js';
import { estimate } from './statistics.js';

/** A power law y = A xᵖ fitted to points. */
export interface PowerLaw {
  /** p. */
  readonly power: number;
  /** Standard error of p from the scatter of the points about the line; the law's own corrections are in it too. */
  readonly standardError: number;
  /** A. */
  readonly amplitude: number;
}

const requireNumbers = listOf(requireAnyNumber, 'a list of numbers');

/**
 * Fits a power law by least squares of log|y| on log x; points with y = 0 or not finite are left out.
 *
 * @throws RangeError or TypeError for lists of other things or of different lengths
 * @returns undefined with fewer than three usable points, or all at one x
 * @example
 * fitPowerLaw([1, 2, 4], [3, 0.75, 0.1875]).power; // −2
 */
export function fitPowerLaw(x: readonly number[], y: readonly number[]): PowerLaw | undefined {
  requireNumbers('x', x);
  if (requireNumbers('y', y).length !== x.length)
    throw rangeError('y', `as long as x, ${x.length} numbers`, y);
  const points = x
    .map((value, i) => [Math.log(value), Math.log(Math.abs(y[i]!))] as const)
    .filter(([u, v]) => Number.isFinite(u) && Number.isFinite(v));
  const n = points.length;
  if (n < 3) return undefined;
  const meanOf = (k: 0 | 1): number => estimate(points.map((point) => point[k])).mean;
  const [meanU, meanV] = [meanOf(0), meanOf(1)];
  const spread = points.reduce((sum, [u]) => sum + (u - meanU) ** 2, 0);
  if (spread === 0) return undefined;
  const power = points.reduce((sum, [u, v]) => sum + (u - meanU) * (v - meanV), 0) / spread;
  const residual = points.reduce((sum, [u, v]) => sum + (v - meanV - power * (u - meanU)) ** 2, 0);
  return {
    power,
    standardError: Math.sqrt(residual / (n - 2) / spread),
    amplitude: Math.exp(meanV - power * meanU),
  };
}
