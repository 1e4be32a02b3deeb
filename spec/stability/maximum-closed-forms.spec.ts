import { defineActivation } from '../../lib/gaussian/activations/custom.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { LearningRateFamily } from '../../lib/stability/family.js';
import { alignedFixedPoint } from '../../lib/stability/fixed-point.js';
import {
  linearMaximum,
  linearMaximumByDifferences,
  spectralMaximum,
} from '../../lib/stability/maximum-learning-rate.js';
import { relativeError } from '../support/reference.js';
import { familyOf } from './families.js';

const WN = 'weight-normalization';
const BN = 'batch-normalization';

/** Relative error, 0 where both are infinite. */
function deviation(value: number, expected: number): number {
  return value === expected ? 0 : relativeError(value, expected);
}

describe('closed forms of the maximum learning rate (docs/theory/learning-rates.md#the-linear-maximum)', () => {
  const grid = [1, 2, 16].flatMap((batchSize) =>
    [0, 0.05, 0.3].flatMap((noiseVariance) =>
      [0, 0.1, 0.5, 1.3, 2.5].map((gammaDecay) => ({ batchSize, noiseVariance, gammaDecay })),
    ),
  );
  /** 4M/(2γ₀ − (1−γ₀)² − S), infinite where the denominator is not positive. */
  const effective = (gamma: number, batchSize: number, noiseVariance: number): number => {
    const denominator = 2 * gamma - (1 - gamma) ** 2 - noiseVariance;
    return denominator > 0 ? (4 * batchSize) / denominator : Infinity;
  };

  it.each([
    ['identity', 1],
    ['relu', 2],
  ] as const)('weight normalization, %s: ηγ₀/L² = 4M/(2γ₀ − (1−γ₀)² − S)', (activation, perDecay) => {
    for (const place of grid) {
      const family = familyOf({ rule: WN, activation, ...place });
      const gamma = 1 / (1 + perDecay * place.gammaDecay);
      const found = linearMaximum(family, Float64Array.of(gamma, 0, 1)) * gamma;
      // Where the denominator is small it cancels to a tenth at most here.
      expect(deviation(found, effective(gamma, place.batchSize, place.noiseVariance))).toBeLessThan(1e-12);
    }
    expect(grid.some(({ gammaDecay }) => 1 / (1 + perDecay * gammaDecay) < 2 - Math.sqrt(3))).toBe(
      perDecay === 2,
    );
  });

  it('is infinite without noise once γ₀ < 2 − √3, and finite just above', () => {
    const edge = 2 - Math.sqrt(3);
    for (const [activation, perDecay] of [
      ['identity', 1],
      ['relu', 2],
    ] as const) {
      const at = (gamma: number): number => {
        const gammaDecay = (1 / gamma - 1) / perDecay;
        const family = familyOf({ rule: WN, activation, batchSize: 1, noiseVariance: 0, gammaDecay });
        return linearMaximum(family, alignedFixedPoint(family, 1)!);
      };
      expect(at(edge - 1e-6)).toBe(Infinity);
      // 4/(2γ − (1−γ)²) with slope 2(2 − γ) = 3.46 of the denominator at the edge.
      expect(
        relativeError(at(edge + 1e-3) * (edge + 1e-3), 4 / (2 * Math.sqrt(3) * 1e-3 - 1e-6)),
      ).toBeLessThan(1e-9);
    }
  });

  it('scales with L² for normalized rules', () => {
    const family = familyOf({
      rule: WN,
      activation: 'relu',
      batchSize: 2,
      noiseVariance: 0.1,
      gammaDecay: 0.2,
    });
    const [short, long] = [1, 3].map((length) => linearMaximum(family, alignedFixedPoint(family, length)!));
    expect(relativeError(long, 9 * short)).toBeLessThan(1e-13);
  });

  it.each([4, 8, 32, 257])(
    'exact batch normalization, identity, M = %p: η/L² = 2M(M−3)/(M−2)',
    (batchSize) => {
      const family = familyOf({ rule: BN, activation: 'identity', batchSize, noiseVariance: 0 });
      const aligned = alignedFixedPoint(family, 1)!;
      const reduced = (2 * batchSize * (batchSize - 3)) / (batchSize - 2);
      expect(relativeError(linearMaximum(family, aligned), reduced)).toBeLessThan(1e-12);
      expect(relativeError(spectralMaximum(family, aligned), reduced)).toBeLessThan(1e-12);
    },
  );

  /** E[f(z)] of a smooth f by the trapezoidal rule, which converges exponentially. */
  function gaussianMean(f: (z: number) => number): number {
    const h = 0.01;
    let sum = 0;
    for (let k = -1200; k <= 1200; k++) sum += f(k * h) * Math.exp(-((k * h) ** 2) / 2);
    return (sum * h) / Math.sqrt(2 * Math.PI);
  }

  it('SGD without noise: 2M E[g′²]/E[g′⁴], since δ = g′(v)²(u − v) near the teacher', () => {
    const slope = 0.1;
    const cases: [string, number][] = [
      ['identity', 2],
      ['relu', 2],
      ['leaky-relu', (2 * (1 + slope ** 2)) / (1 + slope ** 4)],
      ['erf', (Math.PI * Math.sqrt(15)) / 3],
    ];
    for (const batchSize of [1, 4]) {
      for (const [activation, perSample] of cases) {
        const family = familyOf({ rule: 'sgd', activation, batchSize, noiseVariance: 0 });
        const maximum = linearMaximum(family, alignedFixedPoint(family, 1)!);
        expect(relativeError(maximum, perSample * batchSize)).toBeLessThan(1e-12);
      }
    }
  });

  describe('of an activation known by quadrature, tanh', () => {
    const tanh = remembering(
      defineActivation({ name: 'tanh', value: Math.tanh, derivative: (z) => 1 / Math.cosh(z) ** 2 }),
    );
    const slope = (power: number): number => gaussianMean((z) => Math.cosh(z) ** (-2 * power));
    const expected = (2 * slope(2)) / slope(4);
    const rules: [string, LearningRateFamily][] = [
      ['sgd', (learningRate) => sgd({ activation: tanh, learningRate })],
      [WN, (learningRate) => weightNormalization({ activation: tanh, learningRate })],
    ];

    it.each(rules)('%s: linear, spectral and the closed form are one at ζ = S = 0', (_, family) => {
      const aligned = alignedFixedPoint(family, 1)!;
      const linear = linearMaximum(family, aligned);
      // Averages are known by value only; their derivatives at r = 0 are extrapolated, here to 6e-6 of their size.
      expect(relativeError(linear, expected)).toBeLessThan(1e-5);
      expect(relativeError(spectralMaximum(family, aligned), linear)).toBeLessThan(1e-6);
      // Another extrapolation, of the right-hand side itself.
      expect(relativeError(linearMaximumByDifferences(family, aligned), expected)).toBeLessThan(1e-6);
    });
  });
});

/** The same activation, each average computed once: those at the fixed point are asked for at every learning rate. */
function remembering(activation: Activation): Activation {
  type Write = Activation['averages']['write'];
  const once = (write: Write, count: number): Write => {
    const known = new Map<string, Float64Array>();
    return (gamma, phi, out) => {
      const key = `${gamma} ${phi}`;
      const values = known.get(key) ?? new Float64Array(count);
      if (!known.has(key)) write(gamma, phi, values);
      known.set(key, values);
      out.set(values);
    };
  };
  const { averages } = activation;
  return {
    ...activation,
    averages: {
      ...averages,
      write: once((gamma, phi, out) => {
        averages.write(gamma, phi, out);
      }, 4),
      writeGradient: once((gamma, phi, out) => {
        averages.writeGradient(gamma, phi, out);
      }, 8),
    },
  };
}
