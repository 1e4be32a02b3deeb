import { readdirSync } from 'node:fs';
import { loadConfig } from '../../../lib/config/load.js';
import { parseConfig } from '../../../lib/config/schema.js';
import { figureOfRecipe } from '../../../lib/figures/recipe/figure-of-recipe.js';
import { figureSchema, type Curve } from '../../../lib/figures/recipe/schema.js';
import { checkFigure } from '../../../lib/figures/validate.js';
import { recipeOf } from './recipes.js';

const line = { kind: 'formula', formula: 'x', from: 0, to: 1 };
const axis = { quantity: 'x', label: 'x' };
const panels = (part: object): object => ({ panels: [{ x: axis, y: axis, curves: ['line'], ...part }] });
const dynamics = { rule: 'sgd', learningRate: 0.5, initial: { overlap: 0, length: 1 }, until: 1 };
const maximum = { kind: 'maximum-learning-rate', learningRates: { rule: 'sgd', learningRate: 1 } };

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
    ['with dynamics but no configuration', recipeOf({ run: { kind: 'dynamics' } }), '`curves.run.dynamics`'],
    [
      'with a rule there is not',
      recipeOf({ run: { kind: 'dynamics', dynamics: { ...dynamics, rule: 'adam' } } }),
      '`curves.run.dynamics.rule`',
    ],
    [
      'with a simulation without a seed',
      recipeOf({
        run: { kind: 'dynamics', dynamics, simulation: { dimension: 9, runs: 2, times: [1] } },
      }),
      '`curves.run.simulation.seed`',
    ],
    [
      'with a maximum against what is no parameter',
      recipeOf({ run: { ...maximum, over: 'time', values: [1] } }),
      '`curves.run.over`',
    ],
    [
      'with a range of one value',
      recipeOf({ run: { ...maximum, over: 'batchSize', values: { from: 1, to: 2, points: 1 } } }),
      '`curves.run.values',
    ],
    [
      'with a decomposition that shows nothing',
      recipeOf({ run: { kind: 'decomposition', compare: { learningRate: 1 } } }),
      '`curves.run.show`',
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

/** The same curve from a run that takes no time. */
function shortened(curve: Curve): Curve {
  switch (curve.kind) {
    case 'dynamics': {
      const { simulation, ...rest } = curve;
      const short = { ...rest, dynamics: { ...curve.dynamics, until: 0.1, points: 2 } };
      return simulation === undefined
        ? short
        : { ...short, simulation: { ...simulation, dimension: 10, runs: 2, times: [0.1] } };
    }
    case 'maximum-learning-rate':
      return { ...curve, values: [0.1, 0.2] };
    case 'decomposition':
      return { ...curve, compare: { ...curve.compare, batchSizes: [8, 16, 32], until: 0.1 } };
    case 'generalization': {
      const { simulation, ...rest } = curve;
      const { alpha } = curve.generalization;
      const short = { ...rest, generalization: { ...curve.generalization, alpha: alpha.slice(-3) } };
      return simulation === undefined
        ? short
        : { ...short, simulation: { ...simulation, alpha: [8], dimension: 10, runs: 2, until: 1 } };
    }
    case 'formula':
      return curve;
  }
}

const folder = 'docs/figures';
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('the recipes of the documentation', () => {
  it.each(names)('%s is valid, has every quantity that it shows, and makes a figure', async (name) => {
    const recipe = parseConfig(figureSchema, await loadConfig(`${folder}/${name}`));
    const curves = Object.fromEntries(
      Object.entries(recipe.curves).map(([key, curve]) => [key, shortened(curve)]),
    );
    const { figure } = await figureOfRecipe({ ...recipe, curves });
    expect(() => {
      checkFigure(figure);
    }).not.toThrow();
    const shown = recipe.panels.flatMap((panel) => panel.curves);
    expect(new Set(shown)).toEqual(new Set(Object.keys(recipe.curves)));
  });

  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(4);
  });
});
