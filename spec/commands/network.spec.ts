import { executeConfig } from '../../lib/commands/execute-config.js';
import type { Executed, Table } from '../../lib/config/result.js';
import { loadImages } from '../../lib/networks/images/load-images.js';
import { trainNetworks } from '../../lib/networks/train-networks.js';
import { messageOf } from '../networks/images/folders.js';
import { quartersFolder } from '../networks/data-folder.js';

let base: Record<string, unknown> = {};
beforeAll(() => {
  const data = quartersFolder();
  base = { data, method: 'batch-normalization', batchSize: 16, learningRate: 0.02, epochs: 2, widths: [8] };
  Object.assign(base, { images: 64, heldOut: 32 });
});

const execute = (change: object): Promise<Executed> => executeConfig('network', { ...base, ...change });

const curves = [
  'trainingLoss',
  'validationLoss',
  'validationAccuracy',
  'testLoss',
  'testAccuracy',
  'gammaNorm',
];
const byLayer = ['gamma', 'effectiveLearningRate', 'kurtosis', 'gammaDecay'];

function columnOf({ columns, rows }: Table, name: string): unknown[] {
  return rows.map((row) => row[columns.indexOf(name)]);
}

interface Printed {
  outcome: string;
  message: string;
  choice: { learningRate: number; gammaDecay: unknown; candidates: Record<string, unknown>[] } | null;
  runs: { ending: string; trainingLoss: number[]; reliance?: number[] }[];
  reliance?: Record<string, { mean: number; standardError: number }>;
}

const entriesOf = ({ result }: Executed): Printed => result.entries as unknown as Printed;

describe('network', () => {
  it('has a row an epoch, columns in their order, by layer at the end', async () => {
    const { result, outcome } = await execute({ widths: [8, 16] });
    expect(outcome).toBe('done');
    const { columns, rows } = result.table!;
    expect(columns).toEqual(['epoch', ...curves, ...byLayer.flatMap((name) => [`${name}.1`, `${name}.2`])]);
    expect(rows.map(([epoch]) => epoch)).toEqual([0, 1, 2]);
  });

  it('has a standard error beside every mean where there are several runs, and only there', async () => {
    const { result } = await execute({ runs: 3 });
    const names = [...curves, ...byLayer.map((name) => `${name}.1`)];
    expect(result.table!.columns).toEqual([
      'epoch',
      ...names.flatMap((name) => [name, `${name}StandardError`]),
    ]);
    const losses = (result.entries as unknown as Printed).runs.map(({ trainingLoss }) => trainingLoss[2]);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / 3;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 2;
    // Printed to 7 digits.
    expect(columnOf(result.table!, 'trainingLoss')[2]).toBeCloseTo(mean, 5);
    expect(columnOf(result.table!, 'trainingLossStandardError')[2]).toBeCloseTo(Math.sqrt(variance / 3), 5);
  });

  it('is what the library trains, to 7 digits', async () => {
    const { result } = await execute({ schedule: '1 - t/2', dropout: 0.1, gammaDecay: 0.01, seed: 4 });
    const { data, ...options } = base;
    const { runs } = trainNetworks({
      ...(options as unknown as Parameters<typeof trainNetworks>[0]),
      data: await loadImages(data as string),
      ...{ schedule: (t) => 1 - t / 2, dropout: 0.1, gammaDecay: 0.01, seed: 4 },
    });
    for (const name of ['trainingLoss', 'testAccuracy'] as const)
      expect(columnOf(result.table!, name)).toEqual(
        runs[0].epochs.map((figures) => Number(figures[name].toPrecision(7))),
      );
  });

  it('prints what it chose, and of which candidates', async () => {
    const alone = entriesOf(await execute({})).choice;
    expect(alone).toEqual({ learningRate: 0.02, gammaDecay: 0, candidates: [] });
    const executed = await execute({ learningRate: '0.0001,0.02', gammaDecay: '0,published', choiceRuns: 1 });
    const { learningRate, candidates } = entriesOf(executed).choice!;
    expect(learningRate).toBe(0.02);
    expect(candidates.map((one) => [one['learningRate'], one['gammaDecay']])).toEqual([
      [0.0001, 0],
      [0.02, 0],
      [0.0001, 'published'],
      [0.02, 'published'],
    ]);
    for (const { validationLoss } of candidates) expect(validationLoss).toEqual(expect.any(Number));
  });

  it.each<[unknown, unknown[]]>([
    [0.1, [0.1]],
    ['published', ['published']],
    ['0:0.1:3,published', [0, 0.05, 0.1, 'published']],
    [' published , 0.2', ['published', 0.2]],
    [
      [0.1, 'published', '0:1:2'],
      [0.1, 'published', 0, 1],
    ],
  ])('takes %j for decays', async (gammaDecay, list) => {
    const { result } = await execute({ gammaDecay, epochs: 1, images: 16, choiceRuns: 1 });
    expect(result.config['gammaDecay']).toEqual(list);
  });

  it('measures reliance where that is asked for', async () => {
    expect(entriesOf(await execute({})).reliance).toBeUndefined();
    const { reliance, runs } = entriesOf(await execute({ reliance: true, runs: 2, widths: [8, 8] }));
    expect(Object.keys(reliance!)).toEqual(['1', '2']);
    const each = runs.map((run) => run.reliance![1]);
    expect(reliance!['2'].mean).toBeCloseTo((each[0] + each[1]) / 2, 6);
  });

  it('where it diverges keeps its rows, in numbers, and says what may help', async () => {
    const executed = await execute({ learningRate: 1e30, runs: 2 });
    expect(executed.outcome).toBe('failed');
    expect(entriesOf(executed).message).toBe('diverged in 2 of 2 runs: take a smaller learningRate');
    const { columns, rows } = executed.result.table!;
    expect(rows).toHaveLength(1);
    for (const row of rows) expect(row.map((cell) => Number.isFinite(cell))).toEqual(columns.map(() => true));
    // One that is trained beside one that is not has a mean, and no error.
    const mixed = await execute({ learningRate: [1e30, 1e31], choiceRuns: 1 });
    expect(entriesOf(mixed).message).toContain('all candidates diverged');
  });

  it('with mimic has a row a decay: distances beside those between runs', async () => {
    const { result, outcome } = await execute({
      ...{ method: 'population-normalization', mimic: 'batch-normalization' },
      ...{ gammaDecay: '0,0.05,published', runs: 3, learningRate: [0.0001, 0.02], choiceRuns: 1 },
    });
    expect(outcome).toBe('done');
    const table = result.table!;
    const compared = ['trainingLoss', 'validationLoss', 'testLoss'];
    const ends = ['Distance', 'DistanceStandardError', 'BetweenRuns', 'BetweenRunsStandardError'];
    expect(table.columns).toEqual([
      ...['gammaDecay', 'decay'],
      ...compared.flatMap((curve) => ends.map((end) => `${curve}${end}`)),
    ]);
    expect(columnOf(table, 'decay')).toEqual(['given', 'given', 'published']);
    const decays = columnOf(table, 'gammaDecay') as number[];
    expect(decays.slice(0, 2)).toEqual([0, 0.05]);
    expect(decays[2]).toBeGreaterThan(0);
    // The rate is chosen for the method that is mimicked, without decay.
    const { candidates } = result.entries['choice'] as NonNullable<Printed['choice']>;
    expect(candidates.map(({ gammaDecay }) => gammaDecay)).toEqual([0, 0]);
    const two = await execute({ mimic: 'none', runs: 2 });
    expect(columnOf(two.result.table!, 'testLossBetweenRunsStandardError')).toEqual([null]);
  });

  it.each<[object, string]>([
    [{ gammaDecay: 'pub' }, '`gammaDecay` must be published, or like 0.1,published or 0.1:0.5:5'],
    [{ gammaDecay: 'published,' }, 'got "published,"'],
    [{ gammaDecay: '' }, '`gammaDecay` must be published, or like'],
    [{ gammaDecay: [] }, '`gammaDecay`: must be a number, published, or a list of them'],
    [{ gammaDecay: -1 }, '`gammaDecay[0]` must be a finite number >= 0; got -1'],
    [{ schedule: '0.5 - t' }, '`schedule(0.625)` must be a finite number >= 0; got -0.125'],
    [{ schedule: '1/0' }, '`schedule(0)` must be a finite number >= 0; got Infinity'],
    [{ schedule: 'x' }, '`schedule` expression "x": unknown name x; allowed: t'],
    [{ schedule: '' }, '`schedule` expression "": must not be empty'],
    [{ imageSize: 28 }, '`imageSize` must be 8 or 4; got 28'],
    [{ images: 5000 }, '`images` must be an integer from 1 to 119; got 5000'],
    [{ mimic: 'none' }, '`runs` must be an integer >= 2 to mimic'],
    [{ mimic: 'none', runs: 2, reliance: true }, '`reliance` must be left out where mimic is given'],
    [{ data: 'nowhere' }, '`data` must be fashion-mnist or a folder of idx files'],
    [{ widths: 4096, batchSize: 2000, imageSize: 28 }, 'GB; more than 30 days or 2 GB are refused'],
    [{ epochs: 1e300, imageSize: 1e300, images: 0 }, 'more than 30 days or 2 GB are refused'],
    [
      { data: 'fashion-mnist', widths: [4096, 4096], images: 1000, batchSize: 1000, force: true },
      'GB of memory; networks have at most 4 GB',
    ],
  ])('refuses %j in one line', async (change, message) => {
    const words = await messageOf(execute(change));
    expect(words).toContain(message);
    expect(words).not.toContain('NaN');
  });
});

describe('network that is ended from outside', () => {
  /** The work with an end to it after so many steps. */
  function endedAfter(steps: number, change: object): Promise<Executed> {
    const controller = new AbortController();
    let done = 0;
    const onProgress = (): void => {
      if (++done === steps) controller.abort();
    };
    return executeConfig('network', { ...base, ...change }, { signal: controller.signal, onProgress });
  }

  it('while it chooses has nothing to show but that', async () => {
    const executed = await endedAfter(5, { learningRate: [0.01, 0.02] });
    expect([executed.outcome, entriesOf(executed)]).toEqual([
      'aborted',
      { outcome: 'aborted', message: 'aborted before anything was chosen', choice: null, runs: [] },
    ]);
    expect(executed.result.table!.rows).toEqual([]);
  });

  it('keeps the epochs of its first run, and the runs before a later one', async () => {
    // Four steps an epoch, eight a run.
    const first = await endedAfter(6, { runs: 3 });
    expect([first.outcome, entriesOf(first).message]).toEqual(['aborted', 'aborted in run 1']);
    expect(columnOf(first.result.table!, 'epoch')).toEqual([0, 1]);
    const later = await endedAfter(18, { runs: 3 });
    expect(entriesOf(later).message).toBe('aborted in run 3');
    const endings = entriesOf(later).runs.map(({ ending }) => ending);
    expect(endings).toEqual(['trained', 'trained', 'unfinished']);
    const two = await execute({ runs: 2 });
    expect(later.result.table).toEqual(two.result.table);
    // Its last step is done, and its measures are not.
    expect(entriesOf(await endedAfter(8, {})).runs[0].ending).toBe('unfinished');
  });

  it('keeps the decays that were done where it mimics', async () => {
    const mimicking = { mimic: 'none', runs: 2, gammaDecay: [0, 0.1, 0.2] };
    const { outcome, result } = await endedAfter(40, mimicking);
    expect([outcome, result.entries['message']]).toEqual(['aborted', 'aborted with 1 gamma decays done']);
    const { rows } = (await execute(mimicking)).result.table!;
    expect(result.table!.rows).toEqual(rows.slice(0, 1));
    const early = await endedAfter(12, mimicking);
    expect([early.outcome, early.result.table!.rows]).toEqual(['aborted', []]);
  });
});
