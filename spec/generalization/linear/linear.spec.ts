import fc from 'fast-check';
import { linearGeneralization } from '../../../lib/generalization/linear/linear.js';
import { reference, relativeError, worst } from '../../support/reference.js';

type Quantity = 'gamma' | 'overlap' | 'generalizationError' | 'trainingError' | 'susceptibility';

interface RidgeCase extends Partial<Record<Quantity, string>> {
  readonly load: number;
  readonly gammaDecay: number;
  readonly noiseVariance: number;
  readonly teacherLength: number;
}

/** A dozen operations of positive terms, each rounded once; the worst seen is 9e-16. */
const ROUNDING = 4e-15;

describe('linearGeneralization', () => {
  it('agrees with averages over the Marchenko–Pastur density in full relative precision', () => {
    const { cases } = reference<RidgeCase>('linear-generalization');
    expect(cases.length).toBeGreaterThan(50);
    const quantities: Quantity[] = [
      'gamma',
      'overlap',
      'generalizationError',
      'trainingError',
      'susceptibility',
    ];
    for (const quantity of quantities) {
      const errors = cases.flatMap((known) => {
        const expected = known[quantity];
        if (expected === undefined) return [];
        const { load, gammaDecay, noiseVariance, teacherLength } = known;
        const value = linearGeneralization({ load, gammaDecay, noiseVariance, teacherLength })[quantity];
        return [Number(expected) === 0 ? value : relativeError(value, expected)];
      });
      expect(worst(errors)).toBeLessThan(ROUNDING);
    }
  });

  it.each([
    [1, 0.01, 0.25, 1.1796202427],
    [1, 0.1, 0.1, 0.2701562119],
    [5, 0.02, 0.1, 0.0242468513],
  ])('gives the published error at α = %p, ζ = %p, S = %p', (load, gammaDecay, noiseVariance, expected) => {
    // Ten decimals are printed.
    const { generalizationError } = linearGeneralization({ load, gammaDecay, noiseVariance });
    expect(Math.abs(generalizationError - expected)).toBeLessThan(0.5001e-10);
  });

  it('has the closed forms of the solution of least norm', () => {
    fc.assert(
      fc.property(positive(1e-6, 1e6), positive(1e-3, 1e3), positive(0.1, 10), (load, noise, length) => {
        fc.pre(load !== 1);
        const found = linearGeneralization({ load, noiseVariance: noise, teacherLength: length });
        const wasted = load < 1 ? (load * noise) / (1 - load) : noise / (load - 1);
        const kept = Math.min(load, 1) * length ** 2;
        const expected = length ** 2 * Math.max(0, 1 - load) + wasted;
        expect(relativeError(found.generalizationError, expected)).toBeLessThan(ROUNDING);
        expect(relativeError(found.gamma, Math.sqrt(kept + wasted))).toBeLessThan(ROUNDING);
        expect(relativeError(found.overlap, kept / length / Math.sqrt(kept + wasted))).toBeLessThan(ROUNDING);
        const left = load > 1 ? (noise * (load - 1)) / load : 0;
        expect(Math.abs(found.trainingError - left)).toBeLessThanOrEqual(ROUNDING * left);
        expect(found.warning).toBeUndefined();
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('solves the saddle-point equations', () => {
    // Their form m = αV/(1 + V), C = αV²/(1 + V)², q = (C(1 − 2m + S) + m²)/(1 − C) cancels: 1e-11 of the largest term in
    // the range tried here, where 1 − C and V stay above 1e-3.
    fc.assert(
      fc.property(positive(0.1, 10), positive(0.01, 10), positive(1e-2, 10), (load, decay, noise) => {
        const found = linearGeneralization({ load, gammaDecay: decay, noiseVariance: noise });
        const v = found.susceptibility;
        const ridge = load * decay;
        expect(Math.abs(ridge * v * v + (ridge + load - 1) * v - 1)).toBeLessThan(1e-11 * (1 + v * v));
        const m = (load * v) / (1 + v);
        const c = m ** 2 / load;
        const q = (c * (1 - 2 * m + noise) + m * m) / (1 - c);
        expect(relativeError(found.gamma ** 2, q)).toBeLessThan(1e-11);
        expect(relativeError(found.gamma * found.overlap, m)).toBeLessThan(1e-11);
        expect(Math.abs(found.generalizationError - (1 - 2 * m + q))).toBeLessThan(1e-11 * (1 + q));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('reaches the limits of tiny and huge decay', () => {
    for (const size of [1e-250, 1e-300]) {
      const found = linearGeneralization({ load: 1, gammaDecay: size, noiseVariance: 0.25 });
      // λ → 0 at α = 1: V → λ^(−1/2), ε → S/(2√λ), the next terms smaller by √λ.
      const root = Math.sqrt(size);
      expect(relativeError(found.susceptibility, 1 / root)).toBeLessThan(ROUNDING);
      expect(relativeError(found.generalizationError, 0.25 / (2 * root))).toBeLessThan(ROUNDING);
      expect(relativeError(found.trainingError, (0.25 * root) / 2)).toBeLessThan(ROUNDING);
      expect(relativeError(found.overlap, Math.sqrt((2 * root) / 0.25))).toBeLessThan(ROUNDING);
    }
    for (const load of [1e-6, 0.5, 1, 2, 1e6]) {
      const decay = 1e300;
      const found = linearGeneralization({ load, gammaDecay: decay, noiseVariance: 0.3, teacherLength: 2 });
      // λ → ∞: w → Xᵀt/λ, of second moment (ρ(1 + α) + S)α/λ² and overlap T√α/√(ρ(1 + α) + S).
      const moment = 4 * (1 + load) + 0.3;
      expect(relativeError(found.gamma, Math.sqrt(moment / load) / decay)).toBeLessThan(ROUNDING);
      expect(relativeError(found.overlap, 2 * Math.sqrt(load / moment))).toBeLessThan(ROUNDING);
      expect(relativeError(found.generalizationError, 4)).toBeLessThan(ROUNDING);
      expect(relativeError(found.trainingError, 4.3)).toBeLessThan(ROUNDING);
    }
  });

  it('never gives NaN, an overlap outside [0, 1] or a negative error', () => {
    fc.assert(
      fc.property(
        positive(1e-6, 1e6),
        fc.oneof(positive(1e-300, 1e300), fc.constant(0)),
        fc.oneof(positive(1e-100, 1e100), fc.constant(0)),
        positive(1e-50, 1e50),
        (load, gammaDecay, noiseVariance, teacherLength) => {
          const found = linearGeneralization({ load, gammaDecay, noiseVariance, teacherLength });
          const { gamma, overlap, generalizationError, trainingError, susceptibility } = found;
          for (const value of [gamma, overlap, generalizationError, trainingError, susceptibility]) {
            expect(value).toBeGreaterThanOrEqual(0); // false for NaN
          }
          expect(overlap).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('diverges at load 1 without decay, and says so', () => {
    const noisy = linearGeneralization({ load: 1, noiseVariance: 0.1 });
    expect(noisy).toMatchObject({
      gamma: Infinity,
      overlap: 0,
      generalizationError: Infinity,
      trainingError: 0,
    });
    expect(noisy.warning).toMatch(/diverge/);
    const clean = linearGeneralization({ load: 1, teacherLength: 3 });
    expect(clean).toEqual({
      load: 1,
      gamma: 3,
      overlap: 1,
      generalizationError: 0,
      trainingError: 0,
      susceptibility: Infinity,
    });
  });

  it.each([
    [{ load: 0 }, '`load` must be a finite number > 0; got 0'],
    [{ load: 1, gammaDecay: -1 }, '`gammaDecay` must be a finite number >= 0; got -1'],
    [
      { load: 1e200, gammaDecay: 1e200 },
      '`gammaDecay` must be 0 or from 1e-307 to 1e307 after multiplication by load; got 1e+200',
    ],
    [{ load: 1, noiseVariance: NaN }, '`noiseVariance` must be a finite number >= 0; got NaN'],
    [{ load: 1, teacherLength: 0 }, '`teacherLength` must be a number from 1e-150 to 1e+150; got 0'],
  ])('refuses %p', (options, message) => {
    expect(() => linearGeneralization(options)).toThrow(new RangeError(message));
  });
});

/** Numbers spread evenly in their logarithm. */
function positive(low: number, high: number): fc.Arbitrary<number> {
  return fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
}
