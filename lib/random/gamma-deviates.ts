import { requireDomain } from '../foundation/domain.js';
import { nextNormal } from './normal-deviates.js';
import type { RandomStream } from './random-stream.js';

/** A gamma number of shape d + 1/3 ≥ 1, by rejection. */
function rejected(stream: RandomStream, d: number): number {
  const width = 1 / (3 * Math.sqrt(d));
  for (;;) {
    const x = nextNormal(stream);
    const root = 1 + width * x;
    if (root <= 0) continue;
    const cube = root * root * root;
    const u = 1 - stream.nextUniform();
    const square = x * x;
    // A bound of the exact condition that spares its logarithms nearly always.
    if (u < 1 - 0.0331 * square * square) return d * cube;
    if (Math.log(u) < 0.5 * square + d * (1 - cube + 3 * Math.log(root))) return d * cube;
  }
}

/**
 * One number of the gamma law with density ∝ x^(shape − 1) exp(−x), by the method of Marsaglia & Tsang (ACM TOMS 26,
 * 2000): d(1 + X/√(9d))³ with d = shape − 1/3 and X normal is so near to it that at least 95 % are accepted for a shape of
 * 1 and 1 − 0.01/shape of large ones. A shape below 1 is that of shape + 1 times U^(1/shape), U uniform.
 *
 * The deviation from the mean has the resolution of `nextNormal`, whatever the shape, until it falls below the
 * spacing of doubles at shapes above 1e18.
 *
 * @param shape a finite number > 0; far below 1 most numbers of the law lie below the least double and come out as 0
 * @throws RangeError or TypeError for another shape
 * @example
 * nextGamma(randomStream(42), 2.5);
 */
export function nextGamma(stream: RandomStream, shape: number): number {
  if (!(shape > 0 && shape < Infinity)) requireDomain('shape', 'a finite number > 0', shape, false);
  if (shape >= 1) return rejected(stream, shape - 1 / 3);
  return rejected(stream, shape + 2 / 3) * (1 - stream.nextUniform()) ** (1 / shape);
}

/**
 * One number of the χ² law: the sum of the squares of `degrees` independent standard normal numbers, twice a gamma number
 * of shape degrees/2. It costs the same for any degrees.
 *
 * @param degrees degrees of freedom, a finite number > 0, not necessarily whole
 * @throws RangeError or TypeError for others
 * @example
 * nextChiSquare(randomStream(42), 1e9); // 1e9 give or take 4.5e4
 */
export function nextChiSquare(stream: RandomStream, degrees: number): number {
  if (!(degrees > 0 && degrees < Infinity)) requireDomain('degrees', 'a finite number > 0', degrees, false);
  return 2 * nextGamma(stream, degrees / 2);
}
