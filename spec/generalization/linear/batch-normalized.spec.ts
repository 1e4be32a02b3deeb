import { Matrix, solve } from 'ml-matrix';
import { meanDeviation } from '../../../lib/gaussian/batch/moments.js';
import {
  batchNormalizedGeneralization,
  bestBatchSize,
  startLengths,
  testStatistics,
} from '../../../lib/generalization/linear/batch-normalized.js';
import { linearGeneralization } from '../../../lib/generalization/linear/linear.js';
import { runningEstimate } from '../../../lib/numerics/statistics.js';
import { fillNormal } from '../../../lib/random/normal-deviates.js';
import { randomStream } from '../../../lib/random/random-stream.js';
import { relativeError } from '../../support/reference.js';

const task = { noiseVariance: 0.25, batchSize: 8 };
const choices = testStatistics.flatMap((statistics) => startLengths.map((start) => ({ statistics, start })));
const loads = [0.05, 0.5, 0.9, 1 - 1e-9, 1 + 1e-9, 1.1, 2, 50];

describe('batch normalization of a linear student', () => {
  it.each([
    [0.5, 'population', 0.85321],
    [0.5, 'training', 0.70845],
    [2, 'population', 0.20397],
    [2, 'training', 0.21318],
  ] as const)('has at load %s with statistics %s the error %s', (load, statistics, error) => {
    const { generalizationError } = batchNormalizedGeneralization({ ...task, load, statistics });
    // Five decimals were printed.
    expect(Math.abs(generalizationError - error)).toBeLessThan(5e-6);
  });

  it.each(loads)('has at load %s the direction of least squares, and E[s] times its field', (load) => {
    // By the closed forms of ridge regression at ζ → 0, with ⟨h²⟩ = ρ + S − ⟨(t − h)²⟩.
    const teacherLength = 1.7;
    const least = linearGeneralization({ load, noiseVariance: 0.25, teacherLength });
    const field = Math.sqrt(teacherLength ** 2 + 0.25 - least.trainingError);
    const shrink = meanDeviation(8);
    const options = { ...task, load, teacherLength };
    const population = batchNormalizedGeneralization(options);
    const training = batchNormalizedGeneralization({ ...options, statistics: 'training' });
    // The training error of least squares is a difference where α is large, which costs a digit.
    expect(relativeError(population.overlap, least.overlap)).toBeLessThan(1e-14);
    expect(relativeError(population.gamma, shrink * field)).toBeLessThan(1e-14);
    expect(relativeError(training.gamma, shrink * least.gamma)).toBeLessThan(1e-14);
    expect(
      relativeError(training.trainingError, least.trainingError + ((1 - shrink) * field) ** 2),
    ).toBeLessThan(1e-13);
    // The field of the training set is larger than the population's by ⟨h²⟩/q.
    const answered = (population.gamma * field) / least.gamma;
    expect(
      relativeError(population.trainingError, least.trainingError + (field - answered) ** 2),
    ).toBeLessThan(1e-13);
  });

  it.each(choices)('has ε = ρ − 2γTR + γ² with %p', (choice) => {
    for (const load of loads) {
      const point = batchNormalizedGeneralization({ ...task, ...choice, load, teacherLength: 2 });
      const { gamma, overlap, generalizationError } = point;
      // Relative to the largest term, which exceeds ε by the square of γ/T.
      const terms = 4 + gamma ** 2;
      expect(Math.abs(generalizationError - (4 - 4 * gamma * overlap + gamma ** 2)) / terms).toBeLessThan(
        1e-15,
      );
    }
  });

  it('has a hump of 1 + κ²(1 + S) at load 1 by the statistics of the population, and diverges by those of the set', () => {
    const hump = batchNormalizedGeneralization({ ...task, load: 1 });
    expect(hump.overlap).toBe(0);
    expect(relativeError(hump.generalizationError, 1 + meanDeviation(8) ** 2 * 1.25)).toBeLessThan(1e-15);
    const diverged = batchNormalizedGeneralization({ ...task, load: 1, statistics: 'training' });
    expect(diverged).toMatchObject({ gamma: Infinity, generalizationError: Infinity });
    expect(diverged.warning).toMatch(/diverge/);
    // Least squares without noise is the teacher.
    const clean = batchNormalizedGeneralization({ load: 1, batchSize: 8 });
    expect(clean).toMatchObject({ overlap: 1, gamma: meanDeviation(8) });
  });

  it('keeps below load 1 from a large start the part outside the span of the inputs', () => {
    const large = batchNormalizedGeneralization({ ...task, load: 0.5, start: 'large' });
    expect(large.overlap).toBeCloseTo(Math.sqrt(0.5 / 3), 15);
    // Above there is no such part.
    for (const statistics of testStatistics) {
      const options = { ...task, load: 2, statistics };
      const small = batchNormalizedGeneralization(options);
      expect(batchNormalizedGeneralization({ ...options, start: 'large' })).toEqual(small);
    }
  });

  it.each([0.6, 2])('has at load %s the γ and R of minibatches drawn beside the weights', (load) => {
    const [dimension, batchSize, batches] = [100, 8, 2000];
    const sampleCount = load * dimension;
    const gammas = runningEstimate();
    const overlaps = runningEstimate();
    for (let run = 0; run < 12; run++) {
      const stream = randomStream(20, run);
      const normals = (count: number): Float64Array => {
        const out = new Float64Array(count);
        fillNormal(stream, out);
        return out;
      };
      const inputs = Matrix.from1DArray(sampleCount, dimension, normals(sampleCount * dimension));
      const noise = normals(sampleCount);
      // The teacher is the first axis.
      const labels = Float64Array.from(noise, (x, i) => inputs.get(i, 0) + 0.5 * x);
      // Least squares of least norm, by whichever product of the inputs with themselves has an inverse.
      const transposed = inputs.transpose();
      const target = Matrix.columnVector(labels);
      const solution =
        load < 1
          ? transposed.mmul(solve(inputs.mmul(transposed), target))
          : solve(transposed.mmul(inputs), transposed.mmul(target));
      const weights = solution.to1DArray();
      const fields = inputs.mmul(Matrix.columnVector(weights)).to1DArray();
      overlaps.add(weights[0] / Math.hypot(...weights));
      const slopes = runningEstimate();
      for (let batch = 0; batch < batches; batch++) {
        const chosen = new Set<number>();
        while (chosen.size < batchSize) chosen.add(Math.floor(sampleCount * stream.nextUniform()));
        let [h, squares, products, label] = [0, 0, 0, 0];
        for (const i of chosen) {
          h += fields[i] / batchSize;
          squares += fields[i] ** 2 / batchSize;
          products += (labels[i] * fields[i]) / batchSize;
          label += labels[i] / batchSize;
        }
        slopes.add((products - label * h) / Math.sqrt(squares - h ** 2));
      }
      gammas.add(slopes.estimate().mean);
    }
    const point = batchNormalizedGeneralization({ load, noiseVariance: 0.25, batchSize });
    // Twelve runs: |t| > 4.5 has probability 1e-3; the bias of order 1/N and 1/P is a
    // hundredth at most.
    for (const [estimate, expected] of [
      [gammas.estimate(), point.gamma],
      [overlaps.estimate(), point.overlap],
    ] as const)
      expect(Math.abs(estimate.mean - expected)).toBeLessThan(4.5 * estimate.standardError + 0.01 * expected);
  });
});

describe('bestBatchSize', () => {
  it.each(choices)('is the best of the integers with %p', (choice) => {
    for (const load of [0.5, 1.5, 2, 4, 20]) {
      const options = { load, noiseVariance: 0.1, ...choice };
      const best = bestBatchSize(options);
      const errors = Array.from(
        { length: 400 },
        (_, i) => batchNormalizedGeneralization({ ...options, batchSize: i + 4 }).generalizationError,
      );
      const least = Math.min(...errors);
      expect(best.batchSize).toBe(errors.indexOf(least) + 4);
      expect(best.generalizationError).toBe(least);
      expect(best.bound).toBeLessThanOrEqual(least);
    }
  });

  it('cannot beat S/(α − 1 + S) above load 1', () => {
    const { bound } = bestBatchSize({ load: 2, noiseVariance: 0.25 });
    expect(bound).toBeCloseTo(0.2, 15);
  });

  it('is Infinity where every larger batch is better', () => {
    expect(bestBatchSize({ load: 2 })).toEqual({ batchSize: Infinity, generalizationError: 0, bound: 0 });
  });
});
