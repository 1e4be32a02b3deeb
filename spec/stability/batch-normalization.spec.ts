import { solve } from '../../lib/trajectory/solve.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import type { NormalizedOrderParameter } from '../../lib/dynamics/normalized-system.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { LearningRateFamily } from '../../lib/stability/family.js';
import { alignedFixedPoint, stationaryPoint } from '../../lib/stability/fixed-point.js';
import { learningRates } from '../../lib/stability/learning-rates.js';
import { linearMaximum, linearMaximumByDifferences } from '../../lib/stability/maximum-learning-rate.js';
import { reportedBoundExact } from '../../lib/stability/reported-bound.js';
import { relativeError } from '../support/reference.js';
import { withFrozenLength } from './families.js';

// Exact batch normalization of ReLU: its averages are tabulated to 1e-9 of their largest values.

function familyAt(batchSize: number, noiseVariance = 0): LearningRateFamily<NormalizedOrderParameter> {
  return (learningRate) => batchNormalization({ activation: relu, learningRate, batchSize, noiseVariance });
}

describe('the equations of exact batch normalization, ReLU', () => {
  it.each([
    [8, 0.7, 0.6, 0.05, -0.02927437552, 0.19015067949, 0.03184777227],
    [32, 0.8, 0.95, 0.25, 0.0663567848, 0.04185116275, 0.00547127645],
  ])(
    'have the known averages at M = %p, γ = %p, R = %p, S = %p',
    (batchSize, gamma, overlap, noise, a, b, c) => {
      const eta = 0.7;
      const gammaRate = 0.3;
      const length = 1.2;
      const rule = batchNormalization({
        activation: relu,
        learningRate: eta,
        gammaLearningRate: gammaRate,
        batchSize,
        noiseVariance: noise,
      });
      const slope = new Float64Array(3);
      rule.derivative(0, Float64Array.of(gamma, 1 - overlap, length), slope);
      const x = (eta * gamma) / length ** 2;
      // As printed in docs/theory/batch-normalization.md#checks, to 1e-11.
      expect(Math.abs(slope[0] - gammaRate * a)).toBeLessThan(1e-10);
      expect(Math.abs(slope[1] - (-x * b + (overlap * x * x * c) / 2))).toBeLessThan(1e-10);
      expect(Math.abs(slope[2] - (length * x * x * c) / 2)).toBeLessThan(1e-10);
    },
  );

  it('are those of the opposite student when γ is negative', () => {
    const rule = familyAt(8, 0.1)(0.9);
    const [here, there] = [new Float64Array(3), new Float64Array(3)];
    rule.derivative(0, Float64Array.of(0.6, 0.3, 1), here);
    rule.derivative(0, Float64Array.of(-0.6, 1.7, 1), there);
    // Rounding of the angle's supplement.
    expect(Math.abs(there[0] + here[0])).toBeLessThan(1e-13);
    expect(Math.abs(there[1] + here[1])).toBeLessThan(1e-13);
    expect(Math.abs(there[2] - here[2])).toBeLessThan(1e-13);
  });

  it.each([
    [0.6, 0.3, 0.9],
    [1.2, 1.4, 1.3],
    [-0.5, 1.6, 1.1],
  ])('have the Jacobian of their differences at γ = %p, r = %p, L = %p', (...point) => {
    const rule = familyAt(8, 0.05)(0.7);
    const exact = new Float64Array(9);
    rule.jacobian!(0, Float64Array.from(point), exact);
    const at = (column: number, by: number): Float64Array => {
      const state = Float64Array.from(point);
      state[column] += by;
      const out = new Float64Array(3);
      rule.derivative(0, state, out);
      return out;
    };
    const h = 1e-3;
    for (let column = 0; column < 3; column++) {
      const [left, right] = [at(column, -h), at(column, h)];
      for (let row = 0; row < 3; row++) {
        // Truncation h² times third derivatives of order one; the table's 1e-9 over h.
        expect(Math.abs(exact[3 * row + column] - (right[row] - left[row]) / (2 * h))).toBeLessThan(5e-6);
      }
    }
  });
});

describe('fixed points of exact batch normalization, ReLU', () => {
  it.each([
    [8, 0.90871233],
    [32, 0.97696537],
    [256, 0.99709304],
  ])('at M = %p: γ₀ = %p', (batchSize, gamma) => {
    // As printed in docs/theory/batch-normalization.md#checks.
    expect(alignedFixedPoint(familyAt(batchSize), 1)![0]).toBeCloseTo(gamma, 8);
  });

  it('with noise: where the equations come to rest when they are integrated with the length held', () => {
    const family = familyAt(8, 0.1);
    const rule = family(4);
    const [gamma, misalignment] = stationaryPoint(rule, alignedFixedPoint(family, 1)!)!;
    const initial = { gamma: 0.7, overlap: 0.8, length: 1 };
    const rest = solve({ rule: withFrozenLength(rule), initial, until: 60 }).at(60);
    // The solver's 1e-10 per step, for a contracting flow.
    expect(Math.abs(rest.gamma - gamma)).toBeLessThan(1e-8);
    expect(Math.abs(1 - rest.overlap - misalignment)).toBeLessThan(1e-8);
    expect(misalignment).toBeGreaterThan(1e-3);
  });
});

describe('maximum learning rates of exact batch normalization, ReLU', () => {
  it('are 13.04 and 14.35 at M = 8', () => {
    const { maximumLearningRate } = learningRates({ family: familyAt(8), learningRate: 1 });
    // As printed in docs/findings/reported-bound.md.
    expect(maximumLearningRate!.effective).toBeCloseTo(13.04, 2);
    expect(maximumLearningRate!.reduced).toBeCloseTo(14.35, 2);
  });

  it.each([8, 16, 32])('agree with differences of the right-hand side alone, M = %p', (batchSize) => {
    for (const noiseVariance of [0, 0.1]) {
      const family = familyAt(batchSize, noiseVariance);
      const aligned = alignedFixedPoint(family, 1)!;
      const byDifferences = linearMaximumByDifferences(family, aligned);
      // Table entries of 1e-9 over r = 4e-4, the smallest node.
      expect(relativeError(linearMaximum(family, aligned), byDifferences)).toBeLessThan(2e-6);
    }
  });

  it('fall short of the reported bound up to M = 32, with ζ = 3/(8M)', () => {
    for (const { batchSize, gammaDecay, bound, holds } of reportedBoundExact(relu, [4, 8, 32])) {
      expect(gammaDecay).toBe(3 / (8 * batchSize));
      expect(bound).toBe(2 * batchSize + 2 * gammaDecay);
      expect(holds).toEqual({ effective: false, reduced: false });
    }
  });

  it('keep the reported bound at M = 256', () => {
    const [{ holds, maximumLearningRate, bound }] = reportedBoundExact(relu, [256]);
    expect(holds).toEqual({ effective: true, reduced: true });
    expect(maximumLearningRate.effective - bound).toBeGreaterThan(1);
  });
});
