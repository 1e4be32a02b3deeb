import { parseConfig } from '../../../lib/config/schema.js';
import { curveData } from '../../../lib/figures/recipe/curve-data.js';
import type { CurveData } from '../../../lib/figures/recipe/data-columns.js';
import { figureOfRecipe } from '../../../lib/figures/recipe/figure-of-recipe.js';
import { quickRecipe } from '../../../lib/figures/recipe/quick.js';
import { figureSchema } from '../../../lib/figures/recipe/schema.js';
import { recipeOf } from './recipes.js';

function dataOf(curve: object): Promise<CurveData> {
  const recipe = parseConfig(figureSchema, recipeOf({ curve: { kind: 'generalization', ...curve } }));
  return curveData(recipe.curves['curve'], {});
}

const noisy = { activation: 'identity', noiseVariance: 0.25 };

describe('a curve of kind generalization', () => {
  it('against the load is S/(α − 1) for the linear unit without decay', async () => {
    const { line } = await dataOf({ generalization: { ...noisy, rule: 'sgd', alpha: '2:5:4' } });
    expect(line.columns['alpha']).toEqual([2, 3, 4, 5]);
    line.columns['generalizationError'].forEach((value, i) => {
      expect(value).toBeCloseTo(0.25 / (i + 1), 14);
    });
  });

  it('against the decay, and its optimum ζ = S/α where ε = SV, with λV² + (λ + α − 1)V = 1', async () => {
    const over = 'gammaDecay';
    const curve = await dataOf({ over, generalization: { ...noisy, alpha: 1, gammaDecay: [0.1, 0.25, 1] } });
    const best = await dataOf({ over, show: 'optimum', generalization: { ...noisy, alpha: 1 } });
    const v = (Math.sqrt(0.25 ** 2 + 4 * 0.25) - 0.25) / (2 * 0.25);
    expect(best.line.columns['gammaDecay'][0]).toBeCloseTo(0.25, 14);
    expect(best.marks?.points.columns['generalizationError'][0]).toBeCloseTo(0.25 * v, 14);
    expect(curve.line.columns['gammaDecay']).toEqual([0.1, 0.25, 1]);
    expect(curve.line.columns['generalizationError'][1]).toBeCloseTo(0.25 * v, 14);
  });

  it('against time starts at ε = 1', async () => {
    const { line } = await dataOf({
      over: 'time',
      generalization: { ...noisy, alpha: 2, flowTimes: [0, 1] },
    });
    expect(line.columns['time']).toEqual([0, 1]);
    expect(line.columns['generalizationError'][0]).toBeCloseTo(1, 14);
  });

  it('has students as points with errors, and a quarter of them in a quick figure', async () => {
    const simulation = { alpha: [3], dimension: 40, runs: 16, seed: 1 };
    const curve = {
      kind: 'generalization',
      generalization: { ...noisy, alpha: 3, gammaDecay: 0.1 },
      simulation,
    };
    const recipe = parseConfig(figureSchema, recipeOf({ curve }));
    const { marks, line } = await curveData(recipe.curves['curve'], {});
    const error = marks!.points.errors!['overlap'][0];
    // Least squares at N = 40: |z| < 6, wide for the O(1/N) bias.
    expect(Math.abs(marks!.points.columns['overlap'][0] - line.columns['overlap'][0])).toBeLessThan(
      6 * error,
    );
    const quick = quickRecipe(recipe).curves['curve'];
    expect(quick).toMatchObject({ simulation: { runs: 4 } });
  });

  it('refuses to draw a line through two solutions', async () => {
    const generalization = { activation: 'abs(z)', alpha: [1, 1.5, 2], gammaDecay: 0.05 };
    await expect(dataOf({ generalization })).rejects.toThrow('two solutions coexist at alpha = 1.5');
  });

  it('draws an optimum as points alone', async () => {
    const curve = { kind: 'generalization', over: 'gammaDecay', show: 'optimum' };
    const recipe = parseConfig(
      figureSchema,
      recipeOf(
        { curve: { ...curve, generalization: { ...noisy, alpha: 1 } } },
        {
          panels: [
            {
              x: { quantity: 'gammaDecay', label: 'x' },
              y: { quantity: 'generalizationError', label: 'y' },
              curves: ['curve'],
            },
          ],
        },
      ),
    );
    const { figure } = await figureOfRecipe(recipe);
    expect(figure.panels[0].series.map(({ kind }) => kind)).toEqual(['points']);
  });
});
