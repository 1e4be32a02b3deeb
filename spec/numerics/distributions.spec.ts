import {
  equivalentNormalDeviate,
  fisherUpperTail,
  studentDistribution,
} from '../../lib/numerics/distributions.js';
import reference from '../reference/numerics-special.json' with { type: 'json' };

// The relative accuracy that the module states.
const TOLERANCE = 1e-12;

function worstError<Row extends { value: number }>(rows: Row[], f: (row: Row) => number): number {
  return Math.max(...rows.map((row) => Math.abs(f(row) / row.value - 1)));
}

describe('studentDistribution', () => {
  it('agrees with the incomplete beta function to 1e-12 relative, tails of 1e-250 included', () => {
    const { studentDistribution: rows } = reference;
    expect(Math.min(...rows.map(({ value }) => value))).toBeLessThan(1e-200);
    expect(worstError(rows, ({ x, degrees }) => studentDistribution(x, degrees))).toBeLessThan(TOLERANCE);
  });

  it('is the Cauchy law for one degree of freedom and algebraic for two', () => {
    for (let x = -1e6; x < -1e-6; x /= 1.3) {
      // atan2 keeps the relative accuracy of the tail: ½ + atan(x)/π = atan2(1, −x)/π.
      expect(Math.abs((studentDistribution(x, 1) * Math.PI) / Math.atan2(1, -x) - 1)).toBeLessThan(TOLERANCE);
      const root = Math.sqrt(2 + x * x);
      expect(Math.abs(studentDistribution(x, 2) * root * (root - x) - 1)).toBeLessThan(TOLERANCE);
    }
  });

  it('has complementary tails, one half at 0, and 0 and 1 at the ends', () => {
    for (const x of [0.3, 1, 2.5]) {
      expect(Math.abs(studentDistribution(x, 7) + studentDistribution(-x, 7) - 1)).toBeLessThan(2e-16);
    }
    expect([0, -Infinity, Infinity].map((x) => studentDistribution(x, 7))).toEqual([0.5, 0, 1]);
  });

  it('refuses NaN and degrees of freedom outside (0, 1e12]', () => {
    expect(() => studentDistribution(NaN, 3)).toThrow(/`x` must be a number; got NaN/);
    for (const degrees of [0, -1, NaN, Infinity, 2e12]) {
      expect(() => studentDistribution(1, degrees)).toThrow(/^`degrees` must be .*; got/);
    }
  });
});

describe('fisherUpperTail', () => {
  it('agrees with the incomplete beta function to 1e-12 relative', () => {
    const { fisherUpperTail: rows } = reference;
    expect(worstError(rows, ({ f, d1, d2 }) => fisherUpperTail(f, d1, d2))).toBeLessThan(TOLERANCE);
  });

  it('is (1 + 2f/d)^(-d/2) for two degrees of freedom above d', () => {
    for (const d of [1, 4, 61, 1000, 1e5]) {
      for (const f of [0, 1e-5, 0.5, 1, 3, 200]) {
        const exact = Math.exp((-d / 2) * Math.log1p((2 * f) / d));
        expect(Math.abs(fisherUpperTail(f, 2, d) / exact - 1)).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('is 1 - (1 + d/(2f))^(-d/2) for d degrees of freedom above two', () => {
    for (const d of [1, 4, 61, 1000]) {
      for (const f of [0.1, 1, 3, 200]) {
        const exact = -Math.expm1((-d / 2) * Math.log1p(2 / (d * f)));
        expect(Math.abs(fisherUpperTail(f, d, 2) / exact - 1)).toBeLessThan(TOLERANCE);
      }
    }
  });

  it('is one half at 1 for equal degrees of freedom, however many', () => {
    // F and 1/F have the same law. 1e12 degrees are the most allowed.
    for (const d of [0.1, 1, 30, 1e4, 1e8, 1e12]) {
      expect(Math.abs(fisherUpperTail(1, d, d) - 0.5)).toBeLessThan(TOLERANCE);
    }
  });

  it('is 0 at Infinity and refuses NaN, negative f and bad degrees of freedom', () => {
    expect(fisherUpperTail(Infinity, 3, 4)).toBe(0);
    for (const f of [NaN, -1])
      expect(() => fisherUpperTail(f, 3, 4)).toThrow(/^`f` must be a number >= 0; got/);
    expect(() => fisherUpperTail(1, 0, 4)).toThrow(/`d1` must be a finite number > 0; got 0/);
    expect(() => fisherUpperTail(1, 4, 1e13)).toThrow(/`d2` must be at most 1e12; got/);
  });
});

describe('equivalentNormalDeviate', () => {
  it('has the tail probability of t, for t up to 40', () => {
    // Probabilities are exact to 1e-14 but for a rounding of their logarithm, which z hardly feels: 7e-15 was seen in
    // 700 random points. So this holds Stirling's series to its last term.
    const { equivalentNormalDeviate: rows } = reference;
    expect(worstError(rows, ({ t, degrees }) => equivalentNormalDeviate(t, degrees))).toBeLessThan(3e-14);
  });

  it('is odd and increasing', () => {
    for (const degrees of [1, 7, 63, 1e6]) {
      let before = 0;
      for (let t = 1e-3; t < 60; t += 0.0137) {
        const z = equivalentNormalDeviate(t, degrees);
        expect(z).toBeGreaterThan(before);
        expect(equivalentNormalDeviate(-t, degrees)).toBe(-z);
        before = z;
      }
    }
    expect([0, Infinity, -Infinity].map((t) => equivalentNormalDeviate(t, 7))).toEqual([
      0,
      Infinity,
      -Infinity,
    ]);
  });

  it('differs from t by (t + t³)/4ν when the degrees of freedom ν are many', () => {
    // The next term of Fisher's expansion is of order t⁵/ν², 1e-10 at t = 40. The tail there is 1e-350: no double.
    for (const t of [0.5, 1, 3, 40]) {
      const lack = t - equivalentNormalDeviate(t, 1e9);
      expect(Math.abs(lack - (t + t ** 3) / 4e9)).toBeLessThan(1e-13 + t ** 5 / 1e18);
    }
  });

  it('refuses NaN', () => {
    expect(() => equivalentNormalDeviate(NaN, 7)).toThrow(/`t` must be a number; got NaN/);
  });
});
