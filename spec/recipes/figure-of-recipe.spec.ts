import { parseConfig } from '../../lib/config/parse.js';
import { figureOfRecipe, type FigureWithData } from '../../lib/recipes/figure-of-recipe.js';
import { figureSchema } from '../../lib/recipes/schema.js';
import { recipeOf } from './recipes.js';

const figureOf = (recipe: object, onProgress?: (fraction: number) => void): Promise<FigureWithData> =>
  figureOfRecipe(parseConfig(figureSchema, recipe), onProgress === undefined ? {} : { onProgress });

const line = { kind: 'formula', formula: 'x', from: 0, to: 1 };
const run = {
  kind: 'dynamics',
  config: { rule: 'sgd', learningRate: 0.5, initial: { overlap: 0, length: 0.5 }, until: 1, points: 3 },
  points: { kind: 'simulate', config: { dimension: 20, runs: 2, seed: 1, times: [0, 1] } },
};
const gaps = {
  kind: 'compare',
  label: 'M^{{power}}',
  config: { learningRate: 0.5, batchSize: [8, 16, 32], until: 1 },
  draw: 'points',
  fit: 'power-law',
};
const panel = (x: string, y: string, ...curves: string[]): object => ({
  x: { quantity: x, label: x },
  y: { quantity: y, label: y },
  curves,
});

describe('the figure of a recipe', () => {
  it('has a line for each curve, and points with errors for its simulation', async () => {
    const recipe = recipeOf(
      { run: { ...run, dash: 'dashed', marker: 'square' } },
      {
        panels: [panel('time', 'overlap', 'run')],
      },
    );
    const { figure, data } = await figureOf(recipe);
    const { columns, points: simulated } = data['run'];
    const [drawn, points] = figure.panels[0].series;
    expect(drawn).toEqual({
      label: 'a curve',
      kind: 'line',
      style: { color: 'blue', dash: 'dashed' },
      x: columns['time'],
      y: columns['overlap'],
    });
    expect(points).toEqual({
      label: 'a curve',
      kind: 'points',
      style: { color: 'blue', marker: 'square' },
      x: [0, 1],
      y: simulated!.columns['overlap'],
      errors: simulated!.columns['overlapStandardError'],
    });
  });

  it('writes the fitted power into the label, with a minus sign', async () => {
    const { figure } = await figureOf(
      recipeOf({ gaps }, { panels: [panel('batchSize', 'gammaGap', 'gaps')] }),
    );
    const labels = figure.panels[0].series.map(({ label }) => label);
    expect(labels).toEqual([labels[0], labels[0]]);
    expect(labels[0]).toMatch(/^M\^\{−[12]\.\d\d\}$/);
    // Gaps are measured numbers without standard errors.
    expect(figure.panels[0].series[1].errors).toBeUndefined();
  });

  it('shows curves in the order of each panel, a formula beside anything', async () => {
    const recipe = recipeOf(
      { run, line: { ...line, label: 'bound' } },
      {
        columns: 2,
        panels: [panel('time', 'overlap', 'line', 'run'), panel('time', 'gamma', 'run')],
      },
    );
    const { figure } = await figureOf(recipe);
    expect(figure).toMatchObject({ title: 'A figure', columns: 2, panelWidth: 200, panelHeight: 150 });
    expect(figure.panels.map(({ series }) => series.map(({ label }) => label))).toEqual([
      ['bound', 'a curve', 'a curve'],
      ['a curve', 'a curve'],
    ]);
  });

  it('keeps title, legend, scales and domains of a panel, and leaves out what is not given', async () => {
    const full = {
      title: 'M = 8',
      x: { quantity: 'x', label: 't', scale: 'log', domain: [0.1, 1] },
      y: { quantity: 'y', label: 'ε' },
      curves: ['line'],
      legend: [0.2, 0.8],
    };
    const { figure } = await figureOf(recipeOf({ line }, { panels: [full, panel('x', 'y', 'line')] }));
    const [kept, bare] = figure.panels;
    expect(kept).toMatchObject({ title: 'M = 8', legend: [0.2, 0.8] });
    expect(kept.x).toEqual({ label: 't', scale: 'log', domain: [0.1, 1] });
    expect(kept.y).toEqual({ label: 'ε' });
    expect(Object.keys(bare).sort()).toEqual(['series', 'x', 'y']);
  });

  it('tells how far it is, never back', async () => {
    const seen: number[] = [];
    await figureOf(recipeOf({ line, run }, { panels: [panel('time', 'overlap', 'run')] }), (fraction) =>
      seen.push(fraction),
    );
    // The second of two curves.
    expect(seen[0]).toBeGreaterThanOrEqual(0.5);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.slice().sort((a, b) => a - b));
  });

  it.each([
    [panel('x', 'y', 'line', 'nobody'), 'a panel asks for curve nobody, which the recipe does not have'],
    [
      panel('time', 'temperature', 'run'),
      'curve run has no temperature; it has time, gamma, overlap, length, generalizationError, effectiveLearningRate, reducedLearningRate, misalignment',
    ],
  ])('is refused, case %#', async (bad, message) => {
    await expect(figureOf(recipeOf({ line, run }, { panels: [bad] }))).rejects.toThrow(message);
  });
});
