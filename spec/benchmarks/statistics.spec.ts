import { factorBetween, mannWhitney, median, medianInterval } from '../../benchmarks/statistics.js';
import { randomStream } from '../../lib/random/random-stream.js';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** How many of some trials succeed. */
function successes(trials: number, trial: (uniform: () => number) => boolean): number {
  const stream = randomStream(7);
  const uniform = (): number => stream.nextUniform();
  return Array.from({ length: trials }, () => trial(uniform)).filter(Boolean).length;
}

describe('median', () => {
  it('is the value in the middle, or the mean of two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([5])).toBe(5);
  });
});

describe('medianInterval', () => {
  it('takes the order statistics that the binomial law allows and says what they cover', () => {
    expect(medianInterval(upTo(6), 0.95)).toEqual({ lower: 1, upper: 6, coverage: 1 - 2 / 2 ** 6 });
    expect(medianInterval(upTo(9), 0.95)).toEqual({
      lower: 2,
      upper: 8,
      coverage: 1 - (2 * (1 + 9)) / 2 ** 9,
    });
    const many = medianInterval(upTo(100).reverse(), 0.95);
    expect([many.lower, many.upper]).toEqual([40, 61]); // as tabulated for n = 100: coverage 0.9648
    expect(many.coverage).toBeCloseTo(0.9648, 4);
  });

  it('gives the range, with what it covers, where that is below the level', () => {
    expect(medianInterval([2, 1, 3], 0.95)).toEqual({ lower: 1, upper: 3, coverage: 0.75 });
    expect(medianInterval([2], 0.95)).toEqual({ lower: 2, upper: 2, coverage: 0 });
  });

  it('covers the median of a skewed law as often as it says', () => {
    const trials = 4000;
    const held = successes(trials, (uniform) => {
      const values = Array.from({ length: 9 }, () => uniform() ** 3);
      const { lower, upper } = medianInterval(values, 0.95);
      return lower <= 0.125 && upper >= 0.125;
    });
    const { coverage } = medianInterval(upTo(9), 0.95);
    const deviation = Math.sqrt(trials * coverage * (1 - coverage));
    expect(Math.abs(held - trials * coverage)).toBeLessThan(4 * deviation);
  });
});

describe('mannWhitney', () => {
  it('is the law of the number of inversions over all arrangements', () => {
    const counts = new Array<number>(13).fill(0);
    for (let places = 0; places < 2 ** 7; places++) {
      const marks = Array.from({ length: 7 }, (_, i) => (places >> i) & 1);
      if (marks.filter((mark) => mark === 1).length !== 3) continue;
      counts[
        marks.reduce(
          (sum, mark, i) => sum + mark * marks.slice(0, i).filter((other) => other === 0).length,
          0,
        )
      ]++;
    }
    expect(mannWhitney(3, 4)).toEqual(counts.map((count) => count / 35));
  });

  it('has the tabulated tails', () => {
    // P(U ≤ 5) = 0.0206 at m = n = 6, P(U ≤ 17) = 0.0200 at m = n = 9 (Mann & Whitney 1947; Owen 1962).
    const tail = (m: number, n: number, u: number): number =>
      mannWhitney(m, n)
        .slice(0, u + 1)
        .reduce((sum, p) => sum + p, 0);
    expect(tail(6, 6, 5)).toBeCloseTo(0.0206, 4);
    expect(tail(9, 9, 17)).toBeCloseTo(0.02, 3);
  });
});

describe('factorBetween', () => {
  it('finds a factor exactly where there is no noise besides', () => {
    const values = [1, 1.1, 1.3, 1.6, 2, 2.5];
    const { estimate, lower, upper } = factorBetween(
      values,
      values.map((value) => 1.25 * value),
      0.95,
    );
    expect(estimate).toBeCloseTo(1.25, 12);
    expect(lower).toBeLessThan(1.25);
    expect(upper).toBeGreaterThan(1.25);
  });

  it('leaves out as many quotients at each end as the law of U allows', () => {
    // Powers of two, spaced so that all quotients differ: 2^(i − 6 j).
    const before = upTo(6).map((j) => 2 ** (6 * j));
    const after = upTo(6).map((i) => 2 ** i);
    const quotients = after.flatMap((late) => before.map((early) => late / early)).sort((a, b) => a - b);
    const { lower, upper, coverage } = factorBetween(before, after, 0.95);
    expect([lower, upper]).toEqual([quotients[5], quotients[30]]); // it misses where U ≤ 5
    expect(coverage).toBeCloseTo(1 - 2 * (19 / 924), 12);
  });

  it('covers the factor between two samples of a skewed law as often as it says', () => {
    const trials = 4000;
    const sample = (n: number, factor: number, uniform: () => number): number[] =>
      Array.from({ length: n }, () => factor * (1 - Math.log(1 - uniform())));
    const held = successes(trials, (uniform) => {
      const { lower, upper } = factorBetween(sample(6, 1, uniform), sample(9, 1.7, uniform), 0.95);
      return lower <= 1.7 && upper >= 1.7;
    });
    const { coverage } = factorBetween(upTo(6), upTo(9), 0.95);
    expect(coverage).toBeGreaterThan(0.95);
    const deviation = Math.sqrt(trials * coverage * (1 - coverage));
    expect(Math.abs(held - trials * coverage)).toBeLessThan(4 * deviation);
  });
});
