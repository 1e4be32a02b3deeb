import { erf } from '../../lib/gaussian/activations/erf.js';
import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { gammaDecayAtFixedPoint, gammaDecayFromState } from '../../lib/regularization/decay-from-state.js';
import { bernoulliLikelihood } from '../../lib/regularization/likelihood.js';

// Quadrature to 1e-9.
const DIGITS = 8;

describe('ζ of a Gaussian field at a state of teacher and student', () => {
  it.each([4, 32, 1000])(
    'is 3/(4M) for identity and 3/(8M) for ReLU under the squared loss, at M = %p',
    (m) => {
      for (const gamma of [0.3, 1, 2]) {
        const linear = gammaDecayFromState({ activation: identity, batchSize: m, gamma, overlap: 0.4 });
        expect(linear.gammaDecay * m).toBeCloseTo(3 / 4, DIGITS);
        // ρ = 0, I = 1: (2/8)/M from σ_B and (1/2)/M from μ_B.
        expect(linear.fromDeviation * m).toBeCloseTo(1 / 4, DIGITS);
        expect(linear.fromMean * m).toBeCloseTo(1 / 2, DIGITS);
        const rectified = gammaDecayFromState({ activation: relu, batchSize: m, gamma });
        expect(rectified.gammaDecay * m).toBeCloseTo(3 / 8, DIGITS);
        expect(rectified.fromMean * m).toBeCloseTo(1 / 4, DIGITS);
      }
    },
  );

  it('under the mean squared score of identity is made of 3(R − γ)² + 1 − R² + S', () => {
    for (const [gamma, overlap, noiseVariance] of [
      [0.5, 0.3, 0.2],
      [1.4, -0.6, 0],
      [1, 1, 1],
    ] as const) {
      const decay = gammaDecayFromState({
        activation: identity,
        batchSize: 8,
        gamma,
        overlap,
        noiseVariance,
        information: 'score',
      });
      const expected = 3 * (overlap - gamma) ** 2 + 1 - overlap ** 2 + noiseVariance;
      expect(decay.fisherInformation).toBeCloseTo(expected, DIGITS);
      expect(decay.fromDeviation).toBeCloseTo((2 * expected) / 64, DIGITS);
      // E[v²] = 1 whatever the labels.
      expect(decay.modelInformation).toBeCloseTo(1, DIGITS);
    }
  });

  it('has for erf E[g′²] and E[g′²v²] in closed form', () => {
    const gamma = 0.7;
    const decay = gammaDecayFromState({ activation: erf, batchSize: 16, gamma });
    // g′(γv)² = (2/π)exp(−γ²v²) reweights v to variance 1/(1 + 2γ²).
    const variance = 1 / (1 + 2 * gamma * gamma);
    const gain = (2 / Math.PI) * Math.sqrt(variance);
    expect(decay.fromMean * 32).toBeCloseTo(gain, DIGITS);
    expect(decay.modelInformation).toBeCloseTo(gain * variance, DIGITS);
  });

  it('of the logistic likelihood and identity averages the variance of the labels', () => {
    const decay = gammaDecayFromState({
      activation: identity,
      batchSize: 10,
      gamma: 1e-4,
      likelihood: bernoulliLikelihood,
    });
    // p(1 − p) = 1/4 at γ → 0, the next order γ².
    expect(decay.fromMean * 20).toBeCloseTo(0.25, 7);
    expect(decay.modelInformation).toBeCloseTo(0.25, 7);
  });
});

describe('ζ at its own fixed point', () => {
  it.each([
    [identity, 1, 1],
    [identity, 0.6, 0.6],
    [relu, 1, 1],
  ] as const)('sits at R/(1 + 3/(4M)), case %#', (activation, overlap, gammaInfinity) => {
    const { gamma } = gammaDecayAtFixedPoint({ activation, batchSize: 8, overlap });
    expect(gamma).toBeCloseTo(gammaInfinity / (1 + 3 / 32), DIGITS);
  });

  it('tends for any activation to γ = 1 at R = 1 as M grows', () => {
    for (const activation of [softplus, erf]) {
      const { gamma } = gammaDecayAtFixedPoint({ activation, batchSize: 1_000_000 });
      // The shift is ζ over the curvature of the loss, of order 1/M.
      expect(Math.abs(gamma - 1)).toBeLessThan(1e-5);
      expect(gamma).toBeLessThan(1);
    }
  });
});

describe('arguments', () => {
  it.each([
    [{ batchSize: 1 }, '`batchSize` must be an integer >= 2; got 1'],
    [{ overlap: 1.5 }, '`overlap` must be a number from -1 to 1; got 1.5'],
    [{ noiseVariance: -1 }, '`noiseVariance` must be a finite number >= 0; got -1'],
    [{ gamma: NaN }, '`gamma` must be a finite number; got NaN'],
    [
      { likelihood: bernoulliLikelihood, noiseVariance: 1 },
      '`noiseVariance` must be 0 for likelihood bernoulli; got 1',
    ],
    [{ information: 'none' as 'model' }, '`information` must be model or score; got "none"'],
  ])('case %#: %p', (change, message) => {
    expect(() => gammaDecayFromState({ activation: identity, batchSize: 8, gamma: 1, ...change })).toThrow(
      message,
    );
  });

  it('a fixed point is refused where there is none', () => {
    expect(() => gammaDecayAtFixedPoint({ activation: identity, batchSize: 8, overlap: -0.5 })).toThrow(
      '`overlap` must be one with a fixed point of gamma > 0',
    );
  });
});
