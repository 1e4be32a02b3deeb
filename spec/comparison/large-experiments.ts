import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { simulate } from '../../lib/simulation/simulate.js';
import { compared, largestDeviation, wrongTheories, type Experiment } from './experiments.js';

// Fixed before looking.
const SEED = 1;
const DIMENSION = 1e6;
const RUNS = 64;
const TIMES = 4;

/**
 * A million dimensions, where the bias of the means, of order M/N, is far below their standard error, about 1/8√N: batches
 * may start anywhere, and the equations are tested a hundred times as finely as at N = 500 in brute force.
 */
export const large: Experiment[] = [
  {
    name: 'weight normalization, relu, ζ = 0.2',
    setting: { learningRate: 0.6, batchSize: 1, noiseVariance: 0.05 },
    rule: (setting) => weightNormalization({ activation: relu, gammaDecay: 0.2, ...setting }),
    initial: { gamma: 0.5, overlap: 0.1, length: 0.8 },
    until: 0.04,
  },
  {
    name: 'SGD, erf, M = 2',
    setting: { learningRate: 1, batchSize: 2, noiseVariance: 0.1 },
    rule: (setting) => sgd({ activation: erf, ...setting }),
    initial: { overlap: 0.1, length: 0.6 },
    until: 0.02,
  },
  {
    name: 'batch normalization, relu, M = 8',
    setting: { learningRate: 2, batchSize: 8, noiseVariance: 1 },
    rule: (setting) => batchNormalization({ activation: relu, gammaLearningRate: 0.7, ...setting }),
    initial: { gamma: 0.7, overlap: 0.2, length: 1 },
    until: 0.01,
  },
];

/** The agreement of simulations in a million dimensions with their equations, over a multiple of their times. */
export function describeLargeAgreement(experiments: readonly Experiment[], longer = 1): void {
  describe.each(experiments)('in a million dimensions, $name', (experiment) => {
    const times = Array.from({ length: TIMES }, (_, k) => (longer * experiment.until * (k + 1)) / TIMES);
    const { rule, setting, initial } = experiment;
    const simulation = simulate({
      rule: rule(setting),
      initial,
      times,
      dimension: DIMENSION,
      runs: RUNS,
      seed: SEED,
      engine: 'dimension-free',
    });

    it('agrees with its order-parameter equations', () => {
      // At most 16 z-scores at 6.8e-6 and a p-value at 1e-4: a false alarm in 2e-4 of the seeds (Bonferroni).
      const comparison = compared(simulation, experiment);
      expect(simulation.outcome).toBe('reached-end');
      expect(largestDeviation(comparison, experiment)).toBeLessThan(4.5);
      expect(comparison.overall!.pValue).toBeGreaterThan(1e-4);
    });

    it.each(wrongTheories)('rejects a theory with $wrong', ({ theory }) => {
      const comparison = compared(simulation, experiment, theory(experiment));
      expect(comparison.overall!.pValue).toBeLessThan(1e-12);
    });
  });
}
