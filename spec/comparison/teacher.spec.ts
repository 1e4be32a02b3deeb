import { compareDecomposition } from '../../lib/comparison/batch-decomposition.js';
import { publishedGammaDecay } from '../../lib/comparison/published-decay.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { gammaDecayAtFixedPoint, gammaDecayFromState } from '../../lib/regularization/decay-from-state.js';
import { pValuesOf, scatterRatios, type Setting } from './teacher-experiments.js';

const common = { learningRate: 0.6, noiseVariance: 0.1, teacherActivation: identity };
const start = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const plainStart = { overlap: 0.1, length: 0.8 };

const settings: Setting[] = [
  ['SGD of ReLU', sgd({ ...common, activation: relu, teacherLength: 1.5 }), plainStart],
  ['WN of ReLU', weightNormalization({ ...common, activation: relu, gammaDecay: 0.2, batchSize: 2 }), start],
  [
    'BN of ReLU',
    batchNormalization({ ...common, activation: relu, teacherLength: 1.5, batchSize: 8 }),
    start,
  ],
];

describe('students of a teacher of another kind, against their equations', () => {
  // Seeds fixed before looking; 6 tests at p > 1e-3.
  it.each(settings)('agree in mean, by both engines: %s', (...setting) => {
    for (const engine of ['explicit', 'dimension-free'] as const)
      expect(pValuesOf(setting, engine, [7])[0]).toBeGreaterThan(1e-3);
  });

  it.each(settings.slice(0, 2))('agree in their scatter: %s', (...setting) => {
    // Four standard deviations of 4.1 percent, and 1/N = 0.1 percent.
    for (const ratio of scatterRatios(setting, 3)) expect(Math.abs(ratio - 1)).toBeLessThan(0.165);
  });
});

describe('batch normalization and its decomposition beside a teacher of another kind', () => {
  it('rest at the γ₀ that their equations have: exact from E[s], decomposed from ζ', () => {
    const { points } = compareDecomposition({
      ...{
        activation: identity,
        teacherLength: 2,
        batchSizes: [8],
        learningRate: 0.5,
        initial: start,
        until: 5,
      },
    });
    // The linear unit: κ T and T/(1 + ζ), κ = E[s] = 1.6/√π at M = 8.
    expect(points[0].exact.gamma).toBeCloseTo(3.2 / Math.sqrt(Math.PI), 12);
    expect(points[0].decomposed.gamma).toBeCloseTo(2 / (1 + 3 / 32), 12);
    const { points: bent } = compareDecomposition({
      ...{ activation: relu, teacherActivation: identity, batchSizes: [16], learningRate: 0.5 },
      ...{ initial: start, until: 5 },
    });
    expect(bent[0].decomposed.gamma).toBeCloseTo(1 / (1 + 2 * publishedGammaDecay(relu, 16)), 12);
  });

  it('take ζ of other units at the fixed point beside that teacher', () => {
    const teacher = { teacherActivation: identity, teacherLength: 0.4 };
    const { gamma, gammaDecay } = gammaDecayAtFixedPoint({ activation: erf, batchSize: 8, ...teacher });
    expect(publishedGammaDecay(erf, 8, teacher)).toBe(gammaDecay);
    expect(gammaDecay).not.toBe(publishedGammaDecay(erf, 8));
    // E[δv] = ζγ at R = 1 in closed form: (2/π)^½ T/(1+γ²)^{3/2} − (2/π) γ/((1+γ²)√(1+2γ²)).
    const [square, T] = [gamma * gamma, 0.4];
    const pull = (Math.sqrt(2 / Math.PI) * T) / (1 + square) ** 1.5;
    const own = ((2 / Math.PI) * gamma) / ((1 + square) * Math.sqrt(1 + 2 * square));
    expect(Math.abs(pull - own - gammaDecay * gamma)).toBeLessThan(1e-10);
  });

  it('score identity by T² − 2TRγ + γ² and what follows', () => {
    const [gamma, overlap, T, S] = [0.6, 0.8, 1.5, 0.2];
    const { scoreInformation } = gammaDecayFromState({
      ...{ activation: identity, batchSize: 8, gamma, overlap, teacherLength: T, noiseVariance: S },
    });
    // E[(TRv − γv + T sin φ z + ξ)²v²] = 3(TR − γ)² + T²(1 − R²) + S
    const expected = 3 * (T * overlap - gamma) ** 2 + T * T * (1 - overlap ** 2) + S;
    expect(Math.abs(scoreInformation! - expected)).toBeLessThan(1e-9);
  });
});
