import { executeConfig } from '../../lib/config/commands.js';
import { costOf, requireAffordable } from '../../lib/config/cost.js';
import { generalizationSchema, parseConfig, simulateSchema } from '../../lib/config/schema.js';

const simulated = (change: object): { seconds: number; bytes: number } =>
  costOf(
    'simulate',
    parseConfig(simulateSchema, {
      ...{ rule: 'sgd', activation: 'relu', learningRate: 0.5, initial: { overlap: 0.1, length: 1 } },
      ...{ times: [1], dimension: 1000, runs: 10 },
      ...change,
    }),
  );

const trained = (change: object): { seconds: number; bytes: number } =>
  costOf(
    'generalization',
    parseConfig(generalizationSchema, { alpha: 2, dimension: 300, runs: 8, ...change }),
  );

describe('the estimated cost', () => {
  it('of an explicit simulation goes as N² M runs, of a dimension-free one as N M runs', () => {
    const { seconds } = simulated({});
    expect(simulated({ dimension: 2000 }).seconds / seconds).toBeCloseTo(4, 12);
    expect(simulated({ runs: 30 }).seconds / seconds).toBeCloseTo(3, 12);
    expect(simulated({ batchSize: 5 }).seconds / seconds).toBeCloseTo(5, 12);
    const free = simulated({ engine: 'dimension-free' }).seconds;
    expect(simulated({ engine: 'dimension-free', dimension: 2000 }).seconds / free).toBeCloseTo(2, 12);
  });

  it('of a simulation counts weights, a batch and the training set in memory, and the states that are kept', () => {
    const free = simulated({ engine: 'dimension-free' }).bytes;
    expect(simulated({ engine: 'dimension-free', runs: 30 }).bytes).toBe(3 * free);
    // Numbers of 8 bytes: N weights, M N of a batch, αN of N each in a training set.
    expect(simulated({}).bytes - free).toBe(8 * (1000 + 1000));
    expect(simulated({ batchSize: 5 }).bytes - free).toBe(8 * (1000 + 5 * 1000));
    expect(simulated({ batchSize: 5, load: 3 }).bytes - free).toBe(8 * (1000 + 5 * 1000 + 3000 * 1000));
  });

  it('of students of minibatches goes as their steps, N² M t, besides the training set', () => {
    const seconds = (until: number, batchSize: number, dimension = 300): number =>
      trained({ rule: 'sgd', batchSize, until, dimension }).seconds;
    const steps = seconds(20, 1) - seconds(10, 1);
    expect(seconds(30, 1) - seconds(10, 1)).toBeCloseTo(2 * steps, 12);
    expect(seconds(20, 4) - seconds(10, 4)).toBeCloseTo(4 * steps, 12);
    expect(seconds(20, 1, 600) - seconds(10, 1, 600)).toBeCloseTo(4 * steps, 12);
  });

  it('of students counts the training set in memory: 8 α N² bytes, or N of them on bidiagonal matrices', () => {
    expect(trained({}).bytes).toBe(8 * 600 * 300);
    expect(trained({ dimension: 3000 }).bytes).toBe(8 * 6000 * 3000);
    expect(trained({ dimension: 3e6, engine: 'dimension-free' }).bytes).toBeLessThan(2e8);
    expect(trained({ dimension: undefined }).seconds).toBe(0);
  });

  it.each([
    [
      'simulate',
      {
        rule: 'sgd',
        learningRate: 0.5,
        initial: { overlap: 0.1, length: 1 },
        times: [2],
        dimension: 1000,
        runs: 16,
      },
    ],
    ['generalization', { alpha: 2, dimension: 300, runs: 8, gammaDecay: 0.1 }],
    ['generalization', { alpha: 2, dimension: 100, runs: 4, activation: 'relu', gammaDecay: 0.1 }],
  ] as const)('of %s is the order of what is measured', async (command, config) => {
    const schema = command === 'simulate' ? simulateSchema : generalizationSchema;
    const estimated = costOf(command, parseConfig(schema, config)).seconds;
    const begin = performance.now();
    await executeConfig(command, config);
    const measured = (performance.now() - begin) / 1000;
    // An estimate that is off by thirty either way would not tell a day from a month. Machines and their load differ by ten.
    expect(Math.abs(Math.log(measured / estimated))).toBeLessThan(Math.log(30));
  });
});

describe('what is too much', () => {
  it('is refused with the estimate, in one line', () => {
    expect(() => {
      requireAffordable({ seconds: 3 * 31_557_600, bytes: 1e9 }, 1);
    }).toThrow(
      'this would take about 3 years and 1 GB; more than 30 days or 2 GB are refused, unless `force` is given',
    );
    expect(() => {
      requireAffordable({ seconds: 10, bytes: 3e12 }, 1);
    }).toThrow('about 10 seconds and 3000 GB');
    expect(() => {
      requireAffordable({ seconds: 40 * 86_400, bytes: 0 }, 1);
    }).toThrow('about 40 days and 0 GB');
  });

  it('is less where cores share the work', () => {
    requireAffordable({ seconds: 40 * 86_400, bytes: 0 }, 2);
    requireAffordable({ seconds: 3600, bytes: 2e9 }, 1);
  });

  it('is refused before it begins, unless it is forced', async () => {
    const years = {
      ...{ rule: 'sgd', learningRate: 0.5, initial: { overlap: 0.1, length: 1 }, times: [100] },
      ...{ dimension: 1e6, runs: 1000 },
    };
    await expect(executeConfig('simulate', years)).rejects.toThrow(/^this would take about 32 years and/);
    const aborted = await executeConfig(
      'simulate',
      { ...years, force: true },
      { signal: AbortSignal.timeout(100) },
    );
    expect(aborted.outcome).toBe('aborted');
  });
});
