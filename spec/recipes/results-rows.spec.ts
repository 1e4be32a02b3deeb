import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../lib/config/parse.js';
import { checkCurve, curveData } from '../../lib/recipes/curve-data.js';
import { rebased } from '../../lib/recipes/rebased.js';
import { figureOfRecipe } from '../../lib/recipes/figure-of-recipe.js';
import { quickRecipe } from '../../lib/recipes/quick.js';
import { resultsRows } from '../../lib/recipes/results-rows.js';
import { figureSchema, type Curve, type ResultsCurve } from '../../lib/recipes/schema.js';
import { headerOf, lineOf, runPoint, type SweepRecord } from '../../lib/sweep/record.js';
import { readResults } from '../../lib/sweep/read-results.js';
import { pointsOf, type SweepConfig } from '../../lib/sweep/sweep-config.js';
import { recipeOf } from './recipes.js';

const rates: SweepConfig = {
  command: 'learning-rates',
  config: { activation: 'relu', learningRate: 1 },
  grid: { rule: ['sgd', 'weight-normalization'], batchSize: [1, 4] },
};
const courses: SweepConfig = {
  command: 'dynamics',
  config: { rule: 'sgd', initial: { overlap: 0, length: 0.5 }, times: [1, 2] },
  grid: { learningRate: [0.5, 1, 4000] },
};

let folder = '';

/** Writes the results of a sweep in a given order of its points, all of them or some. */
async function write(name: string, sweep: SweepConfig, order?: readonly number[]): Promise<SweepRecord[]> {
  const points = await pointsOf(sweep);
  const asked = order ?? points.map(({ index }) => index);
  const records = await Promise.all(asked.map((index) => runPoint(sweep.command, points[index])));
  writeFileSync(join(folder, name), [headerOf(sweep, points.length), ...records].map(lineOf).join(''));
  return records;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'figure-'));
  await write('rates.jsonl', rates, [2, 0, 3, 1]);
  await write('courses.jsonl', { ...courses, grid: { learningRate: [0.5, 1] } });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const curveOf = (curve: object): Curve =>
  parseConfig(figureSchema, recipeOf({ curve: { kind: 'results', ...curve } })).curves['curve'];
const rowsOf = (curve: object): Record<string, unknown>[] =>
  resultsRows(curveOf(curve) as ResultsCurve, folder).rows as Record<string, unknown>[];

describe('the rows that a curve draws of a results file', () => {
  it('are in the order of the points, with their parameters and what their commands print, by names with dots', () => {
    const printed = [...readResults(join(folder, 'rates.jsonl')).records].sort((a, b) => a.point - b.point);
    const rows = rowsOf({ file: 'rates.jsonl' });
    expect(rows.map(({ point, rule, batchSize }) => [point, rule, batchSize])).toEqual([
      [0, 'sgd', 1],
      [1, 'sgd', 4],
      [2, 'weight-normalization', 1],
      [3, 'weight-normalization', 4],
    ]);
    const maxima = printed.map(
      ({ result }) =>
        (result as { maximumLearningRate: { effective: number } }).maximumLearningRate.effective,
    );
    expect(rows.map((row) => row['maximumLearningRate.effective'])).toEqual(maxima);
    // In proportion to M, for ReLU's fixed point without noise.
    expect(maxima[1] / maxima[0]).toBeCloseTo(4, 8);
  });

  it('are those that have the values asked for, of parameters and columns', () => {
    const of = (where: object): unknown[] => rowsOf({ file: 'rates.jsonl', where }).map(({ point }) => point);
    expect(of({ rule: 'weight-normalization' })).toEqual([2, 3]);
    expect(of({ rule: 'sgd', batchSize: 4 })).toEqual([1]);
    expect(of({ point: 2 })).toEqual([2]);
    const times = rowsOf({ file: 'courses.jsonl', where: { time: 2 } });
    expect(times.map(({ learningRate, time }) => [learningRate, time])).toEqual([
      [0.5, 2],
      [1, 2],
    ]);
  });

  it('are whole tables, or the last row of each that is asked for', () => {
    const all = rowsOf({ file: 'courses.jsonl' });
    expect(all.map(({ learningRate, time }) => [learningRate, time])).toEqual([
      [0.5, 1],
      [0.5, 2],
      [1, 1],
      [1, 2],
    ]);
    expect(rowsOf({ file: 'courses.jsonl', rows: 'last' })).toEqual([all[1], all[3]]);
    expect(rowsOf({ file: 'courses.jsonl', rows: 'last', where: { time: 1 } })).toEqual([all[0], all[2]]);
  });

  it('have what stands beside a table in each row, and numbers that are not finite', () => {
    const [header] = readFileSync(join(folder, 'courses.jsonl'), 'utf8').split('\n');
    const result = {
      kind: 'dynamics',
      config: { rate: 3 },
      outcome: 'complete',
      choice: { rate: 0.1, bound: 'Infinity' },
      columns: ['time', 'loss'],
      rows: [
        [1, 'NaN'],
        [2, null],
      ],
    };
    const record = { point: 0, parameters: { learningRate: 0.5 }, outcome: 'done', result };
    writeFileSync(join(folder, 'beside.jsonl'), `${header}\n${JSON.stringify(record)}\n`);
    const beside = { kind: 'dynamics', point: 0, outcome: 'done', learningRate: 0.5, 'choice.rate': 0.1 };
    const bound = { 'choice.bound': Infinity };
    expect(rowsOf({ file: 'beside.jsonl', where: { learningRate: 0.5 } })).toEqual([
      { ...beside, ...bound, time: 1, loss: NaN },
      { ...beside, ...bound, time: 2, loss: null },
    ]);
  });
});

describe('rows of a results file are refused, in one line,', () => {
  const refused = (curve: object, message: RegExp): void => {
    expect(() => rowsOf(curve)).toThrow(RangeError);
    expect(() => rowsOf(curve)).toThrow(message);
  };

  it('where there are none: with the values that there are', () => {
    refused(
      { file: 'rates.jsonl', where: { rule: 'adam', batchSize: 4, depth: 2 } },
      /^\S*rates\.jsonl has no row where \{"rule":"adam","batchSize":4,"depth":2\}; there are rule = "sgd", "weight-normalization"; batchSize = 1, 4; no parameter or column depth$/,
    );
  });

  it('where the file is absent, empty or something else', () => {
    refused({ file: 'nothing.jsonl' }, /^cannot read \S*nothing\.jsonl: no such file or directory$/);
    writeFileSync(join(folder, 'empty.jsonl'), '');
    refused({ file: 'empty.jsonl' }, /^\S*empty\.jsonl is empty$/);
    writeFileSync(join(folder, 'other.jsonl'), '{"a":1}\n');
    refused({ file: 'other.jsonl' }, /^\S*other\.jsonl is not a results file of a sweep[^\n]*$/);
  });

  it('where a point is not there or torn, unless it is not asked for', async () => {
    const path = join(folder, 'torn.jsonl');
    await write('torn.jsonl', rates, [0, 3, 1]);
    truncateSync(path, readFileSync(path).length - 10);
    refused(
      { file: 'torn.jsonl', where: { rule: 'sgd' } },
      /: point 1 \(rule = "sgd", batchSize = 4\) is not there yet; `sweep --resume` goes on with the file; `where: \{ outcome: done \}` leaves such points out$/,
    );
    expect(rowsOf({ file: 'torn.jsonl', where: { batchSize: 1, rule: 'sgd' } })).toHaveLength(1);
    const done = rowsOf({ file: 'torn.jsonl', where: { outcome: 'done' } });
    expect(done.map(({ point }) => point)).toEqual([0, 3]);
  });

  it('where a point failed or gave no result, unless it is not asked for', async () => {
    const records = await write('failed.jsonl', courses);
    expect(records.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'failed']);
    refused(
      { file: 'failed.jsonl' },
      /: point 2 \(learningRate = 4000\) has outcome failed \([^\n]+\); `where[^\n]+$/,
    );
    expect(rowsOf({ file: 'failed.jsonl', where: { learningRate: 1 } })).toHaveLength(2);
    expect(rowsOf({ file: 'failed.jsonl', where: { outcome: 'done' }, rows: 'last' })).toHaveLength(2);
    // Before it failed it had rows; what was asked for may be what it did not come to.
    const [, , { point, parameters, outcome }] = records;
    const result = { message: 'diverged', columns: ['time'], rows: [[1]] };
    const [whole] = readFileSync(join(folder, 'failed.jsonl'), 'utf8').split('"outcome":"failed"');
    const lines = whole.slice(0, whole.lastIndexOf('\n') + 1);
    writeFileSync(
      join(folder, 'late.jsonl'),
      `${lines}${JSON.stringify({ point, parameters, outcome, result })}\n`,
    );
    for (const time of [1, 2])
      refused({ file: 'late.jsonl', where: { time } }, /has outcome failed \(diverged\)/);
    const reached = rowsOf({ file: 'late.jsonl', where: { outcome: 'failed' } });
    expect(reached.map((row) => [row['point'], row['time']])).toEqual([[2, 1]]);
    expect(rowsOf({ file: 'late.jsonl', where: { outcome: 'done' } })).toHaveLength(4);
    const bad = { ...rates, grid: { rule: ['sgd'], batchSize: [1, 0] } };
    await write('error.jsonl', bad);
    refused(
      { file: 'error.jsonl', where: { rule: 'sgd' } },
      /: point 1 \(rule = "sgd", batchSize = 0\) has outcome error \(`batchSize` must be an integer >= 1; got 0\)/,
    );
    expect(rowsOf({ file: 'error.jsonl', where: { batchSize: 1 } })).toHaveLength(1);
  });

  it('before anything is run, with the name of the curve', async () => {
    const curves = { late: { kind: 'results', file: 'nothing.jsonl' } };
    const figure = figureOfRecipe(parseConfig(figureSchema, recipeOf(curves)), {}, folder);
    await expect(figure).rejects.toThrow(/^curve late: cannot read /);
    await expect(checkCurve(curveOf({ file: 'rates.jsonl', band: true, draw: 'points' }))).rejects.toThrow(
      '`band` is for a line, not for points or a fit',
    );
  });
});

describe('a figure of results', () => {
  const quantity = 'maximumLearningRate.effective';
  const curve = {
    kind: 'results',
    file: 'rates.jsonl',
    where: { rule: 'sgd' },
    columns: { x: 'batchSize', y: { column: quantity, per: 'batchSize' } },
  };

  it('draws columns as curves of commands do, and keeps what it draws with the sweep', async () => {
    const { figure, data } = await figureOfRecipe(parseConfig(figureSchema, recipeOf({ curve })), {}, folder);
    const [line] = figure.panels[0].series;
    expect([line.kind, line.x]).toEqual(['line', [1, 4]]);
    expect(line.y[1]).toBeCloseTo(line.y[0], 8);
    expect(data['curve']).toEqual({
      config: { file: 'rates.jsonl', where: { rule: 'sgd' }, rows: 'all', sweep: rates },
      columns: { x: line.x, y: line.y },
    });
  });

  it('is the same when it is quick', () => {
    const recipe = parseConfig(figureSchema, recipeOf({ curve }));
    expect(quickRecipe(recipe)).toEqual(recipe);
  });

  it('has columns that rows have not in one line', async () => {
    await expect(curveData(curveOf({ ...curve, columns: { y: 'gain' } }), {}, folder)).rejects.toThrow(
      /^curve a curve: no "gain" for y; there are [^\n]*maximumLearningRate\.effective[^\n]*$/,
    );
  });

  it('has no line through several points at one place, but may have points or the last rows', async () => {
    const drawn = (more: object): Promise<unknown> => {
      const panels = [
        { x: { quantity: 'time', label: 't' }, y: { quantity: 'overlap', label: 'R' }, curves: ['curve'] },
      ];
      const course = { kind: 'results', file: 'courses.jsonl', ...more };
      return figureOfRecipe(
        parseConfig(figureSchema, recipeOf({ curve: course }, { panels })),
        {},
        folder,
      ).then(({ figure }) => figure.panels[0].series[0].x);
    };
    await expect(drawn({})).rejects.toThrow(
      /^curve curve has two rows at time = 1: of several points of a sweep; `where` says which/,
    );
    expect(await drawn({ draw: 'points' })).toEqual([1, 2, 1, 2]);
    expect(await drawn({ where: { learningRate: 1 } })).toEqual([1, 2]);
  });

  it('is found from another folder after its recipe was written there', async () => {
    const recipe = parseConfig(figureSchema, recipeOf({ curve }));
    mkdirSync(join(folder, 'inner'), { recursive: true });
    const moved = rebased(recipe, folder, join(folder, 'inner'));
    expect(moved.curves['curve']).toMatchObject({ file: '../rates.jsonl' });
    const [here, there] = [
      await figureOfRecipe(recipe, {}, folder),
      await figureOfRecipe(moved, {}, join(folder, 'inner')),
    ];
    expect(there.figure).toEqual(here.figure);
    const absolute = { ...curve, file: join(folder, 'rates.jsonl') };
    const { figure } = await figureOfRecipe(parseConfig(figureSchema, recipeOf({ curve: absolute })));
    expect(figure).toEqual(here.figure);
  });
});
