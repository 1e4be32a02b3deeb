import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executeConfig } from '../../lib/commands/execute-config.js';
import { commands, type CommandName } from '../../lib/commands/index.js';
import { printedObject, rowsOf } from '../../lib/config/result.js';
import { parseConfig } from '../../lib/config/parse.js';
import { curveData } from '../../lib/recipes/curve-data.js';
import { figureSchema } from '../../lib/recipes/schema.js';
import { runPoint } from '../../lib/sweep/record.js';
import { pointsOf } from '../../lib/sweep/sweep-config.js';
import { sweepTable } from '../../lib/sweep/sweep-table.js';
import { recipeOf } from '../recipes/recipes.js';
import { refusalOf } from '../support/command-line.js';

interface Small {
  readonly config: Record<string, number | string | number[] | Record<string, number>>;
  /** An entry, with two values. */
  readonly over: [name: string, values: number[]];
  /** A number that the command prints. */
  readonly column: string;
  /** Of its table; 1 where there is none. */
  readonly rows?: number;
}

const rule = { rule: 'sgd', learningRate: 0.5 };
const start = { initial: { overlap: 0.1, length: 1 }, times: [1] };
const small: Record<CommandName, Small> = {
  dynamics: { config: { ...rule, ...start }, over: ['batchSize', [1, 2]], column: 'overlap' },
  'learning-rates': { config: rule, over: ['batchSize', [1, 2]], column: 'maximumLearningRate.effective' },
  simulate: {
    config: { ...rule, ...start, dimension: 10, runs: 2 },
    over: ['noiseVariance', [0, 1]],
    column: 'overlap',
  },
  compare: {
    config: { learningRate: 0.5, batchSize: 8, until: 1 },
    over: ['noiseVariance', [0, 0.1]],
    column: 'gammaDecomposed',
  },
  generalization: {
    config: { load: 2, noiseVariance: 0.25 },
    over: ['gammaDecay', [0.1, 0.2]],
    column: 'generalizationError',
  },
  regularization: { config: { batchSize: 8 }, over: ['overlap', [0.9, 1]], column: 'gammaDecay' },
  network: {
    config: {
      ...{ method: 'none', imageSize: 14, images: 32, heldOut: 10, widths: [8] },
      ...{ batchSize: 16, learningRate: 0.01, epochs: 1 },
    },
    over: ['momentum', [0, 0.5]],
    column: 'trainingLoss',
    rows: 2,
  },
};

const folder = mkdtempSync(join(tmpdir(), 'every-command-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(commands.map(({ name }) => [name, small[name]] as const))(
  '%s',
  (name, { config, over, column, rows = 1 }) => {
    const [entry, values] = over;
    const each = <Item>(item: Item): Item[] => Array.from({ length: rows }, () => item);

    it('prints a configuration that gives the same again, and says how it ended in words', async () => {
      const { result } = await executeConfig(name, config);
      expect(result.entries['message']).toEqual(expect.any(String));
      const again = await executeConfig(name, result.config);
      expect(printedObject(again.result)).toEqual(printedObject(result));
    });

    it('can be swept', async () => {
      const points = await pointsOf({ command: name, config, grid: { [entry]: values } });
      const table = sweepTable(await Promise.all(points.map((point) => runPoint(name, point))));
      const outcome = table.columns.indexOf('outcome');
      expect(table.rows.map((row) => [row[0], row[1], row[outcome]])).toEqual(
        values.flatMap((value, index) => each([index, value, 'done'])),
      );
      for (const row of table.rows) expect(row[table.columns.indexOf(column)]).toEqual(expect.any(Number));
    });

    it('can be drawn', async () => {
      const curve = { kind: name, config, grid: { [entry]: values } };
      const recipe = parseConfig(figureSchema, recipeOf({ curve })).curves['curve'];
      const { columns } = await curveData(recipe, {});
      expect(columns[entry]).toEqual(values.flatMap(each));
      const { result } = await executeConfig(name, { ...config, [entry]: values[1] });
      expect(columns[column][rows]).toBe(rowsOf(printedObject(result))[0][column]);
    });

    it.each(['json', 'csv', 'txt'])('is written as %s', async (extension) => {
      const [file, output] = [join(folder, `${name}.yaml`), join(folder, `${name}.${extension}`)];
      writeFileSync(file, JSON.stringify(config));
      expect(await refusalOf(name, '--config', file, '--output', output, '--quiet')).toBeUndefined();
      // A result without a table is a CSV of names and values.
      expect(readFileSync(output, 'utf8')).toContain(extension === 'json' ? `"kind":"${name}"` : column);
    });
  },
);
