import fc from 'fast-check';
import { bracketedRoot } from '../../lib/numerics/root-finding.js';

/** Two units in the last place: what a bracket of that width allows. */
const LAST_PLACES = 2 * Number.EPSILON;

function counted(f: (x: number) => number): { f: (x: number) => number; calls: () => number } {
  let calls = 0;
  return { f: (x) => (calls++, f(x)), calls: () => calls };
}

describe('bracketedRoot', () => {
  it('finds roots known in closed form or from tables to the last places', () => {
    const cases: [(x: number) => number, number, number, number][] = [
      [Math.cos, 0, 3, Math.PI / 2],
      [(x) => Math.exp(x) - 2, -40, 40, Math.LN2],
      [(x) => x * x - 2, 0, 1e9, Math.SQRT2],
      [(x) => x ** 3 - 2 * x - 5, 2, 3, 2.0945514815423265], // Wallis 1685; OEIS A007493
      [(x) => x - Math.cos(x), 0, 1, 0.7390851332151607], // Dottie number, OEIS A003957
      [(x) => x * Math.exp(x) - 1, 0, 1, 0.5671432904097838], // omega constant, OEIS A030178
    ];
    for (const [f, lo, hi, root] of cases) {
      expect(Math.abs(bracketedRoot(f, lo, hi) - root)).toBeLessThanOrEqual(LAST_PLACES * root);
      expect(bracketedRoot(f, hi, lo)).toBeCloseTo(root, 14);
    }
  });

  it('finds a root anywhere, large or tiny, to the last places', () => {
    // x − r is exact near r, so the sign of f changes exactly at r; 500 runs.
    const roots = fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((r) => Math.abs(r) > 1e-300);
    fc.assert(
      fc.property(roots, fc.double({ min: 0.01, max: 100, noNaN: true }), (r, steepness) => {
        const f = (x: number): number => Math.tanh(steepness * (x - r)) + (x - r) ** 3;
        const x = bracketedRoot(f, r - 1 - 3 * Math.abs(r), r + 2 + Math.abs(r));
        expect(Math.abs(x - r)).toBeLessThanOrEqual(LAST_PLACES * Math.abs(r));
      }),
      { seed: 20, numRuns: 500 },
    );
  });

  it('needs about ten values for a smooth function', () => {
    const { f, calls } = counted((x) => x ** 3 - 2 * x - 5);
    bracketedRoot(f, 2, 3);
    expect(calls()).toBeLessThanOrEqual(12); // bisection needs 53
  });

  it('is exact after three values where the inverse function is a parabola', () => {
    const { f, calls } = counted((x) => Math.sqrt(x + 2) - 1.5);
    expect(bracketedRoot(f, -1.9, 7)).toBeCloseTo(0.25, 15);
    expect(calls()).toBeLessThanOrEqual(6); // the ends, a secant, the parabola, and rounding
  });

  it('ends for every bracket, within 2,300 values', () => {
    const hard: [(x: number) => number, number, number, number][] = [
      [(x) => (x > 1e-300 ? 1 : -1), -1e300, 2e300, 1e-300],
      [(x) => (x < -0.3 ? 1e-200 : -1e200), -1e308, 1e308, -0.3],
      [(x) => Math.sign(x) * Math.abs(x) ** 0.01, -1, 3, 0],
    ];
    for (const [f, lo, hi, root] of hard) {
      const probe = counted(f);
      const x = bracketedRoot(probe.f, lo, hi);
      expect(Math.abs(x - root)).toBeLessThanOrEqual(LAST_PLACES * Math.abs(root) + Number.MIN_VALUE);
      expect(probe.calls()).toBeLessThanOrEqual(2300);
    }
    const flat = counted((x) => (x - 1) ** 21);
    // (x − 1)^21 underflows to 0 within 10^(−308/21) of 1: any point there is a root.
    expect(Math.abs(bracketedRoot(flat.f, 0, 3) - 1)).toBeLessThan(1e-14);
    expect(flat.calls()).toBeLessThanOrEqual(2300);
  });

  it('returns an end that is a root, and stops early at a tolerance', () => {
    expect(bracketedRoot((x) => x - 1, 1, 5)).toBe(1);
    expect(bracketedRoot((x) => x - 5, 1, 5)).toBe(5);
    const { f, calls } = counted((x) => x ** 3 - 2 * x - 5);
    expect(Math.abs(bracketedRoot(f, 2, 3, 0.01) - 2.0945514815423265)).toBeLessThanOrEqual(0.01);
    expect(calls()).toBeLessThanOrEqual(6);
  });

  it('refuses ends of one sign, ends that are not finite, and values that are not finite', () => {
    expect(() => bracketedRoot((x) => x * x + 1, -1, 2)).toThrow(
      new RangeError('`f` must have opposite signs at `lo` and `hi`; got 2 at -1 and 5 at 2'),
    );
    expect(() => bracketedRoot((x) => x, -Infinity, 2)).toThrow(
      new RangeError('`lo` must be a finite number; got -Infinity'),
    );
    expect(() => bracketedRoot((x) => x, -1, NaN)).toThrow(
      new RangeError('`hi` must be a finite number; got NaN'),
    );
    expect(() => bracketedRoot(Math.log, -1, 2)).toThrow(
      new RangeError('`f(-1)` must be a finite number; got NaN'),
    );
    expect(() => bracketedRoot((x) => 1 / x, -1, 1)).toThrow(
      new RangeError('`f(0)` must be a finite number; got Infinity'),
    );
    expect(() => bracketedRoot((x) => x, -1, 1, -1)).toThrow(RangeError);
  });
});
