import { solve } from '../../lib/trajectory/solve.js';
import { reference } from '../support/reference.js';
import { ruleOf, type RuleCase } from '../support/rules.js';

interface BatchTrajectory extends RuleCase {
  initial: Record<string, number>;
  times: number[];
  results: Record<string, string>[];
}

const { cases } = reference<BatchTrajectory>('batch-normalization-trajectories');

describe('trajectories of exact batch normalization, ReLU, against 12-digit reference values', () => {
  it.each(cases.map((entry) => [entry.batchSize, entry.noiseVariance, entry] as const))(
    'agree at M = %p, S = %p',
    (_batchSize, _noiseVariance, entry) => {
      const rule = ruleOf(entry);
      const run = solve({ rule, initial: entry.initial, times: entry.times });
      entry.results.forEach((result, index) => {
        for (const name of [...rule.layout.names, 'misalignment', 'generalizationError'] as const) {
          const value = run.series(name)[index];
          const expected = Number(result[name]);
          // Tables are good to 1e-9 of the largest average, the solver to 1e-10 per step.
          expect(Math.abs(value - expected)).toBeLessThan(1e-8 * Math.max(Math.abs(expected), 1e-2));
        }
      });
    },
  );

  it('are there for two batch sizes, with and without label noise', () => {
    expect(cases.length).toBe(4);
  });
});
