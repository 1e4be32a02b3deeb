import { bernoulliLikelihood, gaussianLikelihood, logistic } from '../../lib/regularization/likelihood.js';

describe.each([gaussianLikelihood, bernoulliLikelihood])(
  'the $name likelihood',
  ({ mean, variance, loss }) => {
    it.each([-3, -0.4, 0, 1.7])('has ∂ℓ/∂o = E[t|o] − t and ∂²ℓ/∂o² = Var(t|o) at o = %d', (output) => {
      const step = 1e-4;
      for (const label of [0, 1]) {
        const [left, centre, right] = [-step, 0, step].map((move) => loss(label, output + move));
        // Central differences err by step² times a derivative of order one; the second one by rounding, 1e-16/step².
        expect(Math.abs((right - left) / (2 * step) - (mean(output) - label))).toBeLessThan(1e-8);
        expect(Math.abs((right - 2 * centre + left) / step ** 2 - variance(output))).toBeLessThan(3e-7);
      }
    });
  },
);

describe('the logistic function and loss', () => {
  it('do not overflow', () => {
    expect([logistic(-1000), logistic(1000), logistic(0)]).toEqual([0, 1, 0.5]);
    expect(logistic(-700)).toBe(Math.exp(-700));
    expect(bernoulliLikelihood.loss(0, 1000)).toBe(1000);
    expect(bernoulliLikelihood.loss(1, -1000)).toBe(1000);
    expect(bernoulliLikelihood.variance(800)).toBe(0);
  });

  it('are minus the logarithm of the probability of the label', () => {
    expect(bernoulliLikelihood.loss(1, 0.3)).toBeCloseTo(-Math.log(logistic(0.3)), 14);
    expect(bernoulliLikelihood.loss(0, 0.3)).toBeCloseTo(-Math.log(1 - logistic(0.3)), 14);
  });
});
