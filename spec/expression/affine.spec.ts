import fc from 'fast-check';
import {
  affineConstant,
  affineProduct,
  affineQuotient,
  affineRoot,
  affineSum,
  IDENTITY,
} from '../../lib/expression/affine.js';
import type { Affine } from '../../lib/expression/affine.js';

/** slope·x + intercept. */
function line(slope: number, intercept: number): Affine | undefined {
  return affineSum(affineProduct(affineConstant(slope), IDENTITY), affineConstant(intercept));
}

function root(form: Affine | undefined): number | undefined {
  return form && affineRoot(form);
}

describe('exact affine functions', () => {
  it('have the root that IEEE division gives for integers, which is correctly rounded', () => {
    const integer = fc.maxSafeInteger().filter((n) => n !== 0);
    fc.assert(
      fc.property(integer, integer, (p, q) => {
        expect(root(line(q, p))).toBe(-p / q);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('are added over different denominators', () => {
    const integer = fc.integer({ min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(integer, integer, (p, q) => {
        // (x − p)/3 + (x − q)/7 = 0 where x = (7p + 3q)/10, correctly rounded.
        const third = affineQuotient(line(1, -p), affineConstant(3));
        const seventh = affineQuotient(line(1, -q), affineConstant(7));
        expect(root(affineSum(third, seventh))).toBe((7 * p + 3 * q) / 10 + 0);
        expect(root(affineSum(seventh, third))).toBe((7 * p + 3 * q) / 10 + 0);
        // x/3 − p + x/7 − q = 0 where x = 21(p + q)/10.
        const thirdLine = affineSum(affineQuotient(IDENTITY, affineConstant(3)), affineConstant(-p));
        const seventhLine = affineSum(affineQuotient(IDENTITY, affineConstant(7)), affineConstant(-q));
        expect(root(affineSum(thirdLine, seventhLine))).toBe((21 * (p + q)) / 10 + 0);
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it('give back every double exactly', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => x !== 0);
    fc.assert(
      fc.property(doubles, (x) => {
        expect(root(line(-1, x))).toBe(x);
        expect(root(affineQuotient(line(-1, x), affineConstant(3)))).toBe(x);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('count decimals as written', () => {
    expect(root(line(-1, 0.1)) === root(affineSum(line(-1, 0.3), affineConstant(-0.2)))).toBe(true);
    expect(0.3 - 0.2).not.toBe(0.1); // what rounding would have made of it
    expect(root(affineSum(line(0.1 - 1, 0), affineConstant(0.9)))).toBe(1);
  });

  it('have no root when constant, and no form when not affine or not finite', () => {
    expect(root(affineConstant(2))).toBeUndefined();
    expect(affineProduct(IDENTITY, IDENTITY)).toBeUndefined();
    expect(affineQuotient(affineConstant(1), IDENTITY)).toBeUndefined();
    expect(affineQuotient(IDENTITY, affineConstant(0))).toBeUndefined();
    expect(affineConstant(NaN)).toBeUndefined();
    expect(affineConstant(-Infinity)).toBeUndefined();
    expect(affineSum(undefined, IDENTITY)).toBeUndefined();
  });
});
