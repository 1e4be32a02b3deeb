import { solve } from '../../lib/trajectory/solve.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import { alignedFixedPoint, stationaryPoint } from '../../lib/stability/fixed-point.js';
import { spectrum } from '../../lib/stability/spectrum.js';
import { relativeError, worst } from '../support/reference.js';
import { familyOf, learningRateTable, nameOf, withFrozenLength, type FamilyCase } from './families.js';

const WN = 'weight-normalization';

describe('the fixed point of gradient flow', () => {
  it('has the γ₀ of the 30-digit table for every normalized rule', () => {
    const errors = learningRateTable.normalized.map((entry) => {
      const aligned = alignedFixedPoint(familyOf(entry), 1)!;
      expect([aligned[1], aligned[2]]).toEqual([0, 1]);
      return relativeError(aligned[0], entry.gammaZero);
    });
    expect(errors.length).toBeGreaterThanOrEqual(48);
    // The drift is known to a few 1e-16 and its slope there is at least 0.15: 1e-14 at worst.
    expect(worst(errors)).toBeLessThan(1e-13);
  });

  it.each([0, 0.05, 0.2, 1.5])('is at 1/(1+ζ) for identity and 1/(1+2ζ) for ReLU, ζ = %p', (gammaDecay) => {
    const common = { rule: WN, batchSize: 3, noiseVariance: 0.1, gammaDecay };
    const linear = alignedFixedPoint(familyOf({ ...common, activation: 'identity' }), 1)!;
    const rectified = alignedFixedPoint(familyOf({ ...common, activation: 'relu' }), 1)!;
    // Rounding of the root finder.
    expect(relativeError(linear[0], 1 / (1 + gammaDecay))).toBeLessThan(1e-14);
    expect(relativeError(rectified[0], 1 / (1 + 2 * gammaDecay))).toBeLessThan(1e-14);
  });

  it('of exact batch normalization, identity, is E[s], 1 − 3/(4M) − 7/(32M²) at large M', () => {
    for (const batchSize of [64, 256, 1024]) {
      const entry = { rule: 'batch-normalization', activation: 'identity', batchSize, noiseVariance: 0.3 };
      const gamma = alignedFixedPoint(familyOf(entry), 1)![0];
      // The next term of the series of the gamma functions is of order 1/M³.
      expect(Math.abs(gamma - (1 - 3 / (4 * batchSize) - 7 / (32 * batchSize ** 2)))).toBeLessThan(
        0.2 / batchSize ** 3,
      );
    }
  });

  it('does not depend on the length at which normalized rules are held, and keeps it', () => {
    const family = familyOf({
      rule: WN,
      activation: 'erf',
      batchSize: 2,
      noiseVariance: 0.1,
      gammaDecay: 0.05,
    });
    const aligned = alignedFixedPoint(family, 3)!;
    expect(aligned[2]).toBe(3);
    expect(relativeError(aligned[0], alignedFixedPoint(family, 1)![0])).toBeLessThan(1e-13);
  });

  it.each(['identity', 'relu', 'erf'])(
    'of SGD, %s, is the teacher itself, label noise or not',
    (activation) => {
      for (const noiseVariance of [0, 0.3]) {
        const family = familyOf({ rule: 'sgd', activation, batchSize: 1, noiseVariance });
        const [misalignment, length] = alignedFixedPoint(family, 7)!;
        expect(misalignment).toBe(0);
        // The drift at one learning rate is that of the other less the noise: a few roundings of numbers of order one.
        expect(relativeError(length, 1)).toBeLessThan(1e-13);
      }
    },
  );

  it('is undefined where γ₀ lies below 1e-3', () => {
    const entry = { rule: WN, activation: 'identity', batchSize: 1, noiseVariance: 0 };
    expect(alignedFixedPoint(familyOf({ ...entry, gammaDecay: 1e4 }), 1)).toBeUndefined();
    expect(alignedFixedPoint(familyOf({ ...entry, gammaDecay: 900 }), 1)![0]).toBeCloseTo(1 / 901, 15);
  });
});

const stationary = learningRateTable.stationaryPoints.map((entry) => ({ ...entry, name: nameOf(entry) }));

describe.each(stationary)('the stationary point of $name at η = $learningRate', (entry) => {
  const family = familyOf(entry);
  const rule = family(entry.learningRate);
  const state = stationaryPoint(rule, alignedFixedPoint(family, 1)!)!;

  it('is that of the 30-digit table, with its eigenvalues', () => {
    // Newton's method stops within 1e-12 of the state; the conditioning of 1 − R costs less than a factor 100.
    expect(relativeError(state[0], entry.gamma)).toBeLessThan(1e-10);
    expect(relativeError(state[1], entry.misalignment)).toBeLessThan(1e-10);
    expect(state[2]).toBe(1);
    const eigenvalues = spectrum(rule, state);
    expect(eigenvalues).toHaveLength(2);
    eigenvalues.forEach(({ real, imaginary }, index) => {
      // The eigenvalues are of order η and follow the state, except near an exceptional point, where the square root
      // of the error counts; none of these is within 1e-2 of one.
      expect(Math.abs(real - Number(entry.eigenvalues[index][0]))).toBeLessThan(1e-9 * entry.learningRate);
      expect(Math.abs(imaginary - Number(entry.eigenvalues[index][1]))).toBeLessThan(
        1e-9 * entry.learningRate,
      );
    });
  });

  it('is where the equations come to rest when they are integrated with the length held', () => {
    const frozen = withFrozenLength(rule as Parameters<typeof withFrozenLength>[0]);
    // Forty time constants of the slowest mode: the start is forgotten to e⁻⁴⁰ = 4e-18.
    const until = -40 / Number(entry.eigenvalues[0][0]);
    const rest = solve({ rule: frozen, initial: { gamma: 0.7, overlap: 0.8, length: 1 }, until }).at(until);
    // The solver's 1e-10 per step, for a contracting flow.
    expect(Math.abs(rest.gamma - state[0])).toBeLessThan(1e-8);
    expect(Math.abs(1 - rest.overlap - state[1])).toBeLessThan(1e-8);
  });
});

describe('the stationary point', () => {
  const linear = (noiseVariance: number): FamilyCase => ({
    rule: 'sgd',
    activation: 'identity',
    batchSize: 3,
    noiseVariance,
  });

  it('of linear SGD has w·w*/N = 1 and ‖w − w*‖²/N = ηS/(2M − η)', () => {
    for (const eta of [0.1, 1, 5.9]) {
      const family = familyOf(linear(0.2));
      const [misalignment, length] = stationaryPoint(family(eta), alignedFixedPoint(family, 1)!)!;
      const excess = (eta * 0.2) / (6 - eta);
      expect(relativeError(length, Math.sqrt(1 + excess))).toBeLessThan(1e-10);
      expect(relativeError(misalignment, 1 - 1 / Math.sqrt(1 + excess))).toBeLessThan(1e-9);
    }
  });

  it('is the aligned fixed point itself where no noise is left there', () => {
    for (const entry of [linear(0), { ...linear(0), rule: WN, activation: 'relu' }]) {
      const family = familyOf(entry);
      const aligned = alignedFixedPoint(family, 1)!;
      expect(stationaryPoint(family(0.5), aligned)).toEqual(aligned);
    }
  });

  it('is undefined where there is none: linear SGD with noise beyond 2M', () => {
    const family = familyOf(linear(0.2));
    expect(stationaryPoint(family(6.5), alignedFixedPoint(family, 1)!)).toBeUndefined();
  });

  it('depends on η and L through η/L² alone for normalized rules', () => {
    const family = familyOf({ ...linear(0.2), rule: WN, activation: 'relu', gammaDecay: 0.1 });
    const at = (eta: number, length: number): Float64Array =>
      stationaryPoint(family(eta), alignedFixedPoint(family, length)!)!;
    const reference = at(0.9, 1);
    const longer = at(3.6, 2);
    expect(longer[2]).toBe(2);
    // Two Newton iterations to 1e-12 each.
    expect(relativeError(longer[0], reference[0])).toBeLessThan(1e-10);
    expect(relativeError(longer[1], reference[1])).toBeLessThan(1e-10);
  });

  it('leaves the rule as it was: searching twice gives the same numbers', () => {
    const family = familyOf({ ...linear(0.2), rule: WN, activation: 'relu', gammaDecay: 0.1 });
    const rule: OrderParameterSystem = family(2);
    const aligned = alignedFixedPoint(family, 1)!;
    expect(stationaryPoint(rule, aligned)).toEqual(stationaryPoint(rule, aligned));
  });
});
