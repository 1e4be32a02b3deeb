import { parseConfig } from '../../lib/config/parse.js';
import { meanDeviation } from '../../lib/gaussian/batch/moments.js';
import { curveData } from '../../lib/recipes/curve-data.js';
import { figureSchema, type RecipePanel } from '../../lib/recipes/schema.js';
import { seriesOf } from '../../lib/recipes/series.js';
import type { Series } from '../../lib/figures/types.js';
import { recipeOf } from './recipes.js';

const sizes = [8, 16, 32, 64];
const gaps = {
  kind: 'compare',
  config: { learningRate: 0.5, batchSize: sizes, until: 5 },
  draw: 'points',
  fit: 'power-law',
};
const panelOf = (x: string, y: string): RecipePanel => ({
  x: { quantity: x, label: x },
  y: { quantity: y, label: y },
  curves: ['curve'],
});

async function drawn(curve: object, x: string, y: string): Promise<Series[]> {
  const recipe = parseConfig(figureSchema, recipeOf({ curve })).curves['curve'];
  return seriesOf('curve', recipe, await curveData(recipe, {}), panelOf(x, y));
}

describe('the series of a curve', () => {
  it('with a fit are measured points, and their power law as a line', async () => {
    const [line, points] = await drawn({ ...gaps, label: '{power}' }, 'batchSize', 'gammaGap');
    const exact = sizes.map((m) => meanDeviation(m) - 1 / (1 + 3 / (4 * m)));
    expect(points.x).toEqual(sizes);
    points.y.forEach((value, i) => {
      expect(Math.abs(value - exact[i])).toBeLessThan(1e-11);
    });
    // Least squares of log gap against log M, which 1/M² corrections of the gap bend a little.
    const u = sizes.map(Math.log);
    const v = exact.map((value) => Math.log(Math.abs(value)));
    const [meanU, meanV] = [u, v].map((values) => values.reduce((sum, value) => sum + value) / 4);
    const power =
      u.reduce((sum, value, i) => sum + (value - meanU) * (v[i] - meanV), 0) /
      u.reduce((sum, value) => sum + (value - meanU) ** 2, 0);
    expect(Math.abs(power + 2)).toBeLessThan(0.1);
    line.y.forEach((value, i) => {
      // Gaps of 1e-4, known to 1e-11.
      expect(Math.abs(Math.log(value) - (meanV + power * (u[i] - meanU)))).toBeLessThan(1e-6);
    });
    expect(line.label).toBe(power.toFixed(2).replace('-', '−'));
  });

  it('have no power law from two batch sizes', async () => {
    const few = { ...gaps, config: { ...gaps.config, batchSize: [8, 16] } };
    const [line] = await drawn(few, 'batchSize', 'gammaGap');
    expect(line.y).toEqual([NaN, NaN]);
  });

  it('have no error bar where nothing was measured', async () => {
    const scan = { scan: [0.01, 1], overlaps: [0.5], until: 3, runs: 2, dimension: 100 };
    const curve = {
      kind: 'learning-rates',
      config: { rule: 'weight-normalization', ...scan },
      draw: 'points',
    };
    const [points] = await drawn(curve, 'learningRate', 'timeToOverlap.0.5');
    expect(points.y).toEqual([NaN, expect.any(Number)]);
    const { errors } = points as { errors: readonly number[] };
    expect(errors[0]).toBe(0);
    expect(errors[1]).toBeGreaterThan(0);
  });

  it('are no line through two solutions, nor through two values of another entry', async () => {
    const coexisting = {
      kind: 'generalization',
      config: { activation: 'abs(z)', load: [1, 1.5, 2], gammaDecay: 0.05 },
    };
    await expect(drawn(coexisting, 'load', 'generalizationError')).rejects.toThrow(
      'curve curve has two rows at load = 1.5: two solutions that coexist, or another entry with several values',
    );
    const several = {
      kind: 'compare',
      config: { learningRate: 0.5, batchSize: [8], noiseVariance: [0, 0.1], until: 1 },
    };
    await expect(drawn(several, 'batchSize', 'gamma')).rejects.toThrow('two rows at batchSize = 8');
  });

  it('along a trajectory may come to one place twice', async () => {
    const resting = {
      kind: 'dynamics',
      config: { rule: 'sgd', learningRate: 0.5, initial: { overlap: 1, length: 1 }, times: [1, 2] },
    };
    const [line] = await drawn(resting, 'overlap', 'length');
    expect(line.x).toEqual([1, 1]);
  });
});

describe('a line that is dashed by a column', () => {
  const limit = {
    kind: 'generalization',
    config: { rule: 'sgd', activation: 'relu', noiseVariance: 0.25, load: [0.5, 1, 2, 4, 8] },
  };

  it('is so in the intervals that end at one of its words, and otherwise as it was', async () => {
    const dashWhere = { column: 'state', words: ['unstable'] };
    const [solid, dashed, ...rest] = await drawn({ ...limit, dashWhere }, 'load', 'generalizationError');
    const [whole] = await drawn(limit, 'load', 'generalizationError');
    expect(rest).toEqual([]);
    // The replicon is above 1 at load 2 alone.
    expect(solid).toMatchObject({ x: [0.5, 1, NaN, 4, 8], style: whole.style, label: whole.label });
    expect(dashed).toMatchObject({ x: [1, 2, 4], style: { ...whole.style, dash: 'dashed' }, kind: 'line' });
    expect(dashed.y).toEqual(whole.y.slice(1, 4));
    expect(solid.y).toEqual([whole.y[0], whole.y[1], NaN, whole.y[3], whole.y[4]]);
  });

  it('may be so everywhere or nowhere', async () => {
    for (const [words, dash] of [
      [['stable', 'approximate', 'unstable'], 'dashed'],
      [['metastable'], 'solid'],
    ] as const) {
      const lines = await drawn({ ...limit, dashWhere: { column: 'state', words } }, 'load', 'gamma');
      expect(lines.map(({ x, style }) => [x.length, style.dash])).toEqual([[5, dash]]);
    }
  });

  it('needs a column of words', async () => {
    for (const column of ['gamma', 'mood'])
      await expect(
        drawn({ ...limit, dashWhere: { column, words: ['stable'] } }, 'load', 'gamma'),
      ).rejects.toThrow(`no column ${column} of words for dashWhere; there are load, gammaDecay, gamma`);
  });
});

describe('a line with a band', () => {
  const course = { rule: 'sgd', learningRate: 0.5, initial: { overlap: 0, length: 0.5 }, times: [0, 1] };

  it('has one standard error above and below it, in its colour, drawn before it', async () => {
    const curve = { kind: 'simulate', config: { ...course, dimension: 20, runs: 3 }, dash: 'dashed' };
    const [band, line, ...rest] = await drawn({ ...curve, band: true }, 'time', 'overlap');
    const [points] = await drawn({ ...curve, draw: 'points' }, 'time', 'overlap');
    expect(rest).toEqual([]);
    expect(line.errors).toBeUndefined();
    expect(band).toEqual({ ...line, kind: 'band', style: { color: 'blue' }, errors: points.errors });
    expect(band.errors![1]).toBeGreaterThan(0);
  });

  it('needs a column of standard errors', async () => {
    const curve = { kind: 'dynamics', config: course, band: true };
    await expect(drawn(curve, 'time', 'overlap')).rejects.toThrow(
      /^curve curve has no overlapStandardError; it has time, /,
    );
  });
});

describe('students drawn alone', () => {
  it('show what they measured where training was cut short', async () => {
    const students = { rule: 'sgd', load: [2], dimension: 20, runs: 2, until: 1 };
    const curve = { kind: 'generalization', config: students, draw: 'points' };
    const [points, ...rest] = await drawn(curve, 'load', 'generalizationError');
    expect([points.kind, points.x, points.y.length, rest.length]).toEqual(['points', [2], 1, 0]);
    expect(points.y[0]).toBeGreaterThan(0);
  });
});
