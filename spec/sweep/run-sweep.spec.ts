import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localExecutor } from '../../lib/sweep/local-executor.js';
import { runPoint } from '../../lib/sweep/record.js';
import { runSweep, type RunSweepOptions } from '../../lib/sweep/run-sweep.js';
import type { Executor } from '../../lib/sweep/executor.js';
import { sweepTable } from '../../lib/sweep/sweep-table.js';
import type { SweepConfig } from '../../lib/sweep/sweep-config.js';

const sweep: SweepConfig = {
  command: 'simulate',
  config: { rule: 'sgd', initial: { overlap: 0.1, length: 1 }, times: [1, 2], dimension: 20, runs: 3 },
  grid: { learningRate: [0.5, 1], batchSize: [1, 2, 0] },
};

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const place = (name: string): string => join(folder, `${name}.jsonl`);

/** Runs points one after another in this thread, last first, so that order shows; `before` may break in. */
function inThisThread(
  before: (point: number) => void = () => undefined,
): NonNullable<RunSweepOptions['executorOf']> {
  return ({ command }): Promise<Executor> =>
    Promise.resolve({
      capacity: 1,
      run: (point) => {
        before(point.index);
        return runPoint(command, point);
      },
      close: () => Promise.resolve(),
    });
}

describe('a sweep', () => {
  it('gives the same bytes in one thread, in several, in shards, and when it is gone on with', async () => {
    const one = place('one');
    const ran = await runSweep({ sweep, path: one, executorOf: inThisThread() });
    expect([ran.outcome, ran.points]).toEqual(['complete', 6]);
    const expected = readFileSync(one, 'utf8');

    const several = place('several');
    await runSweep({ sweep, path: several, executorOf: (given) => localExecutor(given, 3) });
    expect(readFileSync(several, 'utf8')).toBe(expected);

    const controller = new AbortController();
    const resumed = place('resumed');
    const fractions: number[] = [];
    const cut = await runSweep(
      { sweep, path: resumed, executorOf: inThisThread() },
      {
        signal: controller.signal,
        onProgress: (fraction) => {
          fractions.push(fraction);
          if (fraction > 0.3) controller.abort();
        },
      },
    );
    expect([cut.outcome, cut.records.length, fractions]).toEqual(['aborted', 2, [1 / 6, 2 / 6]]);
    const begun: number[] = [];
    const executorOf = inThisThread((point) => begun.push(point));
    await runSweep({ sweep, path: resumed, resume: true, executorOf });
    expect(begun).toEqual([2, 3, 4, 5]);
    expect(readFileSync(resumed, 'utf8')).toBe(expected);
  });

  it('that is complete is left as it is: nothing is run again', async () => {
    const path = place('twice');
    await runSweep({ sweep, path, executorOf: inThisThread() });
    const before = readFileSync(path, 'utf8');
    const executorOf = (): never => {
      throw new Error('no executor is needed');
    };
    const again = await runSweep({ sweep, path, resume: true, executorOf });
    expect([again.outcome, again.records.length]).toEqual(['complete', 6]);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('records what is wrong with a point, or lost with its worker, and goes on', async () => {
    const lost = ({ command }: SweepConfig): Promise<Executor> =>
      Promise.resolve({
        capacity: 2,
        run: (point) =>
          point.index === 3 ? Promise.reject(new Error('out of\n memory')) : runPoint(command, point),
        close: () => Promise.resolve(),
      });
    const { records } = await runSweep({ sweep, path: place('errors'), executorOf: lost });
    expect(records.map(({ outcome }) => outcome === 'error')).toEqual([
      false,
      false,
      true,
      true,
      false,
      true,
    ]);
    expect(records.map(({ outcome, error }) => error ?? outcome)).toEqual([
      'done',
      'done',
      '`batchSize` must be an integer >= 1; got 0',
      'out of memory',
      'done',
      '`batchSize` must be an integer >= 1; got 0',
    ]);
  });

  it('gives every point streams of its own: equal parameters, unequal runs', async () => {
    const twins = { ...sweep, grid: { learningRate: [0.5, 0.5] } };
    const { records } = await runSweep({ sweep: twins, path: place('twins'), executorOf: inThisThread() });
    const [first, second] = records.map(({ result }) => (result as { rows: number[][] }).rows);
    expect(first).not.toEqual(second);
  });

  it('ends where a record cannot be kept, and hands nothing more out', async () => {
    const begun: number[] = [];
    const signals: AbortSignal[] = [];
    const pause = (milliseconds: number): Promise<void> =>
      new Promise((done) => setTimeout(done, milliseconds));
    const broken = ({ command }: SweepConfig): Promise<Executor> =>
      Promise.resolve({
        capacity: 2,
        run: async (point, signal) => {
          begun.push(point.index);
          signals.push(signal);
          await pause(20 * point.index);
          return runPoint(command, point);
        },
        recorded: () => Promise.reject(new Error('no space left')),
        close: () => Promise.resolve(),
      });
    const path = place('full');
    await expect(runSweep({ sweep, path, executorOf: broken })).rejects.toThrow('no space left');
    // The point that is under way beside it is told to end, and none follows.
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    await pause(100);
    expect(begun).toEqual([0, 1]);
  });

  it('refuses a bad number of workers by name', async () => {
    const executorOf = (given: SweepConfig): Promise<Executor> => localExecutor(given, 0);
    await expect(runSweep({ sweep, path: place('none'), executorOf })).rejects.toThrow(
      '`workers` must be an integer from 1 to 1024; got 0',
    );
  });
});

describe('the table of a sweep', () => {
  const parameters = { learningRate: 1, initial: { overlap: 0.1 } };

  it('has the rows of every point beside its parameters', () => {
    const result = { kind: 'dynamics', columns: ['time', 'gamma'], rows: [[0, 1] as const, [1, 2] as const] };
    const table = sweepTable([
      { point: 0, parameters, outcome: 'done', result },
      { point: 1, parameters, outcome: 'error', error: 'none' },
    ]);
    expect(table.columns).toEqual(['point', 'learningRate', 'initial', 'outcome', 'time', 'gamma']);
    expect(table.rows).toEqual([
      [0, 1, '{"overlap":0.1}', 'done', 0, 1],
      [0, 1, '{"overlap":0.1}', 'done', 1, 2],
      [1, 1, '{"overlap":0.1}', 'error', '', ''],
    ]);
  });

  it('has the numbers of results without rows, by names with dots', () => {
    const result = {
      kind: 'learning-rates',
      config: { learningRate: 9 },
      found: { low: 1, list: [2, 3] },
      name: 'x',
    };
    const table = sweepTable([{ point: 4, parameters: {}, outcome: 'done', result }]);
    expect(table.columns).toEqual(['point', 'outcome', 'found.low', 'found.list.0', 'found.list.1']);
    expect(table.rows).toEqual([[4, 'done', 1, 2, 3]]);
  });
});
