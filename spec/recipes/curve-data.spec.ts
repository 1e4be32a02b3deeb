import { parseConfig } from '../../lib/config/parse.js';
import { compareDecomposition } from '../../lib/comparison/batch-decomposition.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { curveData } from '../../lib/recipes/curve-data.js';
import type { CurveData } from '../../lib/recipes/data-columns.js';
import { meanDeviation, meanInverseDeviation } from '../../lib/gaussian/batch/moments.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { simulate } from '../../lib/simulation/simulate.js';
import { figureSchema } from '../../lib/recipes/schema.js';
import { recipeOf } from './recipes.js';

/** The data of one curve of a recipe. */
function dataOf(curve: object): Promise<CurveData> {
  return curveData(parseConfig(figureSchema, recipeOf({ curve })).curves['curve'], {});
}

function expectClose(values: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(tolerance);
  });
}

const linearSgd = {
  rule: 'sgd',
  learningRate: 0.5,
  noiseVariance: 0.1,
  initial: { overlap: 0, length: 0.1 },
};

describe('the progress of a curve', () => {
  it('goes over the runs of its grid, from 0 to 1', async () => {
    const curve = {
      kind: 'dynamics',
      config: { ...linearSgd, times: [1] },
      grid: { learningRate: [0.5, 1] },
    };
    const fractions: number[] = [];
    await curveData(parseConfig(figureSchema, recipeOf({ curve })).curves['curve'], {
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(fractions.every((fraction, i) => fraction >= (fractions[i - 1] ?? 0) && fraction <= 1)).toBe(true);
    expect(fractions.some((fraction) => fraction <= 0.5)).toBe(true);
    expect(fractions.at(-1)).toBe(1);
  });
});

describe('a curve of kind dynamics', () => {
  it('of linear SGD goes through the order parameters of docs/theory/dynamics.md#a-case-by-hand', async () => {
    const dynamics = { ...linearSgd, times: [0, 1, 10] };
    const { columns, points } = await dataOf({ kind: 'dynamics', config: dynamics });
    // R̂ = RL and Q = L², printed to 1e-10; the solver keeps 1e-10 a step.
    const cosine = [0, 0.3934693403, 0.993262053];
    const square = [0.01, 0.2816166805, 1.0203976184];
    expect(columns['time']).toEqual([0, 1, 10]);
    expectClose(columns['length'], square.map(Math.sqrt), 1e-9);
    expectClose(
      columns['overlap'],
      cosine.map((value, i) => value / Math.sqrt(square[i])),
      1e-9,
    );
    expectClose(
      columns['misalignment'],
      columns['overlap'].map((overlap) => 1 - overlap),
      1e-15,
    );
    expectClose(
      columns['generalizationError'],
      cosine.map((value, i) => 1 - 2 * value + square[i]),
      1e-9,
    );
    // The scale of a student without γ is its length, and its effective learning rate is η.
    expect(columns['gamma']).toEqual(columns['length']);
    expect(columns['effectiveLearningRate']).toEqual([0.5, 0.5, 0.5]);
    expect(points).toBeUndefined();
  });

  it('of a normalized rule has γ, ε = 1 − 2γR + γ², and both forms of the learning rate', async () => {
    const dynamics = {
      rule: 'weight-normalization',
      learningRate: 0.5,
      gammaDecay: 0.2,
      initial: { gamma: 0.5, overlap: 0.1, length: 0.8 },
      until: 300,
      points: 3,
    };
    const { columns } = await dataOf({ kind: 'dynamics', config: dynamics });
    const [gamma, overlap, length] = [columns['gamma'], columns['overlap'], columns['length']];
    expect(columns['time']).toEqual([0, 150, 300]);
    expectClose([gamma[0], overlap[0], length[0]], [0.5, 0.1, 0.8], 1e-15);
    const error = gamma.map((value, i) => 1 - 2 * value * overlap[i] + value * value);
    // Rounding, of numbers of order one.
    expectClose(columns['generalizationError'], error, 1e-14);
    expectClose(
      columns['effectiveLearningRate'],
      gamma.map((value, i) => (0.5 * value) / length[i] ** 2),
      1e-14,
    );
    expectClose(
      columns['reducedLearningRate'],
      length.map((value) => 0.5 / value ** 2),
      1e-14,
    );
    // γ follows R/(1 + ζ), the zero of its own equation, as learning slows down.
    expect(gamma[2] / (overlap[2] / 1.2)).toBeCloseTo(1, 3);
  });

  it('has the simulation that the library gives from the same values, with standard errors', async () => {
    const simulation = { dimension: 40, runs: 4, seed: 7, times: [0, 1, 2] };
    const { config, points } = await dataOf({
      kind: 'dynamics',
      config: { ...linearSgd, until: 2 },
      points: { kind: 'simulate', config: simulation },
    });
    const direct = simulate({
      rule: sgd({ activation: identity, learningRate: 0.5, noiseVariance: 0.1 }),
      initial: linearSgd.initial,
      ...simulation,
    });
    const { columns } = points!;
    expect(columns['time']).toEqual([0, 1, 2]);
    for (const [column, quantity] of [
      ['gamma', 'length'],
      ['overlap', 'overlap'],
      ['generalizationError', 'generalizationError'],
    ]) {
      const estimates = direct.series(quantity);
      expect(columns[column]).toEqual(estimates.map(({ mean }) => mean));
      expect(columns[`${column}StandardError`]).toEqual(estimates.map(({ standardError }) => standardError));
    }
    expect(columns['overlapStandardError'][2]).toBeGreaterThan(0);
    expect(config).toMatchObject({ until: 2, points: 101 });
    expect(points!.config).toMatchObject({ rule: 'sgd', ...simulation, engine: 'explicit' });
  });

  it('that diverges is refused by its label', async () => {
    const dynamics = { ...linearSgd, learningRate: 4, until: 400 };
    await expect(dataOf({ kind: 'dynamics', label: 'too fast', config: dynamics })).rejects.toThrow(
      /^curve too fast: [^\n]+$/,
    );
  });
});

describe('a curve of kind learning-rates', () => {
  const learningRates = { rule: 'population-normalization', learningRate: 1, batchSize: 2 };
  const maximum = (over: string, values: unknown, more: object = {}): Promise<CurveData> =>
    dataOf({
      kind: 'learning-rates',
      config: { ...learningRates, ...more },
      grid: { [over]: values },
      columns: {
        effective: 'maximumLearningRate.effective',
        reduced: 'maximumLearningRate.reduced',
        spectral: 'maximumLearningRate.spectral.effective',
      },
    });
  // docs/theory/learning-rates.md#the-linear-maximum for the linear unit, S in the denominator.
  const effective = (zeta: number, noise = 0, m = 2): number => {
    const gamma = 1 / (1 + zeta);
    return (4 * m) / (2 * gamma - (1 - gamma) ** 2 - noise);
  };

  it('against ζ has the closed form, at equal steps from the first value to the last', async () => {
    const { columns } = await maximum('gammaDecay', { from: 0, to: 0.6, points: 4 });
    const zetas = [0, 0.2, 0.4, 0.6];
    expectClose(columns['gammaDecay'], zetas, 1e-15);
    // Relative 1e-9 of numbers up to 20.
    expectClose(
      columns['effective'],
      zetas.map((zeta) => effective(zeta)),
      2e-8,
    );
    expectClose(
      columns['reduced'],
      zetas.map((zeta) => effective(zeta) * (1 + zeta)),
      2e-8,
    );
    // Without decay R = 1 is a fixed point, and the spectral sense is the linear one.
    expect(columns['spectral'][0]).toBeCloseTo(4, 8);
    expect(columns['spectral'][3]).toBeLessThan(columns['effective'][3]);
  });

  it('has a gap beyond ζ = 1 + √3, where γ₀ < 2 − √3 and there is no maximum', async () => {
    const { columns } = await maximum('gammaDecay', [2.7, 2.75]);
    expect(columns['effective'][0]).toBeGreaterThan(100);
    expect(columns['effective'][1]).toBeNaN();
  });

  it('goes against label noise and batch size, too, at the listed values', async () => {
    const { columns: noise } = await maximum('noiseVariance', [0, 0.5], { gammaDecay: 0.1 });
    expectClose(noise['effective'], [effective(0.1), effective(0.1, 0.5)], 2e-8);
    const sizes = await maximum('batchSize', [1, 3]);
    expectClose(sizes.columns['effective'], [2, 6], 2e-8);
    expect(sizes.columns['batchSize']).toEqual([1, 3]);
    expect(sizes.config).toMatchObject({ ...learningRates, batchSize: [1, 3] });
  });

  it('is refused where there is no fixed point', async () => {
    await expect(maximum('gammaDecay', [0, 2000])).rejects.toThrow(
      /^curve a curve: gradient flow has no fixed point [^\n]+ at gammaDecay = 2000$/,
    );
  });
});

describe('a curve of kind compare', () => {
  const sizes = [8, 16, 32, 64];
  const compare = { learningRate: 0.5, batchSize: sizes, until: 5 };
  const decomposition = (show: 'exact' | 'decomposed'): Promise<CurveData> => {
    const of = (name: string): string => (show === 'exact' ? name : `${name}Decomposed`);
    const columns = {
      gammaShortfall: { column: of('gamma'), formula: '1 - x' },
      maximumOverBatchSize: { column: of('frozenLengthMaximum'), per: 'batchSize' },
      finalError: of('finalError'),
      timeToThreshold: of('timeToThreshold'),
    };
    return dataOf({ kind: 'compare', config: compare, columns });
  };
  const decayed = sizes.map((m) => 1 / (1 + 3 / (4 * m)));

  it('of the exact linear unit has γ₀ = E[s] and the maximum 2(M − 3)E[1/s]', async () => {
    const { columns } = await decomposition('exact');
    expect(columns['batchSize']).toEqual(sizes);
    expectClose(
      columns['gammaShortfall'],
      sizes.map((m) => 1 - meanDeviation(m)),
      1e-11,
    );
    expectClose(
      columns['maximumOverBatchSize'],
      sizes.map((m) => (2 * (m - 3) * meanInverseDeviation(m)) / m),
      1e-8,
    );
  });

  it('of the decomposed one has ζ = 3/(4M), γ₀ = 1/(1 + ζ) and the maximum 4M/(2γ₀ − (1 − γ₀)²)', async () => {
    const { columns } = await decomposition('decomposed');
    expect(columns['gammaDecay']).toEqual(sizes.map((m) => 3 / (4 * m)));
    expectClose(
      columns['gammaShortfall'],
      decayed.map((gamma) => 1 - gamma),
      1e-11,
    );
    expectClose(
      columns['maximumOverBatchSize'],
      decayed.map((gamma) => 4 / (2 * gamma - (1 - gamma) ** 2)),
      1e-8,
    );
  });

  it('has final errors and times to the threshold of the comparison itself', async () => {
    const initial = { gamma: 0.5, overlap: 0.1, length: 1 };
    const options = { learningRate: 0.5, until: 5 };
    const { points } = compareDecomposition({ ...options, batchSizes: sizes, activation: identity, initial });
    for (const show of ['exact', 'decomposed'] as const) {
      const { columns } = await decomposition(show);
      expect(columns['finalError']).toEqual(
        points.map((point) => point[show].trajectory.generalizationError.at(-1)),
      );
      expect(columns['timeToThreshold']).toEqual(points.map((point) => point[show].timeToThreshold));
    }
  });

  it('has columns that the table has not in one line that names those it has', async () => {
    const strange = dataOf({
      kind: 'compare',
      config: compare,
      columns: { a: 'gain', b: { column: 'gamma', per: 'x' } },
    });
    await expect(strange).rejects.toThrow(
      /^curve a curve: no "gain" for a; there are noiseVariance, batchSize, [^\n]+$/,
    );
  });
});

describe('a curve of kind formula', () => {
  it('is the formula at 201 equally spaced places', async () => {
    const { columns } = await dataOf({ kind: 'formula', formula: '2 + 2 x^2', from: -1, to: 3 });
    const { x, y } = columns;
    expect([x.length, x[0], x[50], x[200]]).toEqual([201, -1, 0, 3]);
    expectClose(
      y,
      x.map((value) => 2 + 2 * value * value),
      1e-14,
    );
  });

  it('that cannot be read is refused in one line that names it', async () => {
    const curve = { kind: 'formula', formula: '2 + * x', from: 0, to: 1 };
    await expect(dataOf(curve)).rejects.toThrow(/^`formula`[^\n]+$/);
  });
});
