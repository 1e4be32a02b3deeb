import { parseConfig } from '../../lib/config/parse.js';
import { curveData } from '../../lib/recipes/curve-data.js';
import type { CurveData } from '../../lib/recipes/data-columns.js';
import { figureOfRecipe } from '../../lib/recipes/figure-of-recipe.js';
import { quickRecipe } from '../../lib/recipes/quick.js';
import { figureSchema } from '../../lib/recipes/schema.js';
import { recipeOf } from './recipes.js';

function dataOf(curve: object): Promise<CurveData> {
  const recipe = parseConfig(figureSchema, recipeOf({ curve: { kind: 'generalization', ...curve } }));
  return curveData(recipe.curves['curve'], {});
}

const noisy = { activation: 'identity', noiseVariance: 0.25 };
const optimum = {
  draw: 'points',
  columns: { gammaDecay: 'optimalGammaDecay', generalizationError: 'optimalError' },
  config: { ...noisy, load: 1, optimum: true },
};

describe('a curve of kind generalization', () => {
  it('against the load is S/(α − 1) for the linear unit without decay', async () => {
    const { columns } = await dataOf({ config: { ...noisy, rule: 'sgd', load: '2:5:4' } });
    expect(columns['load']).toEqual([2, 3, 4, 5]);
    columns['generalizationError'].forEach((value, i) => {
      expect(value).toBeCloseTo(0.25 / (i + 1), 14);
    });
  });

  it('against the decay, and its optimum ζ = S/α where ε = SV, with λV² + (λ + α − 1)V = 1', async () => {
    const curve = await dataOf({ config: { ...noisy, load: 1, gammaDecay: [0.1, 0.25, 1] } });
    const best = await dataOf(optimum);
    const v = (Math.sqrt(0.25 ** 2 + 4 * 0.25) - 0.25) / (2 * 0.25);
    expect(best.columns['gammaDecay'][0]).toBeCloseTo(0.25, 14);
    expect(best.columns['generalizationError'][0]).toBeCloseTo(0.25 * v, 14);
    expect(curve.columns['gammaDecay']).toEqual([0.1, 0.25, 1]);
    expect(curve.columns['generalizationError'][1]).toBeCloseTo(0.25 * v, 14);
  });

  it('against time starts at ε = 1', async () => {
    const { columns } = await dataOf({ config: { ...noisy, load: 2, flowTimes: [0, 1] } });
    expect(columns['time']).toEqual([0, 1]);
    expect(columns['generalizationError'][0]).toBeCloseTo(1, 14);
  });

  it('has students as points with errors, and a quarter of them in a quick figure', async () => {
    const curve = {
      kind: 'generalization',
      config: { ...noisy, load: 3, gammaDecay: 0.1 },
      points: { config: { load: [3], dimension: 40, runs: 16, seed: 1 } },
    };
    const recipe = parseConfig(figureSchema, recipeOf({ curve }));
    const { points, columns } = await curveData(recipe.curves['curve'], {});
    const error = points!.columns['overlapStandardError'][0];
    // Least squares at N = 40: |z| < 6, wide for the O(1/N) bias.
    expect(Math.abs(points!.columns['overlapSimulated'][0] - columns['overlap'][0])).toBeLessThan(6 * error);
    const quick = quickRecipe(recipe).curves['curve'];
    expect(quick).toMatchObject({ points: { config: { runs: 4, dimension: 40 } } });
  });

  it('draws an optimum as points alone', async () => {
    const panels = [
      {
        x: { quantity: 'gammaDecay', label: 'x' },
        y: { quantity: 'generalizationError', label: 'y' },
        curves: ['curve'],
      },
    ];
    const recipe = recipeOf({ curve: { kind: 'generalization', ...optimum } }, { panels });
    const { figure } = await figureOfRecipe(parseConfig(figureSchema, recipe));
    expect(figure.panels[0].series.map(({ kind }) => kind)).toEqual(['points']);
  });
});
