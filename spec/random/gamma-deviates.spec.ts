import { fisherUpperTail } from '../../lib/numerics/distributions.js';
import { nextChiSquare, nextGamma } from '../../lib/random/gamma-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { erfc } from '../../lib/numerics/special-functions.js';
import { reference } from '../support/reference.js';

const COUNT = 300_000;

function sample(degrees: number, seed: number, count = COUNT): Float64Array {
  const stream = randomStream(seed);
  return Float64Array.from({ length: count }, () => nextChiSquare(stream, degrees));
}

/** Upper tail of χ²: Fisher's F with a denominator that is as good as constant. */
const upperTail = (chiSquare: number, degrees: number): number =>
  fisherUpperTail(chiSquare / degrees, degrees, 1e12);

describe.each(reference<{ degrees: number; edges: number[] }>('chi-square').cases)(
  'χ² numbers of $degrees degrees of freedom',
  ({ degrees, edges }) => {
    const numbers = sample(degrees, 20260401).sort();

    it('fill 32 cells of equal probability evenly (false alarm 1e-6)', () => {
      // Sorted, so that each edge is passed once.
      const ends = edges.map((edge) => numbers.findIndex((x) => x > edge));
      const counts = [...ends, COUNT].map((end, cell) => end - (ends[cell - 1] ?? 0));
      const expected = COUNT / counts.length;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(upperTail(chiSquare, counts.length - 1)).toBeGreaterThan(1e-6);
    });

    it('have mean d and variance 2d (false alarm 1e-6)', () => {
      // The square of a deviation has variance 48d + 12d² − 4d²; two z within ±5 (6e-7 each). Of 0.3 degrees it has long
      // tails, which 300 000 numbers make normal to the third digit of z.
      let [first, second] = [0, 0];
      for (const x of numbers) {
        first += x - degrees;
        second += (x - degrees) ** 2;
      }
      const deviations = [
        first / Math.sqrt(2 * degrees * COUNT),
        (second - 2 * degrees * COUNT) / Math.sqrt((48 * degrees + 8 * degrees ** 2) * COUNT),
      ];
      for (const z of deviations) expect(Math.abs(z)).toBeLessThan(5);
    });
  },
);

describe('χ² numbers', () => {
  // Kolmogorov and Smirnov: 2 exp(−2 · 2.7²) = 9e-7.
  const LIMIT = 2.7;
  const laws: [string, (k: number) => Float64Array, (x: number) => number][] = [
    ['1 degree of freedom are squares of normal ones', (k) => sample(1, k), (x) => erfc(Math.sqrt(x / 2))],
    ['2 degrees of freedom are exponential', (k) => sample(2, k), (x) => Math.exp(-x / 2)],
    ['4 degrees of freedom', (k) => sample(4, k), (x) => (1 + x / 2) * Math.exp(-x / 2)],
    [
      '7.5 and 40 degrees of freedom have ratios that follow Fisher’s F',
      (k) => {
        const [above, below] = [sample(7.5, k, 20_000), sample(40, k + 1, 20_000)];
        return above.map((x, i) => x / 7.5 / (below[i] / 40));
      },
      (f) => fisherUpperTail(f, 7.5, 40),
    ],
  ];

  it.each(laws)('of %s (Kolmogorov and Smirnov, false alarm 1e-6)', (_, draw, tail) => {
    const sorted = draw(20260402).sort();
    let gap = 0;
    sorted.forEach((x, i) => {
      const p = 1 - tail(x);
      gap = Math.max(gap, p - i / sorted.length, (i + 1) / sorted.length - p);
    });
    expect(gap * Math.sqrt(sorted.length)).toBeLessThan(LIMIT);
  });

  it('of 1e15 degrees of freedom do not repeat themselves', () => {
    // Doubles near 1e15 lie 1/8 apart, the law is 4.5e7 wide: of 10 000 numbers some pair agrees with probability 4 %.
    expect(new Set(sample(1e15, 3, 10_000)).size).toBeGreaterThan(9_997);
  });

  it('are twice gamma numbers of half the shape', () => {
    const streams = [randomStream(8), randomStream(8)];
    expect(nextChiSquare(streams[0], 5)).toBe(2 * nextGamma(streams[1], 2.5));
  });

  it('may be 0, never less, where almost all of the law lies below the least double', () => {
    const stream = randomStream(9);
    expect(Array.from({ length: 100 }, () => nextGamma(stream, 1e-6)).every((x) => x >= 0)).toBe(true);
  });

  it('are refused for degrees and shapes that are not positive', () => {
    for (const value of [0, -1, NaN, Infinity]) {
      expect(() => nextChiSquare(randomStream(1), value)).toThrow(
        `\`degrees\` must be a finite number > 0; got ${value}`,
      );
      expect(() => nextGamma(randomStream(1), value)).toThrow(
        `\`shape\` must be a finite number > 0; got ${value}`,
      );
    }
  });
});
