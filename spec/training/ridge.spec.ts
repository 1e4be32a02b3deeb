import { Matrix, SVD } from 'ml-matrix';
import { randomStream } from '../../lib/random/random-stream.js';
import { dualRidge, minimumNorm, primalRidge, ridge } from '../../lib/training/ridge.js';
import {
  drawTrainingSet,
  labelsOf,
  sampleCountOf,
  type TrainingSet,
} from '../../lib/simulation/training-set.js';

const N = 60;

const problem = (
  load: number,
  noiseVariance = 0.25,
  seed = 5,
): { set: TrainingSet; labels: Float64Array } => {
  const set = drawTrainingSet(sampleCountOf(load, N), N, noiseVariance, randomStream(seed));
  return { set, labels: labelsOf(set, (z) => z) };
};

const fields = ({ inputs, sampleCount }: TrainingSet, weights: ArrayLike<number>): number[] =>
  Array.from({ length: sampleCount }, (_, i) =>
    Array.from(weights).reduce((sum, w, k) => sum + w * inputs[i * N + k], 0),
  );
const norm = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0));
const difference = (a: Float64Array, b: ArrayLike<number>): number => norm(a.map((x, k) => x - b[k]));

describe('a training set', () => {
  const { set } = problem(4);

  it('has P = round(αN) samples with the teacher fields of their inputs', () => {
    expect([set.sampleCount, set.dimension, set.inputs.length]).toEqual([240, 60, 240 * 60]);
    expect([sampleCountOf(0.33, 10), sampleCountOf(0.37, 10)]).toEqual([3, 4]);
    expect(sampleCountOf(0.5, 8, 4)).toBe(4);
    const teacher = fields(set, new Float64Array(N).fill(1 / Math.sqrt(N)));
    // Rounding of sums of 60 terms.
    set.teacher.forEach((u, i) => {
      expect(Math.abs(u - teacher[i])).toBeLessThan(1e-13);
    });
  });

  it('has noise of the asked variance, and labels g(u) + ξ', () => {
    // 240 squares of normal numbers: standard error S√(2/240); 4.5 of them are a false alarm in 1e5 seeds.
    const variance = set.noise.reduce((sum, x) => sum + x * x, 0) / 240;
    expect(Math.abs(variance - 0.25)).toBeLessThan(4.5 * 0.25 * Math.sqrt(2 / 240));
    expect(labelsOf(set, (z) => z * z)).toEqual(set.teacher.map((u, i) => u * u + set.noise[i]));
    expect(problem(1, 0).set.noise.every((x) => x === 0)).toBe(true);
  });

  it('is refused, with its size, where it does not fit', () => {
    expect(() => sampleCountOf(500, 3000)).toThrow(
      '`load` must be such that the training set takes at most 16 GB, not 36.0 GB for 1500000 inputs of dimension 3000; got 500',
    );
    expect(() => sampleCountOf(0.001, 100)).toThrow(
      '`load` must be such that round(load × 100) >= 1; got 0.001',
    );
    expect(() => sampleCountOf(0, 100)).toThrow('`load` must be a finite number > 0; got 0');
  });
});

describe('ridge', () => {
  it.each([0.4, 1, 2.5])('is the same through either matrix at α = %p, and stationary', (load) => {
    const { set, labels } = problem(load);
    for (const decay of [1e-3, 0.5]) {
      const weights = primalRidge(set, labels, decay);
      // Condition (1 + 1/√α)²/ζ up to 7e3, times rounding of sums of 150 terms.
      expect(difference(weights, dualRidge(set, labels, decay))).toBeLessThan(1e-11);
      expect(difference(weights, ridge(set, labels, decay))).toBeLessThan(1e-11);
      const residuals = fields(set, weights).map((h, i) => h - labels[i]);
      weights.forEach((w, k) => {
        const slope = residuals.reduce((sum, r, i) => sum + r * set.inputs[i * N + k], 0) / set.sampleCount;
        expect(Math.abs(slope + decay * w)).toBeLessThan(1e-12);
      });
    }
  });

  it.each([0.4, 0.95, 1, 1.05, 2.5])('tends to the pseudo-inverse of the SVD as ζ → 0 at α = %p', (load) => {
    const { set, labels } = problem(load);
    const matrix = Matrix.from1DArray(set.sampleCount, N, set.inputs);
    const decomposition = new SVD(matrix, { autoTranspose: true });
    const weights = minimumNorm(set, labels);
    const reference = decomposition.solve(Matrix.columnVector(labels)).getColumn(0);
    // Backward stable: a few ulp times the condition of X, here below 1e3, and its square for the residual's part.
    expect(difference(weights, reference) / norm(reference)).toBeLessThan(
      1e-15 * N * decomposition.condition ** 2,
    );
    const smallest = Math.min(...decomposition.diagonal.filter((s) => s > 1e-9)) ** 2 / set.sampleCount;
    // ω(ζ) differs from ω(0) by less than ζ/(smallest eigenvalue) of it.
    const decay = 1e-7 * smallest;
    expect(difference(ridge(set, labels, decay), weights) / norm(weights)).toBeLessThan(1.1e-7 + 1e-8);
  });
});
