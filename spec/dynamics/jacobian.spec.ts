import { extrapolatedJacobian } from '../support/extrapolated-jacobian.js';
import { ruleOf, type RuleCase } from '../support/rules.js';

const cases: RuleCase[] = [
  { rule: 'sgd', activation: 'identity', learningRate: 0.7, batchSize: 2, noiseVariance: 0.1 },
  { rule: 'sgd', activation: 'relu', learningRate: 0.7, batchSize: 1, noiseVariance: 0.05 },
  { rule: 'sgd', activation: 'erf', learningRate: 0.7, batchSize: 3, noiseVariance: 0.2 },
  {
    rule: 'weight-normalization',
    activation: 'relu',
    learningRate: 0.7,
    gammaLearningRate: 0.2,
    gammaDecay: 0.3,
    batchSize: 1,
    noiseVariance: 0.05,
  },
  {
    rule: 'weight-normalization',
    activation: 'erf',
    learningRate: 0.7,
    gammaLearningRate: 0.2,
    gammaDecay: 0.3,
    batchSize: 1,
    noiseVariance: 0.2,
  },
  {
    rule: 'batch-normalization',
    activation: 'identity',
    learningRate: 0.7,
    gammaLearningRate: 0.2,
    gammaDecay: 0.3,
    batchSize: 8,
    noiseVariance: 0.05,
  },
  ...(['batch-deviation', 'batch-mean'] as const).map((rule) => ({
    ...{ rule, activation: 'identity', learningRate: 0.7, gammaLearningRate: 0.2, gammaDecay: 0.3 },
    ...{ batchSize: 8, noiseVariance: 0.05 },
  })),
];

describe.each(cases)('exact Jacobian of $rule, $activation', (entry) => {
  const rule = ruleOf(entry);
  const size = rule.layout.names.length;
  const states =
    size === 2
      ? [
          [0.3, 0.8],
          [1.4, 1.3],
        ]
      : [
          [0.6, 0.3, 0.9],
          [1.2, 1.4, 1.3],
        ];

  it('agrees with Neville-extrapolated differences of the right-hand side', () => {
    const exact = new Float64Array(size * size);
    for (const point of states) {
      const state = Float64Array.from(point);
      rule.jacobian!(0.5, state, exact);
      extrapolatedJacobian(rule, state).forEach((extrapolated, k) => {
        // Truncation h⁴ = 1e-12, rounding 1e-16/h = 1e-13, both times derivatives of order ten.
        expect(Math.abs(exact[k] - extrapolated)).toBeLessThan(1e-10);
      });
    }
  });
});
