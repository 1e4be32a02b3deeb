import { solve } from '../../lib/trajectory/solve.js';
import { methods } from '../support/methods.js';
import { reference } from '../support/reference.js';
import { ruleOf, type RuleCase } from '../support/rules.js';

interface TrajectoryCase extends Omit<RuleCase, 'schedule'> {
  schedule?: string;
  initial: Record<string, number>;
  times: number[];
  results: Record<string, string>[];
}

const cases = reference<TrajectoryCase>('trajectories').cases.map((entry) => ({
  ...entry,
  title: `${entry.rule}, ${entry.activation}, M = ${entry.batchSize}, S = ${entry.noiseVariance}, R(0) = ${entry.initial['overlap']}${entry.schedule === undefined ? '' : ', scheduled'}`,
}));

describe.each(cases)('trajectory of $title', (entry) => {
  const rule = ruleOf(
    // The table says in words that the schedule holds for both rates.
    entry.schedule === undefined ? entry : { ...entry, schedule: '0.5 / (1 + time/10)' },
  );

  it.each(methods)('agrees with the 30-digit reference at all times: %s', (_, make) => {
    const run = solve({ rule, initial: entry.initial, times: entry.times, method: make() });
    expect(run.outcome).toBe('reached-end');
    expect(run.times).toEqual(entry.times);
    entry.results.forEach((result, index) => {
      for (const name of [...rule.layout.names, 'misalignment', 'generalizationError'] as const) {
        const value = run.series(name)[index];
        const expected = Number(result[name]);
        // The solver's relative tolerance is 1e-10 per step, and a run takes up to a hundred steps: 1e-8.
        expect(Math.abs(value - expected)).toBeLessThan(1e-8 * Math.max(Math.abs(expected), 1e-3));
      }
    });
  });
});

describe('known numbers', () => {
  it('of linear SGD with label noise: RL and L² in closed form (docs/theory/dynamics.md#a-case-by-hand)', () => {
    const rule = ruleOf({
      rule: 'sgd',
      activation: 'identity',
      learningRate: 0.5,
      batchSize: 1,
      noiseVariance: 0.1,
    });
    const run = solve({ rule, initial: { overlap: 0, length: 0.1 }, times: [1, 10] });
    const [first, last] = run.times.map((time) => run.at(time));
    // Ten digits are printed there.
    expect(first['overlap'] * first['length']).toBeCloseTo(0.3934693403, 9);
    expect(first['length'] ** 2).toBeCloseTo(0.2816166805, 9);
    expect(last['overlap'] * last['length']).toBeCloseTo(0.993262053, 9);
    expect(last['length'] ** 2).toBeCloseTo(1.0203976184, 9);
  });

  it('of erf SGD (docs/theory/dynamics.md#a-case-by-numbers)', () => {
    const rule = ruleOf({
      rule: 'sgd',
      activation: 'erf',
      learningRate: 0.5,
      batchSize: 1,
      noiseVariance: 0,
    });
    const length = Math.sqrt(0.5);
    const run = solve({ rule, initial: { overlap: 0.01 / length, length }, times: [5, 20] });
    const state = run.at(20);
    expect(state['overlap'] * state['length']).toBeCloseTo(0.895454368806, 9);
    expect(state['length'] ** 2).toBeCloseTo(0.802798207739, 9);
    expect(run.series('generalizationError')[1] / 2 / 9.40109452e-4).toBeCloseTo(1, 8);
  });
});
