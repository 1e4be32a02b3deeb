import { readdirSync } from 'node:fs';
import { loadConfig } from '../../lib/config/load.js';
import { parseConfig } from '../../lib/config/parse.js';
import { figureOfRecipe } from '../../lib/recipes/figure-of-recipe.js';
import { figureSchema, type Curve } from '../../lib/recipes/schema.js';
import { readResults } from '../../lib/sweep/read-results.js';
import { sweepSchema } from '../../lib/sweep/sweep-config.js';
import { checkFigure } from '../../lib/figures/validate.js';
import { recipeOf } from './recipes.js';

const line = { kind: 'formula', formula: 'x', from: 0, to: 1 };
const axis = { quantity: 'x', label: 'x' };
const panels = (part: object): object => ({ panels: [{ x: axis, y: axis, curves: ['line'], ...part }] });
const dynamics = { rule: 'sgd', learningRate: 0.5, initial: { overlap: 0, length: 1 }, until: 1 };
const maximum = { kind: 'learning-rates', config: { rule: 'sgd', learningRate: 1 } };

describe('a recipe is refused, in one line that names the entry,', () => {
  it.each([
    ['that is no figure', recipeOf({ line }, { kind: 'picture' }), '`kind`'],
    ['without a title', recipeOf({ line }, { title: undefined }), '`title`'],
    ['with half a column', recipeOf({ line }, { columns: 0.5 }), '`columns`'],
    ['with no column', recipeOf({ line }, { columns: 0 }), '`columns`'],
    ['with a name it does not know', recipeOf({ line }, { colour: 'red' }), 'unknown name colour'],
    ['with a kind of curve there is not', recipeOf({ line: { kind: 'guess' } }), '`curves.line.kind`'],
    ['with a colour there is not', recipeOf({ line: { ...line, color: 'red' } }), '`curves.line.color`'],
    ['with a dash there is not', recipeOf({ line: { ...line, dash: 'wavy' } }), '`curves.line.dash`'],
    ['with a marker there is not', recipeOf({ line: { ...line, marker: 'star' } }), '`curves.line.marker`'],
    ['with a formula of no end', recipeOf({ line: { ...line, to: undefined } }), '`curves.line.to`'],
    [
      'with an unknown name in a curve',
      recipeOf({ line: { ...line, until: 3 } }),
      'unknown name until in `curves.line`',
    ],
    ['with a command but no configuration', recipeOf({ run: { kind: 'dynamics' } }), '`curves.run.config`'],
    [
      'with a grid that has no values',
      recipeOf({ run: { ...maximum, grid: { batchSize: [] } } }),
      '`curves.run.grid.batchSize`',
    ],
    ['drawn as nothing', recipeOf({ run: { ...maximum, draw: 'area' } }), '`curves.run.draw`'],
    ['of results without a file', recipeOf({ run: { kind: 'results' } }), '`curves.run.file`'],
    [
      'of rows there are not',
      recipeOf({ run: { kind: 'results', file: 'a.jsonl', rows: 'first' } }),
      '`curves.run.rows`',
    ],
    [
      'of results with a grid',
      recipeOf({ run: { kind: 'results', file: 'a.jsonl', grid: {} } }),
      'unknown name grid in `curves.run`',
    ],
    ['with a fit there is not', recipeOf({ run: { ...maximum, fit: 'spline' } }), '`curves.run.fit`'],
    [
      'with a column that is none',
      recipeOf({ run: { ...maximum, columns: { gamma: { formula: '1 - x' } } } }),
      '`curves.run.columns.gamma`',
    ],
    ['with a panel of no curves', recipeOf({ line }, panels({ curves: [] })), '`panels.0.curves`'],
    [
      'with an axis without label',
      recipeOf({ line }, panels({ x: { quantity: 'x' } })),
      '`panels.0.x.label`',
    ],
    [
      'with a scale there is not',
      recipeOf({ line }, panels({ y: { ...axis, scale: 'root' } })),
      '`panels.0.y.scale`',
    ],
    [
      'with a domain of one end',
      recipeOf({ line }, panels({ x: { ...axis, domain: [1] } })),
      '`panels.0.x.domain',
    ],
    ['with a legend nowhere', recipeOf({ line }, panels({ legend: 'middle' })), '`panels.0.legend`'],
  ])('%s', (_, recipe, name) => {
    const parse = (): unknown => parseConfig(figureSchema, recipe);
    expect(parse).toThrow(RangeError);
    expect(parse).toThrow(name);
    expect(parse).toThrow(/^configuration: [^\n]+$/);
  });
});

describe('a recipe is refused before anything is run, in one line that names the curve and the entry,', () => {
  it.each([
    [
      'with a rule there is not',
      { run: { kind: 'dynamics', config: { ...dynamics, rule: 'adam' } } },
      /^curve run: configuration: `rule`: /,
    ],
    [
      'with a simulation without a dimension',
      { run: { kind: 'dynamics', config: dynamics, points: { kind: 'simulate', config: { times: [1] } } } },
      /^curve run: configuration: `dimension` must be given$/,
    ],
    [
      'with a grid over what is no entry',
      { run: { ...maximum, grid: { time: [1] } } },
      /^curve run: configuration: unknown name time/,
    ],
    [
      'with a range of one value',
      { run: { ...maximum, grid: { batchSize: { from: 1, to: 2, points: 1 } } } },
      /^curve run: `batchSize points` must be an integer from 2 to 1000000; got 1$/,
    ],
  ])('%s', async (_, curves, message) => {
    const figure = figureOfRecipe(parseConfig(figureSchema, recipeOf(curves)));
    await expect(figure).rejects.toThrow(message);
  });
});

/** Entries that make a run take no time, for each command. */
const short: Record<string, object> = {
  dynamics: { until: 0.1, points: 2 },
  simulate: { dimension: 10, runs: 2, times: [0.1] },
  compare: { batchSize: [8, 16, 32], until: 0.1 },
  generalization: { dimension: 10, runs: 2, until: 1, load: [8] },
  network: { images: 32, heldOut: 10, epochs: 1, runs: 2, widths: [8] },
};

/** The lists of a run of learning-rates, made short. */
function shortRates(config: object): object {
  if ('scan' in config) return { scan: [1], until: 1, ...('runs' in config ? { dimension: 10 } : {}) };
  return 'stationary' in config ? { stationary: [0.5] } : {};
}

/** The same curve from a run that takes no time. */
function shortened(curve: Curve): Curve {
  if (curve.kind === 'formula' || curve.kind === 'results') return curve;
  const { kind, config, points, grid } = curve;
  const { load } = config;
  // A curve of students alone has their entries itself.
  const students = { ...short['generalization'], until: 1000 };
  const own = kind !== 'generalization' ? short[kind] : 'dimension' in config ? students : {};
  const fewer = Array.isArray(load) && !('dimension' in config) ? { load: load.slice(-3) } : own;
  return {
    ...curve,
    config: { ...config, ...fewer, ...shortRates(config) },
    grid: Object.fromEntries(Object.keys(grid).map((name) => [name, [0.1, 0.2]])),
    ...(points === undefined
      ? {}
      : {
          points: {
            ...points,
            config: { ...points.config, ...short[points.kind ?? kind], ...shortRates(points.config) },
          },
        }),
  };
}

const folder = 'docs/figures';
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const sweeps = files.filter((name) => name.endsWith('.sweep.yaml'));
const names = files.filter((name) => !sweeps.includes(name));

describe('the recipes of the documentation', () => {
  it.each(names)('%s is valid, has every quantity that it shows, and makes a figure', async (name) => {
    const recipe = parseConfig(figureSchema, await loadConfig(`${folder}/${name}`));
    const curves = Object.fromEntries(
      Object.entries(recipe.curves).map(([key, curve]) => [key, shortened(curve)]),
    );
    const { figure } = await figureOfRecipe({ ...recipe, curves }, {}, folder);
    expect(() => {
      checkFigure(figure);
    }).not.toThrow();
    const shown = recipe.panels.flatMap((panel) => panel.curves);
    expect(new Set(shown)).toEqual(new Set(Object.keys(recipe.curves)));
  });

  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(4);
  });

  it('draw complete results of the sweeps as they stand beside them', async () => {
    for (const name of sweeps) {
      const path = `${folder}/${name.replace(/\.sweep\.yaml$/, '.jsonl')}`;
      const { header, records } = readResults(path);
      expect([name, header?.sweep]).toEqual([
        name,
        parseConfig(sweepSchema, await loadConfig(`${folder}/${name}`)),
      ]);
      expect([name, records.length]).toEqual([name, header?.points]);
    }
    const results = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    expect(results.map((name) => name.replace(/\.jsonl$/, '.sweep.yaml'))).toEqual(sweeps);
  });
});
