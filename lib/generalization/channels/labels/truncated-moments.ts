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
  if (deviation === 0) {
    const inside = mean > low && mean < high ? 1 : 0;
    out[0] = inside;
    out[1] = inside * mean;
    out[2] = inside * mean * mean;
    out[3] = inside * mean * mean * mean;
    return;
  }
  const a = Math.max((low - mean) / deviation, -FAR);
  const b = Math.min((high - mean) / deviation, FAR);
  if (!(a < b)) {
    out.fill(0, 0, 4);
    return;
  }
  const square = deviation * deviation;
  if (a === -FAR && b === FAR) {
    out[0] = 1;
    out[1] = mean;
    out[2] = mean * mean + square;
    out[3] = mean * (mean * mean + 3 * square);
    return;
  }
  const atA = a === -FAR ? 0 : normalDensity(a);
  const atB = b === FAR ? 0 : normalDensity(b);
  const m0 = normalDistribution(b) - normalDistribution(a);
  const m1 = atA - atB;
  const m2 = m0 + a * atA - b * atB;
  const m3 = 2 * m1 + a * a * atA - b * b * atB;
  out[0] = m0;
  out[1] = mean * m0 + deviation * m1;
  out[2] = mean * mean * m0 + 2 * mean * deviation * m1 + square * m2;
  out[3] = mean * mean * (mean * m0 + 3 * deviation * m1) + square * (3 * mean * m2 + deviation * m3);
}
