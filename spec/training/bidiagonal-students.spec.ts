import { linearGeneralization } from '../../lib/generalization/linear/linear.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { estimate, type Estimate } from '../../lib/numerics/statistics.js';
import { trainStudents, trainStudentsAsync } from '../../lib/training/train-students.js';
import type { TrainStudentsOptions } from '../../lib/training/train-options.js';

const common = {
  rule: 'weight-normalization',
  activation: identity,
  engine: 'bidiagonal',
  noiseVariance: 0.25,
  seed: 61,
} as const;

const deviation = ({ mean, standardError }: Estimate, expected: number): number =>
  Math.abs(mean - expected) / standardError;

describe('students on bidiagonal matrices', () => {
  // 20,000 runs, so z is normal but for the tails of ε; |z| > 5 has probability 6e-7. One degree of freedom more or less
  // moves these means by 3 % and more, 8 standard errors.
  it('have the exact means of least squares: ε = SN/(P − N − 1), training error S(1 − N/P)', () => {
    const { values, ...students } = trainStudents({ ...common, dimension: 10, load: 4, runs: 20_000 });
    expect(students).toMatchObject({
      outcome: 'converged',
      sampleCount: 40,
      starts: 'none, a unique minimum',
    });
    const error = (0.25 * 10) / (40 - 10 - 1);
    expect(deviation(students.generalizationError, error)).toBeLessThan(5);
    expect(deviation(students.trainingError, 0.25 * (1 - 10 / 40))).toBeLessThan(5);
    expect(deviation(estimate(values.gamma.map((gamma) => gamma ** 2)), 1 + error)).toBeLessThan(5);
    // z₁ = 1 on average, since noise has no sign.
    const along = values.gamma.map((gamma, run) => gamma * values.overlap[run]);
    expect(deviation(estimate(along), 1)).toBeLessThan(5);
  });

  it('have the exact means of the minimum norm: ε = 1 − P/N + SP/(N − P − 1), fields equal to labels', () => {
    const students = trainStudents({ ...common, dimension: 40, load: 0.25, runs: 20_000 });
    const { values } = students;
    const noise = (0.25 * 10) / (40 - 10 - 1);
    expect(deviation(students.generalizationError, 1 - 10 / 40 + noise)).toBeLessThan(5);
    expect(deviation(estimate(values.gamma.map((gamma) => gamma ** 2)), 10 / 40 + noise)).toBeLessThan(5);
    const along = values.gamma.map((gamma, run) => gamma * values.overlap[run]);
    expect(deviation(estimate(along), 10 / 40)).toBeLessThan(5);
    expect(values.trainingError.every((error) => error === 0)).toBe(true);
    // The variance of P labels about their own mean.
    const variances = values.fieldDeviation.map((s, run) => (s * values.gamma[run]) ** 2);
    expect(deviation(estimate(variances), 1.25 * (1 - 1 / 10))).toBeLessThan(5);
  });

  it.each([
    [0.5, 0],
    [0.999, 0],
    [1, 0.01],
    [2, 0.1],
    [3, 0],
  ])('follow the curve at N = 1e5, α = %p, ζ = %p', (load, gammaDecay) => {
    const students = trainStudents({ ...common, dimension: 1e5, load, gammaDecay, runs: 12 });
    const theory = linearGeneralization({ load, gammaDecay, noiseVariance: 0.25 });
    // |t| > 7.5 with 12 runs has probability 1.2e-5; twenty of them, a false alarm in 2e-4 of the seeds. The bias of 1/N over
    // the distance to α = 1 is below a tenth of a standard error.
    for (const name of ['generalizationError', 'gamma', 'overlap'] as const) {
      expect([name, deviation(students[name], theory[name]) < 7.5]).toEqual([name, true]);
    }
    if (theory.trainingError === 0) expect(students.trainingError.mean).toBe(0);
    else expect(deviation(students.trainingError, theory.trainingError)).toBeLessThan(7.5);
  });

  it('have finite figures where condition numbers are as large as N: α = 1 without decay', () => {
    const { values } = trainStudents({ ...common, dimension: 1e5, load: 1, runs: 2 });
    for (const series of Object.values(values)) expect(series.every(Number.isFinite)).toBe(true);
    // All labels are met: rounding of 1e-16 times γ‖B‖, γ < 1e5, squared.
    for (const error of values.trainingError) expect(error).toBeLessThan(1e-18);
  });

  it('are the teacher without noise, P ≥ N, and one sample has no deviation', () => {
    const { values } = trainStudents({ ...common, dimension: 50, load: 1.2, noiseVariance: 0, runs: 2 });
    expect(values).toMatchObject({ generalizationError: [0, 0], gamma: [1, 1], overlap: [1, 1] });
    const single = trainStudents({ ...common, dimension: 50, load: 0.02, gammaDecay: 0.1, runs: 2 });
    expect([single.sampleCount, single.values.fieldDeviation]).toEqual([1, [0, 0]]);
  });

  it('fall off as 1/ζ with their digits up to the largest ζ: ω = Xᵀt/(Pζ)', () => {
    const scale = (gammaDecay: number): number[] => {
      const { values } = trainStudents({ ...common, dimension: 50, load: 2, gammaDecay, runs: 2 });
      return values.gamma.map((gamma) => gamma * gammaDecay);
    };
    const [far, farthest] = [scale(1e30), scale(1e140)];
    far.forEach((product, run) => {
      // A dozen roundings; λ = Pζ is rounded for each.
      expect(Math.abs(product / farthest[run] - 1)).toBeLessThan(1e-14);
    });
  });

  it('are the same from the same seed, in trainStudentsAsync too, which rests within a run', async () => {
    const options: TrainStudentsOptions = { ...common, dimension: 1e5, load: 2, runs: 2 };
    const fractions: number[] = [];
    const { values } = await trainStudentsAsync(options, {
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(values).toEqual(trainStudents(options).values);
    expect(values.gamma[0]).not.toBe(values.gamma[1]);
    // Turns of 32,768 entries, and the end of each run.
    expect(fractions).toEqual([0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 1]);
  });

  const minibatches = { rule: 'sgd', learningRate: 0.1, batchSize: 8, until: 1 };
  const options = { ...common, dimension: 30, load: 2, runs: 2 };
  it.each([
    [{ ...options, activation: relu }, '`engine` must be explicit for activation relu; got "bidiagonal"'],
    [{ ...options, activation: erf }, '`engine` must be explicit for activation erf; got "bidiagonal"'],
    [{ ...options, ...minibatches }, '`engine` must be explicit for rule sgd; got "bidiagonal"'],
    [
      { ...options, ...minibatches, rule: 'batch-normalization' },
      '`engine` must be explicit for rule batch-normalization; got "bidiagonal"',
    ],
    [{ ...options, engine: 'free' }, '`engine` must be explicit or bidiagonal; got "free"'],
    [{ ...options, gammaDecay: 1e141 }, '`gammaDecay` must be a number from 0 to 1e+140; got 1e+141'],
    [{ ...options, dimension: 1e9 }, '`dimension` must be such that min(P, N) <= 333333333; got 1000000000'],
    [{ ...options, load: 1e18 }, '`load` must be such that load × 30 < 2^53; got 1000000000000000000'],
    [{ ...options, load: 0.001 }, '`load` must be such that round(load × 30) >= 1; got 0.001'],
  ])('refuse what they cannot be, in one line', (bad, message) => {
    expect(() => trainStudents(bad as TrainStudentsOptions)).toThrow(message);
  });

  it('need no memory for P × N inputs', () => {
    const { sampleCount } = trainStudents({ ...options, load: 1e12, runs: 2 });
    expect(sampleCount).toBe(3e13);
  });
});
