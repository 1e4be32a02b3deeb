import { normalDistribution } from '../../../numerics/special-functions.js';
import { normalDensity } from '../../../numerics/normal.js';

const FAR = 9; // deviations beyond which a normal density is nothing

/**
 * Writes the integrals of x^k, k = 0…3, over low < x < high under a normal density of given mean and deviation; deviation 0
 * stands for a point mass.
 */
export function writeTruncatedMoments(
  mean: number,
  deviation: number,
  low: number,
  high: number,
  out: Float64Array,
): void {
  const a = Math.max((low - mean) / deviation, -FAR);
  const b = Math.min((high - mean) / deviation, FAR);
  if (!(a < b)) {
    out.fill(0, 0, 4);
    return;
  }
  // What is not cut, as all of a point mass is, comes out exact.
  const square = deviation * deviation;
  const atA = a === -FAR ? 0 : normalDensity(a);
  const atB = b === FAR ? 0 : normalDensity(b);
  const m0 = (b === FAR ? 1 : normalDistribution(b)) - (a === -FAR ? 0 : normalDistribution(a));
  const m1 = atA - atB;
  const m2 = m0 + a * atA - b * atB;
  const m3 = 2 * m1 + a * a * atA - b * b * atB;
  out[0] = m0;
  out[1] = mean * m0 + deviation * m1;
  out[2] = mean * mean * m0 + 2 * mean * deviation * m1 + square * m2;
  out[3] = mean * mean * (mean * m0 + 3 * deviation * m1) + square * (3 * mean * m2 + deviation * m3);
}
