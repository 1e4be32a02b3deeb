import { ruleOf, type RuleCase } from '../support/rules.js';
import { stateFrom } from '../support/students.js';

const common = { learningRate: 0.7, gammaLearningRate: 0.2, batchSize: 8, noiseVariance: 0.1 };
const cases: RuleCase[] = [
  { rule: 'sgd', activation: 'erf', ...common },
  { rule: 'sgd', activation: 'leaky-relu', ...common },
  { rule: 'weight-normalization', activation: 'relu', ...common, gammaDecay: 0.3 },
  { rule: 'batch-normalization', activation: 'identity', ...common },
];

describe.each(cases)('gradients of observables of $rule, $activation', (entry) => {
  const rule = ruleOf(entry);
  const size = rule.layout.names.length;
  const names = ['generalizationError', 'effectiveLearningRate', 'reducedLearningRate'] as const;

  it.each(names)('%s: as extrapolated differences', (name) => {
    for (const point of [
      [0.6, 0.3, 0.9],
      [1.2, 1.4, 1.3],
      [-0.8, 0.9, 1.1],
    ]) {
      const state = stateFrom(rule, { gamma: point[0], misalignment: point[1], length: point[2] });
      const value = (at: Float64Array): number => rule.observables[name](0.5, at);
      const out = new Float64Array(size);
      rule.observableGradients![name](0.5, state, out);
      for (let i = 0; i < size; i++) {
        const difference = (h: number): number => {
          const [up, down] = [state.slice(), state.slice()];
          up[i] += h;
          down[i] -= h;
          return (value(up) - value(down)) / (2 * h);
        };
        const [coarse, fine] = [difference(2e-3), difference(1e-3)];
        // Truncation h⁴ = 1e-12, rounding 1e-16/h = 1e-13, both times derivatives of order ten.
        expect(Math.abs(out[i] - (fine + (fine - coarse) / 3))).toBeLessThan(1e-10);
      }
    }
  });

  it('has a one-sided derivative of the generalization error at R = 1 and R = −1', () => {
    for (const [r, inward] of [
      [0, 1],
      [2, -1],
    ]) {
      const state = stateFrom(rule, { gamma: 0.7, misalignment: r, length: 0.7 });
      const moved = stateFrom(rule, { gamma: 0.7, misalignment: r + inward * 1e-8, length: 0.7 });
      const out = new Float64Array(size);
      rule.observableGradients!.generalizationError(0, state, out);
      const { observables } = rule;
      const change = observables.generalizationError(0, moved) - observables.generalizationError(0, state);
      const quotient = (inward * change) / 1e-8;
      // The next term is √r = 1e-4 where g has a kink; rounding 1e-8.
      expect(Math.abs(out[size - 2] - quotient)).toBeLessThan(3e-4);
    }
  });
});
