import { requireInteger } from '../../foundation/checks.js';
import { productOnly, squareOnly } from '../orthant-moments.js';
import { derivativeByMisalignment } from '../finite-difference-gradient.js';
import type { BatchAverages } from './averages.js';
import { constantPairs, linearPairs, sectorsOf } from './pairs.js';
import { teacherField } from './shrinkage.js';
import { quadrants } from './singles.js';

/** In the place of rules for powers of 1/s: there is none, and no part of the step along the field is taken out. */
const kept = { nodes: Float64Array.of(1), weights: Float64Array.of(1) };
const leftOut = { nodes: Float64Array.of(1), weights: Float64Array.of(0) };
const noShrinking = { half: kept, one: kept, threeHalves: kept, two: leftOut, fiveHalves: leftOut };

/**
 * The averages of a unit with slopes a, b normalized by its batch's mean and the population's deviation
 * (docs/theory/batch-normalization.md#one-statistic-alone), whose field y = v − μ is normal of variance 1 − 1/M.
 *
 * @param batchSize M ≥ 3; two samples have fields y and −y
 * @throws RangeError when M is not an integer ≥ 3
 */
export function meanAverages(a: number, b: number, batchSize: number): BatchAverages {
  requireInteger('batchSize', batchSize, 3);
  const variance = 1 - 1 / batchSize;
  const root = Math.sqrt(variance);
  const perPower = variance / batchSize;
  const sectors = sectorsOf([a, b], [a, b]);
  const squares = a * a + b * b;
  const fourths = a ** 4 + b ** 4;
  const between = Math.acos(-1 / (batchSize - 1));
  const pairsOfOutputs = variance * quadrants(productOnly, between, fourths, -2 * a * a * b * b);
  function write(phi: number, out: Float64Array): void {
    const angle = Math.acos(Math.cos(phi) * root);
    const linear = linearPairs([a, b], [a, b], batchSize, noShrinking, teacherField(phi, batchSize));
    const cross = root * quadrants(productOnly, angle, fourths, -a * b * squares);
    const square = quadrants(squareOnly, angle, fourths, 2 * a * a * b * b);
    out[0] = root * quadrants(productOnly, angle, squares, -2 * a * b);
    out[1] = variance * quadrants((x) => (Math.PI - x) / (2 * Math.PI), angle, squares, 2 * a * b);
    out[2] = perPower * (square - constantPairs(sectors, batchSize, noShrinking, phi));
    out[3] = 2 * perPower * (linear - cross);
  }

  return {
    batchSize,
    gammaCoefficient: (squares / 2) * variance,
    squaredGamma: perPower * ((fourths / 2) * variance - pairsOfOutputs),
    noise: (squares / 2) * perPower,
    write,
    writeAlignedSlope(out) {
      derivativeByMisalignment(write, 0, 1 / Math.sqrt(batchSize), out);
    },
  };
}
