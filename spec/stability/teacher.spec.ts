import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { expressionActivation } from '../../lib/gaussian/activations/custom.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { alignedFixedPoint } from '../../lib/stability/fixed-point.js';
import { learningRates } from '../../lib/stability/learning-rates.js';
import { linearMaximum } from '../../lib/stability/maximum-learning-rate.js';
import type { LearningRateFamily } from '../../lib/stability/family.js';

const normalized =
  (activation: Activation, teacherActivation: Activation, teacherLength: number, gammaDecay = 0) =>
  (learningRate: number) =>
    weightNormalization({
      activation,
      teacherActivation,
      teacherLength,
      learningRate,
      gammaDecay,
      batchSize: 2,
    });

const plain =
  (activation: Activation, teacherActivation: Activation, teacherLength: number) => (learningRate: number) =>
    sgd({ activation, teacherActivation, teacherLength, learningRate, batchSize: 3 });

describe('the fixed point at R = 1 beside a teacher of another kind', () => {
  // E[g*(Tv)g(v)] = (h + ζ)γ by hand: of the pairs here T, T/2, T/2, T/2 on the left.
  it.each([
    ['identity', identity, identity, 1.4, 0.3, 1.4 / 1.3],
    ['ReLU, linear teacher', relu, identity, 1.4, 0.2, 0.7 / 0.7],
    ['identity, ReLU teacher', identity, relu, 1.4, 0.2, 0.7 / 1.2],
    ['ReLU, teacher |z|', relu, leakyRelu(-1), 1.4, 0, 1.4],
  ] as const)('of weight normalization solves E[δv] = ζγ: %s', (_, student, teacher, T, zeta, gamma) => {
    const aligned = alignedFixedPoint(normalized(student, teacher, T, zeta), 1)!;
    expect(Math.abs(aligned[0] - gamma)).toBeLessThan(1e-14);
    expect(aligned[1]).toBe(0);
  });

  it('of batch normalization is κT where only one of the two has a kink, κ = E[s]', () => {
    for (const [activation, teacherActivation, share] of [
      [relu, identity, 1],
      [identity, relu, 0.5],
    ] as const) {
      const family = (learningRate: number) =>
        batchNormalization({ activation, teacherActivation, teacherLength: 1.5, learningRate, batchSize: 8 });
      // κ = 1.6/√π at M = 8; the table is good to 1e-9 of its largest value.
      const expected = (1.5 * share * 1.6) / Math.sqrt(Math.PI);
      expect(Math.abs(alignedFixedPoint(family, 1)![0] - expected)).toBeLessThan(2e-9);
    }
  });

  it('of SGD is the length T of a teacher of its own kind, and 2M its maximum still', () => {
    for (const activation of [identity, relu]) {
      const family = plain(activation, activation, 1.7);
      const aligned = alignedFixedPoint(family, 1)!;
      expect(Math.abs(aligned[1] - 1.7)).toBeLessThan(1e-14);
      expect(Math.abs(linearMaximum(family, aligned) - 6)).toBeLessThan(1e-9);
    }
  });

  // At γ = T: ∂_r E[δ(u−Rv)] = (2/π) T 2/√(1+2T²), ∂_r E[δ²] = E[g′²] ∂_r (2/π)(α + β − 2χ′) by the arcs of Saad and Solla.
  it('of erf has its maximum from the arcsine law at length T', () => {
    const T = 1.6;
    const family = plain(erf, erf, T);
    const aligned = alignedFixedPoint(family, 1)!;
    expect(Math.abs(aligned[1] - T)).toBeLessThan(1e-12);
    const tau = 1 / (1 + 2 * T * T);
    const arcs = (r: number): number => {
      const R = 1 - r;
      const [x, y, xy] = [T * T * (R * R * tau + 1 - R * R), T * T * tau, T * T * R * tau];
      const cosine = xy / Math.sqrt((1 + x) * (1 + y));
      return (2 / Math.PI) * (Math.asin(x / (1 + x)) + Math.asin(y / (1 + y)) - 2 * Math.asin(cosine));
    };
    const gain = (2 / Math.PI) * Math.sqrt(tau);
    // Extrapolated differences at 1e-4 lose h² = 1e-8 and rounding 1e-16/h = 1e-12.
    const power = gain * ((4 * arcs(1e-4) - arcs(2e-4)) / 2e-4);
    const pull = ((2 / Math.PI) * T * 2) / Math.sqrt(1 + 2 * T * T);
    // −(η/L)∂B + ½(η/L)²∂C/M = 0
    expect(Math.abs(linearMaximum(family, aligned) / ((2 * T * pull * 3) / power) - 1)).toBeLessThan(1e-6);
  });

  it('of a student in units c as large has its maximum at η/L² = 2M/c²', () => {
    const family = normalized(relu, relu, 2);
    const { maximumLearningRate, fixedPoint, stationaryPoint } = learningRates({ family, learningRate: 0.1 });
    expect(fixedPoint!.orderParameters.gamma).toBeCloseTo(2, 13);
    expect(stationaryPoint!.misalignment).toBe(0);
    expect(Math.abs(maximumLearningRate!.reduced! - 1)).toBeLessThan(1e-9);
  });

  it('is no point of rest at any learning rate where the student cannot be its teacher, and that is said', () => {
    const families: LearningRateFamily[] = [plain(identity, relu, 1), normalized(relu, identity, 1, 0.1)];
    for (const family of families) {
      const { outcome, stationaryPoint, maximumLearningRate } = learningRates({ family, learningRate: 0.2 });
      expect(outcome).toBe('found');
      expect(stationaryPoint!.misalignment).toBeGreaterThan(1e-4);
      expect(maximumLearningRate!.message).toMatch(/R = 1 is not a fixed point here/);
    }
  });

  it('is one for a ReLU student of a linear teacher all the same: its gate hides what it misses', () => {
    const family = plain(relu, identity, 1.5);
    const { fixedPoint, stationaryPoint, maximumLearningRate } = learningRates({ family, learningRate: 0.2 });
    expect(fixedPoint!.orderParameters.length).toBeCloseTo(1.5, 13);
    expect(stationaryPoint!.misalignment).toBe(0);
    // dr/dt = −ηr + ½η²r/M: E[δ(u−Rv)] = T sin²φ/2, E[δ²] = T²(1 − R) at L = T.
    expect(Math.abs(maximumLearningRate!.effective! - 6)).toBeLessThan(1e-9);
  });

  it('is none where the teacher leaves γ at 0, and where it repels', async () => {
    // E[|v| v] = 0; and for 1 − z/10 the ReLU student has γ₀ = E[(1 − v/10)v⁺]/½ > 0 but E[g*′g′] = −1/20.
    for (const [student, teacher] of [
      [identity, leakyRelu(-1)],
      [relu, await expressionActivation('1 - 0.1 z')],
    ] as const) {
      for (const family of [
        plain(student, teacher, 1),
        normalized(student, teacher, 1),
      ] as LearningRateFamily[]) {
        expect(alignedFixedPoint(family, 1)).toBeUndefined();
        expect(learningRates({ family, learningRate: 0.2 })).toMatchObject({
          outcome: 'no-fixed-point',
          message:
            'gradient flow has no fixed point with R = 1 that attracts it, at a scale between 1e-3 and 1e3',
        });
      }
    }
  });
});
