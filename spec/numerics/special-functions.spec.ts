import {
  erf,
  erfc,
  gammaRatio,
  normalDistribution,
  normalHalfWidth,
  normalQuantile,
  normalTailDeviate,
} from '../../lib/numerics/special-functions.js';
import reference from '../reference/numerics-special.json' with { type: 'json' };

/** The largest relative error over a table of high-precision values, a double and the rest each. */
function worstError<Row extends { value: number; rest: number }>(
  rows: Row[],
  f: (row: Row) => number,
): number {
  return Math.max(
    ...rows.map((row) => {
      const error = Math.abs(f(row) - row.value - row.rest);
      return error === 0 ? 0 : error / Math.abs(row.value);
    }),
  );
}

describe('erf', () => {
  it('is exact to 2e-16 relative', () => {
    // One rounding of the result (1.1e-16) and the error of the small part added last.
    expect(worstError(reference.erf, ({ x }) => erf(x))).toBeLessThan(2e-16);
  });

  it('is odd to the bit, -0 included', () => {
    for (let x = 0; x < 7; x += 0.173) expect(erf(-x)).toBe(-erf(x));
    expect(erf(-0)).toBe(-0);
  });

  it('is ±1 at ±Infinity and NaN at NaN', () => {
    expect([erf(Infinity), erf(-Infinity), erf(NaN)]).toEqual([1, -1, NaN]);
  });

  it('never decreases across the change of formula at 1 and the end at 6', () => {
    // Steps of 1e-13 are many units of the last place apart at 1; at 6 erf is constant.
    for (const centre of [1, 6]) {
      for (let i = -500; i < 500; i++) {
        expect(erf(centre + (i + 1) * 1e-13)).toBeGreaterThanOrEqual(erf(centre + i * 1e-13) - 1e-16);
      }
    }
  });
});

describe('erfc', () => {
  it('is exact to 1e-15 relative from -7 to where it leaves the normal doubles', () => {
    // exp 2e-16, scaled tail 2e-16, two products: 6e-16 is the largest seen in 25 000 random points.
    expect(worstError(reference.erfc, ({ x }) => erfc(x))).toBeLessThan(1e-15);
  });

  it('is 2, 0 and NaN at -Infinity, Infinity and NaN', () => {
    expect([erfc(-Infinity), erfc(Infinity), erfc(NaN)]).toEqual([2, 0, NaN]);
  });

  it('falls through the subnormal doubles to 0', () => {
    // erfc 27 = 5.2370e-319, of which a subnormal double keeps 17 bits.
    expect(Math.abs(erfc(27) / Number('5.2370489e-319') - 1)).toBeLessThan(1e-4);
    expect(erfc(27.3)).toBe(0);
  });
});

describe('normalDistribution', () => {
  it('is exact to 1e-15 relative in both tails', () => {
    // As for erfc; 7e-16 is the largest seen.
    expect(worstError(reference.normalDistribution, ({ x }) => normalDistribution(x))).toBeLessThan(1e-15);
  });

  it('is 0, 1 and NaN at -Infinity, Infinity and NaN', () => {
    expect([-Infinity, Infinity, NaN].map(normalDistribution)).toEqual([0, 1, NaN]);
  });
});

describe('normalQuantile', () => {
  it('is exact to 5e-16 relative, from the least double to 1 - 2^-53', () => {
    // Two roundings of the last correction; 4e-16 is the largest seen in 11 000 random points.
    expect(worstError(reference.normalQuantile, ({ p }) => normalQuantile(p))).toBeLessThan(5e-16);
  });

  it('is -Infinity at 0, 0 at one half and Infinity at 1', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect(Math.abs(normalQuantile(0.5))).toBe(0);
  });

  it('refuses what is no probability, in one line', () => {
    expect(() => normalQuantile(-1e-9)).toThrow(
      new RangeError('`p` must be a number from 0 to 1; got -1e-9'),
    );
    for (const p of [1.1, NaN, Infinity]) expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});

describe('normalTailDeviate', () => {
  it('is exact to 5e-16 relative, also where the tail is below every double', () => {
    const { normalTailDeviate: rows } = reference;
    expect(worstError(rows, ({ logTail }) => normalTailDeviate(logTail))).toBeLessThan(5e-16);
  });

  it('goes to Infinity without overflow', () => {
    expect(normalTailDeviate(-Infinity)).toBe(Infinity);
    // x²/2 + ln x + … = 1e300, of which only the first term shows.
    expect(Math.abs(normalTailDeviate(-1e300) / Math.sqrt(2e300) - 1)).toBeLessThan(1e-15);
  });

  it('refuses tails above 0.2', () => {
    for (const logTail of [-1.6, 0, NaN])
      expect(() => normalTailDeviate(logTail)).toThrow(/`logTail` must be/);
  });
});

describe('normalHalfWidth', () => {
  it('is the inverse of erf(x/√2)', () => {
    // Rounding of x (5e-16 relative) times the slope of ln erf, at most 1 in ln x.
    for (const p of [1e-300, 1e-9, 0.01, 0.2, 0.5, 0.625]) {
      expect(Math.abs(erf(normalHalfWidth(p) * Math.SQRT1_2) / p - 1)).toBeLessThan(8e-16);
    }
    expect(normalHalfWidth(0)).toBe(0);
  });

  it('refuses probabilities outside 0 to 5/8', () => {
    for (const p of [-0.1, 0.63, NaN]) expect(() => normalHalfWidth(p)).toThrow(/`p` must be/);
  });
});

describe('gammaRatio', () => {
  it('is exact to 4e-16 relative from 1e-6 to 1e9', () => {
    // Sum, square root and quotient are rounded: 1.25 units of the last place, at most 2.8e-16; 3.2e-16 was seen.
    expect(worstError(reference.gammaRatio, ({ x }) => gammaRatio(x))).toBeLessThan(4e-16);
  });

  it('satisfies Γ(x + 1) = x Γ(x): the ratios at x and x + 1/2 multiply to x', () => {
    for (let x = 0.01; x < 1e7; x *= 1.07) {
      // Two values of the error above, one product.
      expect(Math.abs((gammaRatio(x) * gammaRatio(x + 0.5)) / x - 1)).toBeLessThan(9e-16);
    }
  });

  it('refuses everything but finite numbers > 0', () => {
    for (const x of [0, -1, NaN, Infinity])
      expect(() => gammaRatio(x)).toThrow(/`x` must be a finite number > 0/);
  });
});
