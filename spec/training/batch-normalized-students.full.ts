import { compareStudents } from '../../lib/comparison/students-and-theory.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { batchNormalizedGeneralization } from '../../lib/generalization/linear/batch-normalized.js';
import { trainStudents } from '../../lib/training/train-students.js';

const rule = 'batch-normalization';
const task = { noiseVariance: 0.25, batchSize: 8 };
const students = {
  ...{ ...task, activation: identity, dimension: 150, runs: 8, seed: 40 },
  ...{ learningRate: 0.1, until: 3000, patience: 30 },
};

// Eight runs a row, three figures each that go together: |z| > 4 has probability 6e-5, 1e-3 over all. The bias in 1/N is below a
// standard error. γ of the training set's statistics and the training error repeat the others.
describe('students of batch normalization, linear unit, N = 150', () => {
  it.each([
    [0.5, 'population'],
    [0.9, 'population'],
    [1.1, 'population'],
    [2, 'population'],
    [0.5, 'training'],
    [2, 'training'],
  ] as const)('lie at load %s on its own curve by statistics %s', (load, statistics) => {
    const trained = trainStudents({ ...students, rule, load, statistics });
    // Where noise is left the length goes on growing, which anneals the rate without an end.
    expect(trained.outcome).toMatch(/converged|step-limit/);
    const compared = compareStudents(trained, batchNormalizedGeneralization({ ...task, load, statistics }));
    for (const name of ['generalizationError', 'gamma', 'overlap'] as const)
      expect(Math.abs(compared[name].z)).toBeLessThan(4);
  });

  it('keep from a large start the part outside the span of the inputs', () => {
    const learningRate = 0.05;
    const trained = trainStudents({ ...students, rule, load: 0.5, learningRate, initialLength: 1 });
    const theory = batchNormalizedGeneralization({ ...task, load: 0.5, start: 'large' });
    expect(Math.abs(compareStudents(trained, theory).overlap.z)).toBeLessThan(4);
    // Far from the R of a small start, 0.577.
    expect(trained.overlap.mean + 4 * trained.overlap.standardError).toBeLessThan(0.55);
  });
});
