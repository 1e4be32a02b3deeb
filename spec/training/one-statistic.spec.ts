import { batchDeviation } from '../../lib/dynamics/rules/batch-deviation.js';
import { batchMean } from '../../lib/dynamics/rules/batch-mean.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { restingGamma } from '../../lib/comparison/published-decay.js';
import { trainStudents } from '../../lib/training/train-students.js';

describe('students normalized by one statistic of their minibatches', () => {
  it.each([
    ['batch-deviation', identity, batchDeviation],
    ['batch-mean', relu, batchMean],
  ] as const)('%s: end at the γ at which the dynamics rest', (rule, activation, make) => {
    const problem = { activation, batchSize: 8, noiseVariance: 0.01 };
    const { gamma, overlap } = trainStudents({
      ...{ ...problem, rule, load: 20, dimension: 20, runs: 8, seed: 3 },
      ...{ learningRate: 0.1, until: 500 },
    });
    // Averages over batches of 400 samples are those of new ones but for 1/P: three standard errors.
    const rest = restingGamma(make({ ...problem, learningRate: 1 }), overlap.mean);
    expect(Math.abs(gamma.mean - rest)).toBeLessThan(3 * gamma.standardError);
  });

  it('need batches of which a step has a finite variance', () => {
    const options = {
      activation: relu,
      load: 2,
      dimension: 20,
      runs: 2,
      seed: 1,
      learningRate: 0.1,
      until: 1,
    };
    expect(() => trainStudents({ ...options, rule: 'batch-deviation', batchSize: 7 })).toThrow(
      '`batchSize` must be an integer >= 8; got 7',
    );
    expect(() => trainStudents({ ...options, rule: 'batch-mean', batchSize: 1 })).toThrow(
      '`batchSize` must be an integer >= 2; got 1',
    );
  });
});
