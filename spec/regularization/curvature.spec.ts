import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { meanCurvature, modelCurvature } from '../../lib/regularization/curvature.js';
import { bernoulliLikelihood, gaussianLikelihood } from '../../lib/regularization/likelihood.js';

const activations = [identity, relu, leakyRelu(0.2), softplus, erf];
const likelihoods = [gaussianLikelihood, bernoulliLikelihood];

describe('the curvature of the loss in the pre-activation', () => {
  it.each(
    activations.flatMap((g) =>
      likelihoods.map((likelihood) => [g.name, likelihood.name, g, likelihood] as const),
    ),
  )(
    'is the second derivative of the loss under the model’s own labels: %s, %s',
    (_g, _likelihood, activation, likelihood) => {
      const step = 1e-4;
      for (const z of [-1.3, -0.2, 0.5, 2]) {
        // The loss is linear in the label up to a term free of z, so its mean over labels is the loss at their mean.
        const label = likelihood.mean(activation.value(z));
        const loss = (move: number): number => {
          const output = activation.value(z + move);
          return (
            likelihood.loss(0, output) - label * (likelihood.loss(0, output) - likelihood.loss(1, output))
          );
        };
        const second = (loss(step) - 2 * loss(0) + loss(-step)) / step ** 2;
        // Differences: step² times a fourth derivative, and rounding of 1e-16/step².
        expect(Math.abs(modelCurvature(activation, likelihood)(z) - second)).toBeLessThan(1e-6);
      }
    },
  );

  it('is evaluated at γh̄ for μ_B’s part', () => {
    expect(meanCurvature(softplus, gaussianLikelihood, 2)(0.3)).toBeCloseTo(
      (1 / (1 + Math.exp(-0.6))) ** 2,
      14,
    );
    expect(meanCurvature(identity, bernoulliLikelihood, 2)(0.3)).toBeCloseTo(
      Math.exp(0.6) / (1 + Math.exp(0.6)) ** 2,
      14,
    );
  });

  it('of ReLU is sig(h̄) for the squared loss, as published, and the gate itself for Bernoulli', () => {
    expect(meanCurvature(relu, gaussianLikelihood, 5)(-0.7)).toBeCloseTo(1 / (1 + Math.exp(0.7)), 14);
    expect(meanCurvature(relu, bernoulliLikelihood, 5)(-0.7)).toBe(0);
    expect(meanCurvature(leakyRelu(0.2), gaussianLikelihood, 5)(-0.7)).toBeCloseTo(0.04, 14);
  });
});
