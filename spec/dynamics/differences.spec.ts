import { jacobianOf } from '../../lib/dynamics/differences.js';
import { gradientOf } from '../../lib/dynamics/quantity.js';
import { ruleOf, type RuleCase } from '../support/rules.js';
import { stateFrom } from '../support/students.js';

const common = { learningRate: 0.7, batchSize: 8, noiseVariance: 0.1 };
const normalized = { ...common, gammaLearningRate: 0.2 };
// Every rule that has exact derivatives, with closed forms.
const cases: RuleCase[] = ['identity', 'relu', 'leaky-relu', 'erf'].flatMap((activation) => [
  { rule: 'sgd', activation, ...common },
  { rule: 'weight-normalization', activation, ...normalized, gammaDecay: 0.3 },
  { rule: 'population-normalization', activation, ...normalized, gammaDecay: 0.3 },
]);
const states = [0.01, 0.05, 0.3, 0.9, 1.4, 1.99].flatMap((misalignment) => [
  { gamma: 0.6, misalignment, length: 0.9 },
  { gamma: 1.7, misalignment, length: 2.3 },
  { gamma: -0.8, misalignment, length: 0.4 },
]);

/** Largest difference over the largest number. */
function relativeError(found: Float64Array, exact: Float64Array): number {
  return Math.max(...found.map((x, i) => Math.abs(x - exact[i]))) / Math.max(...exact.map(Math.abs));
}

describe.each(cases)('differences for $rule, $activation', (entry) => {
  const rule = ruleOf(entry);
  const bare = { ...rule, jacobian: undefined, observableGradients: undefined };
  const size = rule.layout.names.length;

  it('give the Jacobian to 1e-9 of its largest entry where 1 − R >= 1e-2', () => {
    const [found, exact] = [new Float64Array(size * size), new Float64Array(size * size)];
    for (const named of states) {
      const state = stateFrom(rule, named);
      jacobianOf(bare)(0.5, state, found);
      rule.jacobian!(0.5, state, exact);
      expect(relativeError(found, exact)).toBeLessThan(1e-9);
    }
  });

  it('give the gradients of observables to 1e-9 there', () => {
    const [found, exact] = [new Float64Array(size), new Float64Array(size)];
    for (const named of states) {
      const state = stateFrom(rule, named);
      for (const name of ['generalizationError', 'effectiveLearningRate', 'reducedLearningRate', 'overlap']) {
        gradientOf(bare, name)(0.5, state, found);
        gradientOf(rule, name)(0.5, state, exact);
        const scale = Math.max(...exact.map(Math.abs));
        if (scale > 0) expect(relativeError(found, exact)).toBeLessThan(1e-9);
        else expect(Math.max(...found.map(Math.abs))).toBe(0);
      }
    }
  });

  it('are one-sided at R = 1, to 1e-6', () => {
    const [found, exact] = [new Float64Array(size * size), new Float64Array(size * size)];
    const state = stateFrom(rule, { gamma: 0.7, misalignment: 0, length: 0.7 });
    jacobianOf(bare)(0.5, state, found);
    rule.jacobian!(0.5, state, exact);
    expect(relativeError(found, exact)).toBeLessThan(1e-6);
  });
});
