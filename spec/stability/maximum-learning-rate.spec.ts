import { alignedFixedPoint } from '../../lib/stability/fixed-point.js';
import {
  linearMaximum,
  linearMaximumByDifferences,
  maximumByBisection,
  spectralMaximum,
} from '../../lib/stability/maximum-learning-rate.js';
import { relativeError } from '../support/reference.js';
import { familyOf, learningRateTable, limitOf, nameOf, type FamilyCase } from './families.js';

const WN = 'weight-normalization';
const BN = 'batch-normalization';

/** Relative error, 0 where both are infinite. */
function deviation(value: number, expected: number): number {
  return value === expected ? 0 : relativeError(value, expected);
}

const normalized = learningRateTable.normalized.map((entry) => ({ ...entry, name: nameOf(entry) }));

describe.each(normalized)('maximum learning rates of $name, against 30 digits', (entry) => {
  const family = familyOf(entry);
  const aligned = alignedFixedPoint(family, 1)!;

  it('agree: the coefficient of r, and the full Jacobian at L = 1', () => {
    // The root finder stops within two units in the last place; the coefficients are exact to a few.
    expect(deviation(linearMaximum(family, aligned), limitOf(entry.linearReduced))).toBeLessThan(1e-12);
    expect(deviation(spectralMaximum(family, aligned), limitOf(entry.spectral))).toBeLessThan(1e-12);
  });
});

const plain = learningRateTable.sgd.map((entry) => ({ ...entry, name: nameOf(entry) }));

describe.each(plain)('maximum learning rates of $name, against 30 digits', (entry) => {
  const family = familyOf(entry);
  const aligned = alignedFixedPoint(family, 1)!;

  it('agree: the coefficient of r at L = 1', () => {
    expect(deviation(linearMaximum(family, aligned), limitOf(entry.linear))).toBeLessThan(1e-12);
  });

  // With noise the table's Jacobian is taken at L₀(η), where dL/dt = 0 at R = 1; this library takes it at the fixed
  // point of gradient flow, L = 1. The two are one and the same only without noise.
  if (entry.noiseVariance === 0) {
    it('agree: the full Jacobian', () => {
      expect(deviation(spectralMaximum(family, aligned), limitOf(entry.spectral))).toBeLessThan(1e-12);
    });
  }
});

const independent: FamilyCase[] = [
  ...['sgd', WN].flatMap((rule) =>
    ['identity', 'relu', 'leaky-relu', 'erf'].map((activation) => ({
      rule,
      activation,
      batchSize: 2,
      noiseVariance: 0,
    })),
  ),
  ...[4, 8, 32].map((batchSize) => ({ rule: BN, activation: 'identity', batchSize, noiseVariance: 0 })),
];

describe.each(independent.map((entry) => ({ ...entry, name: nameOf(entry) })))(
  'four ways to the maximum learning rate of $name agree at ζ = S = 0',
  (entry) => {
    const family = familyOf(entry);
    const aligned = alignedFixedPoint(family, 1)!;
    const linear = linearMaximum(family, aligned);

    it('differences of the right-hand side alone', () => {
      // Neville's scheme in √r with seven nodes up to 0.14 leaves 1e-8 or less.
      expect(relativeError(linearMaximumByDifferences(family, aligned), linear)).toBeLessThan(1e-6);
    });

    it('the eigenvalues of the full Jacobian', () => {
      expect(relativeError(spectralMaximum(family, aligned), linear)).toBeLessThan(1e-6);
    });

    it('trajectories that turn from decay to growth', () => {
      // Asked for 1e-4 of the maximum; the quadratic terms at 1 − R = 1e-8…1e-4 shift it by less.
      expect(relativeError(maximumByBisection(family, aligned, 1e-4 * linear), linear)).toBeLessThan(1e-3);
    });
  },
);

describe('the maximum learning rate away from ζ = S = 0', () => {
  it('of both senses by differences too: ReLU with decay and noise', () => {
    const family = familyOf({
      rule: WN,
      activation: 'relu',
      batchSize: 3,
      noiseVariance: 0.05,
      gammaDecay: 0.2,
    });
    const aligned = alignedFixedPoint(family, 1)!;
    expect(
      relativeError(linearMaximumByDifferences(family, aligned), linearMaximum(family, aligned)),
    ).toBeLessThan(1e-6);
  });

  it('does not depend on the learning rate of γ, where a real eigenvalue crosses zero', () => {
    // The determinant is η_γ times a function of η.
    const entry = { rule: WN, activation: 'relu', batchSize: 1, noiseVariance: 0.05, gammaDecay: 0.2 };
    const following = familyOf(entry);
    const aligned = alignedFixedPoint(following, 1)!;
    const expected = spectralMaximum(following, aligned);
    for (const gammaRate of [0.3, 30]) {
      expect(relativeError(spectralMaximum(familyOf(entry, gammaRate), aligned), expected)).toBeLessThan(
        1e-12,
      );
    }
  });
});
