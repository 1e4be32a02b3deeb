import { commandNamed, executeConfig } from '../../lib/commands/execute-config.js';
import type { CommandName } from '../../lib/commands/index.js';
import { costOf } from '../../lib/config/command.js';
import { requireAffordable, type Cost } from '../../lib/config/cost.js';
import { parseConfig } from '../../lib/config/parse.js';

async function estimate(name: CommandName, config: object): Promise<Cost> {
  const command = await commandNamed(name);
  return costOf(command, parseConfig(command.schema, config));
}

const simulated = (change: object): Promise<Cost> =>
  estimate('simulate', {
    ...{ rule: 'sgd', activation: 'relu', learningRate: 0.5, initial: { overlap: 0.1, length: 1 } },
    ...{ times: [1], dimension: 1000, runs: 10 },
    ...change,
  });

const trained = (change: object): Promise<Cost> =>
  estimate('generalization', { load: 2, dimension: 300, runs: 8, ...change });

describe('the estimated cost', () => {
  it('of an explicit simulation goes as N² M runs, of a dimension-free one as N M runs', async () => {
    const seconds = async (change: object): Promise<number> => (await simulated(change)).seconds;
    const one = await seconds({});
    expect((await seconds({ dimension: 2000 })) / one).toBeCloseTo(4, 12);
    expect((await seconds({ runs: 30 })) / one).toBeCloseTo(3, 12);
    expect((await seconds({ batchSize: 5 })) / one).toBeCloseTo(5, 12);
    const free = await seconds({ engine: 'dimension-free' });
    expect((await seconds({ engine: 'dimension-free', dimension: 2000 })) / free).toBeCloseTo(2, 12);
  });

  it('of a simulation counts weights, a batch and the training set in memory, and the states that are kept', async () => {
    const bytes = async (change: object): Promise<number> => (await simulated(change)).bytes;
    const free = await bytes({ engine: 'dimension-free' });
    expect(await bytes({ engine: 'dimension-free', runs: 30 })).toBe(3 * free);
    // Numbers of 8 bytes: N weights, M N of a batch, αN of N each in a training set.
    expect((await bytes({})) - free).toBe(8 * (1000 + 1000));
    expect((await bytes({ batchSize: 5 })) - free).toBe(8 * (1000 + 5 * 1000));
    expect((await bytes({ batchSize: 5, load: 3 })) - free).toBe(8 * (1000 + 5 * 1000 + 3000 * 1000));
  });

  it('of students of minibatches goes as their steps, N² M t, besides the training set', async () => {
    const seconds = async (until: number, batchSize: number, dimension = 300): Promise<number> =>
      (await trained({ rule: 'sgd', batchSize, until, dimension })).seconds;
    const steps = (await seconds(20, 1)) - (await seconds(10, 1));
    expect((await seconds(30, 1)) - (await seconds(10, 1))).toBeCloseTo(2 * steps, 12);
    expect((await seconds(20, 4)) - (await seconds(10, 4))).toBeCloseTo(4 * steps, 12);
    expect((await seconds(20, 1, 600)) - (await seconds(10, 1, 600))).toBeCloseTo(4 * steps, 12);
  });

  it('of students counts the training set in memory: 8 α N² bytes, or N of them on bidiagonal matrices', async () => {
    expect((await trained({})).bytes).toBe(8 * 600 * 300);
    expect((await trained({ dimension: 3000 })).bytes).toBe(8 * 6000 * 3000);
    expect((await trained({ dimension: 3e6, engine: 'bidiagonal' })).bytes).toBeLessThan(2e8);
    expect((await trained({ dimension: undefined })).seconds).toBe(0);
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
    ['generalization', { load: 2, dimension: 300, runs: 8, gammaDecay: 0.1 }],
    ['generalization', { load: 2, dimension: 100, runs: 4, activation: 'relu', gammaDecay: 0.1 }],
  ] as const)('of %s is the order of what is measured', async (command, config) => {
    const { seconds: estimated } = await estimate(command, config);
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
