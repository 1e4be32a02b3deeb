import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
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
  type Experiment,
} from './ensembles.js';

// Fixed before looking. The engines share neither seed nor random numbers.
const [RUNS, SEED, OTHER_SEED] = [4000, 31, 32];

const common = { dimension: 50, initial: { gamma: 0.6, misalignment: 0.7, length: 0.8 } };
const experiments: Experiment[] = [
  {
    ...common,
    name: 'SGD, erf',
    rule: sgd({ activation: erf, learningRate: 1, noiseVariance: 0.3 }),
    checkpoints: [1, 8, 40],
  },
  {
    ...common,
    name: 'weight normalization, relu, ζ = 0.2, M = 2',
    rule: weightNormalization({
      activation: relu,
      learningRate: 1.5,
      gammaDecay: 0.2,
      batchSize: 2,
      noiseVariance: 0.3,
    }),
    checkpoints: [1, 8, 40],
  },
  {
    ...common,
    name: 'batch normalization, identity, M = 8',
    rule: batchNormalization({ activation: identity, learningRate: 3, batchSize: 8, noiseVariance: 1 }),
    checkpoints: [1, 4, 12],
  },
];

describe.each(experiments)('$name, N = 50: γ, R and L after three numbers of steps', (experiment) => {
  const free = ensemble(experiment, dimensionFree, RUNS, SEED);
  const severityOf = (other: number[][]): number => disagreement(free, other).severity;

  it('have the same law in both engines: means, variances, distributions', () => {
    const other = disagreement(free, ensemble(experiment, explicit, RUNS, OTHER_SEED));
    // 18 or 27 comparisons at 1e-6 each: a false alarm in 3e-5 of the seeds (Bonferroni).
    expect(other.comparisons).toBeLessThanOrEqual(27);
    expect(other.severity).toBeLessThan(1);
  });

  it('have it in a third one, that draws every direction outside the plane', () => {
    expect(
      severityOf(
        ensemble(
          experiment,
          plain((dimension) => dimension - 2),
          RUNS,
          OTHER_SEED,
        ),
      ),
    ).toBeLessThan(1);
  });

  // What follows has to be rejected; the engine that errs is the faster one, which the explicit one equals in law.
  it('have another law without label noise', () => {
    const wrong = { ...experiment, rule: withoutNoise(experiment.rule) };
    expect(severityOf(ensemble(wrong, dimensionFree, RUNS, OTHER_SEED))).toBeGreaterThan(1);
  });

  it('have another law when every δ is doubled', () => {
    const wrong = { ...experiment, rule: doubled(experiment.rule) };
    expect(severityOf(ensemble(wrong, dimensionFree, RUNS, OTHER_SEED))).toBeGreaterThan(1);
  });

  it('have another law without the part outside the plane', () => {
    expect(
      severityOf(
        ensemble(
          experiment,
          plain(() => 0),
          RUNS,
          OTHER_SEED,
        ),
      ),
    ).toBeGreaterThan(1);
  });
});
