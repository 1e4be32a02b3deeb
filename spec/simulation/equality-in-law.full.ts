import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import type { SimulatedRule } from '../../lib/dynamics/student.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import {
  dimensionFree,
  disagreement,
  doubled,
  ensemble,
  explicit,
  plain,
  withoutNoise,
  type Engine,
} from './ensembles.js';

// The two engines for every rule and activation, minutes of work. Seeds fixed before looking.
const [RUNS, SEED, OTHER_SEED] = [4000, 41, 42];

type Maker = (activation: Activation) => SimulatedRule;

const rules: [string, Maker][] = [
  ['SGD', (activation) => sgd({ activation, learningRate: 1, noiseVariance: 0.3 })],
  ['SGD, M = 4', (activation) => sgd({ activation, learningRate: 3, batchSize: 4, noiseVariance: 0.3 })],
  [
    'weight normalization, ζ = 0.2',
    (activation) => weightNormalization({ activation, learningRate: 1, gammaDecay: 0.2, noiseVariance: 0.3 }),
  ],
  [
    'batch normalization, M = 8',
    (activation) =>
      batchNormalization({
        activation,
        learningRate: 3,
        gammaLearningRate: 1,
        batchSize: 8,
        noiseVariance: 1,
      }),
  ],
];

const cases = rules.flatMap(([name, maker]) =>
  [identity, relu, erf].flatMap((activation) =>
    [50, 200].map((dimension) => ({
      name: `${name}, ${activation.name}, N = ${dimension}`,
      rule: maker(activation),
      dimension,
      initial: { gamma: 0.6, misalignment: 0.7, length: 0.8 },
      checkpoints: dimension === 50 ? [1, 8, 75] : [1, 20, 80],
    })),
  ),
);

describe.each(cases)('$name: the dimension-free engine', (experiment) => {
  it('has the law of the explicit one', () => {
    // Up to 27 comparisons at 1e-6 in each of 24 cases: a false alarm in 6e-4 of the seeds (Bonferroni).
    const free = ensemble(experiment, dimensionFree, RUNS, SEED);
    const { severity, comparisons } = disagreement(free, ensemble(experiment, explicit, RUNS, OTHER_SEED));
    expect(comparisons).toBeLessThanOrEqual(27);
    expect(severity).toBeLessThan(1);
  });
});

describe.each(cases.filter(({ dimension }) => dimension === 50))('$name: an engine', (experiment) => {
  const right = ensemble(experiment, dimensionFree, RUNS, SEED);
  const wrong: [string, Engine, SimulatedRule][] = [
    ['without label noise', dimensionFree, withoutNoise(experiment.rule)],
    ['with every δ doubled', dimensionFree, doubled(experiment.rule)],
    ['without the part outside the plane', plain(() => 0), experiment.rule],
  ];

  it.each(wrong)('%s has another law', (_, engine, rule) => {
    const other = ensemble({ ...experiment, rule }, engine, RUNS, OTHER_SEED);
    expect(disagreement(right, other).severity).toBeGreaterThan(1);
  });
});

describe('forty thousand runs', () => {
  it('tell N − 2 directions outside the plane from N − 1 and N − 3, at N = 20', () => {
    const experiment = { ...cases[0], dimension: 20, checkpoints: [20] };
    const runs = 40_000;
    const free = ensemble(experiment, dimensionFree, runs, SEED);
    const severities = [18, 17, 19].map((directions) => {
      const other = ensemble(
        experiment,
        plain(() => directions),
        runs,
        OTHER_SEED,
      );
      return disagreement(free, other).severity;
    });
    expect(severities[0]).toBeLessThan(1);
    expect(Math.min(...severities.slice(1))).toBeGreaterThan(1);
  });
});
