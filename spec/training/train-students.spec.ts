import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { estimate, type Estimate } from '../../lib/numerics/statistics.js';
import { trainStudents, trainStudentsAsync } from '../../lib/training/train-students.js';
import { studentFigures } from '../../lib/training/student-figures.js';
import { drawTrainingSet, labelsOf } from '../../lib/simulation/training-set.js';
import { randomStream } from '../../lib/random/random-stream.js';
import type { TrainStudentsOptions } from '../../lib/training/train-options.js';

const deviation = ({ mean, standardError }: Estimate, expected: number): number =>
  Math.abs(mean - expected) / standardError;

/**
 * Ridge at N → ∞: λV² + (λ + α − 1)V − 1 = 0, and q by the linear channel
 * (docs/theory/generalization.md#any-activation-the-free-energy).
 */
function ridgeTheory(load: number, lambda: number, noise: number): { m: number; q: number; error: number } {
  const b = lambda + load - 1;
  const V = (Math.sqrt(b * b + 4 * lambda) - b) / (2 * lambda);
  const m = (load * V) / (1 + V);
  const C = (load * V * V) / (1 + V) ** 2;
  const q = (C * (1 - 2 * m + noise) + m * m) / (1 - C);
  return { m, q, error: 1 - 2 * m + q };
}

// With 64 runs, |t| > 4.6 has probability 2e-5: with the dozen of tests here, a false alarm in some 4,000 seeds.
const LIMIT = 4.6;
const common = { activation: identity, noiseVariance: 0.25, dimension: 100, runs: 64, seed: 31 } as const;

describe('weight normalization with gamma decay, linear,', () => {
  it('has a theory that is worked out right here (known values of ε and m)', () => {
    expect(ridgeTheory(1, 0.01, 0.25).error).toBeCloseTo(1.1796202427, 10);
    expect(ridgeTheory(1, 0.1, 0.1).error).toBeCloseTo(0.2701562119, 10);
    expect(ridgeTheory(5, 0.1, 0.1).error).toBeCloseTo(0.0242468513, 10);
    expect(ridgeTheory(3, 0.5, 0.1).m).toBeCloseTo(0.8138593384, 10);
  });

  it.each([0.5, 1, 4])('follows the curve of ridge at α = %p', (load) => {
    const gammaDecay = 0.2;
    const students = trainStudents({ ...common, rule: 'weight-normalization', load, gammaDecay });
    const { m, q, error } = ridgeTheory(load, load * gammaDecay, 0.25);
    expect(students.outcome).toBe('converged');
    // Bias O(1/N), 1 % of each: less than its standard error, which is 1.3 to 2.5 % here.
    const within = (value: Estimate, expected: number): void => {
      expect(Math.abs(value.mean - expected)).toBeLessThan(LIMIT * value.standardError + 0.01 * expected);
    };
    within(students.generalizationError, error);
    within(estimate(students.values.gamma.map((gamma) => gamma * gamma)), q);
    within(estimate(students.values.gamma.map((gamma, run) => gamma * students.values.overlap[run])), m);
  });

  it('has without decay exactly the mean error SN/(P − N − 1) of least squares at finite N', () => {
    const students = trainStudents({ ...common, rule: 'weight-normalization', dimension: 40, load: 3 });
    expect(deviation(students.generalizationError, (0.25 * 40) / (120 - 40 - 1))).toBeLessThan(LIMIT);
    // And the training error S(1 − 1/α) on the samples it was fitted to.
    expect(deviation(students.trainingError, 0.25 * (1 - 1 / 3))).toBeLessThan(LIMIT);
  });

  it('has the smallest weights without training error below α = 1, exactly on average at finite N', () => {
    const students = trainStudents({ ...common, rule: 'weight-normalization', dimension: 40, load: 0.5 });
    // The projection keeps P/N of ‖w*‖², noise adds S tr(XXᵀ)⁻¹ = SP/(N − P − 1).
    expect(deviation(students.generalizationError, 0.5 + (0.25 * 20) / (40 - 20 - 1))).toBeLessThan(LIMIT);
    for (const error of students.values.trainingError) expect(error).toBeLessThan(1e-24);
  });
});

describe('weight normalization with gamma decay, ReLU,', () => {
  it('follows the replica-symmetric values of ε and q', () => {
    const students = trainStudents({
      rule: 'weight-normalization',
      activation: relu,
      load: 4,
      gammaDecay: 0.125,
      noiseVariance: 0.05,
      dimension: 100,
      runs: 16,
      seed: 6,
      randomStarts: 1,
      teacherStart: true,
    });
    expect(students).toMatchObject({
      outcome: 'converged',
      starts: 'lowest loss of 1 random and the teacher',
    });
    // The loss has several minima, so that starts decide: 2 % at N = 200 from one random start to the lowest found. Here
    // 5 % for that and 1/N, and |t| > 4.6 with 16 runs has probability 3.5e-4.
    const { generalizationError: error } = students;
    expect(Math.abs(error.mean - 0.065142485)).toBeLessThan(LIMIT * error.standardError + 0.05 * 0.065);
    const q = estimate(students.values.gamma.map((gamma) => gamma * gamma));
    expect(Math.abs(q.mean - 0.5577)).toBeLessThan(LIMIT * q.standardError + 0.02 * 0.5577);
  });
});

describe('several starts', () => {
  it('give the lowest loss among them, run by run', () => {
    const gammaDecay = 0.1;
    const lossesFrom = (randomStarts: number, teacherStart: boolean): number[] => {
      const { values } = trainStudents({
        rule: 'weight-normalization',
        activation: relu,
        load: 2,
        gammaDecay,
        noiseVariance: 0.05,
        dimension: 40,
        runs: 8,
        seed: 3,
        randomStarts,
        teacherStart,
      });
      return values.gamma.map((gamma, run) => (values.trainingError[run] + gammaDecay * gamma ** 2) / 2);
    };
    // The first start of a run is the same, however many follow.
    const one = lossesFrom(1, false);
    for (const more of [lossesFrom(4, false), lossesFrom(1, true)]) {
      // Not lower by rounding only.
      expect(more.every((loss, run) => loss <= one[run] + 1e-14)).toBe(true);
      expect(more.some((loss, run) => loss < one[run] - 1e-6)).toBe(true);
    }
  });
});

describe('students trained by minibatches', () => {
  const sets = { ...common, dimension: 40, runs: 6 } as const;
  const small = { ...sets, batchSize: 8, learningRate: 0.5, until: 1000 } as const;

  it('SGD comes to the minimum norm of the same training sets', () => {
    for (const load of [0.4, 3]) {
      const trained = trainStudents({ ...small, rule: 'sgd', load });
      const exact = trainStudents({ ...sets, rule: 'weight-normalization', load });
      expect(trained.outcome).toBe('converged');
      trained.values.generalizationError.forEach((error, run) => {
        // The last learning rate, 0.5/16, leaves a noise of ηS/2M = 5e-4 and less; slow modes the rest.
        expect(Math.abs(error - exact.values.generalizationError[run])).toBeLessThan(5e-3);
      });
    }
  });

  it('batch normalization shrinks the least-squares field by E[s] and keeps its direction', () => {
    const options = {
      ...small,
      runs: 4,
      rule: 'batch-normalization',
      load: 4,
      statistics: 'training',
    } as const;
    const trained = trainStudents(options);
    const exact = trainStudents({ ...sets, rule: 'weight-normalization', load: 4 });
    expect(trained.statistics).toBe('training');
    trained.values.overlap.forEach((overlap, run) => {
      expect(Math.abs(overlap - exact.values.overlap[run])).toBeLessThan(0.01);
      // E[s] of 8 standard normal numbers is 0.9027; theirs are drawn from 160 without replacement, and γ moves.
      expect(Math.abs(trained.values.gamma[run] / exact.values.gamma[run] - 0.9027)).toBeLessThan(0.04);
    });
    // At test time by population statistics the same student has another γ.
    const population = trainStudents({ ...options, runs: 2, statistics: 'population' });
    population.values.gamma.forEach((gamma, run) => {
      expect(gamma / trained.values.fieldDeviation[run]).toBeCloseTo(trained.values.gamma[run], 12);
    });
  });

  it('says where it stopped: at the largest time, or diverged', () => {
    expect(trainStudents({ ...small, rule: 'sgd', load: 2, until: 1 }).outcome).toBe('step-limit');
    const diverged = trainStudents({ ...small, rule: 'sgd', load: 2, learningRate: 100 });
    expect(diverged).toMatchObject({
      outcome: 'diverged',
      runs: 0,
      message: 'diverged in 6 of 6 runs: take a smaller learningRate',
    });
  });
});

describe('figures of a student', () => {
  it('are those of nothing learned where its weights are zero', () => {
    const set = drawTrainingSet(20, 10, 0.1, randomStream(4));
    const labels = labelsOf(set, relu.value);
    const figures = studentFigures(set, labels, relu, new Float64Array(10), true);
    // E[max(u, 0)²] = 1/2.
    expect(figures).toMatchObject({ generalizationError: 0.5, gamma: 0, overlap: 0, fieldDeviation: 1 });
    expect(figures.trainingError).toBeCloseTo(labels.reduce((sum, t) => sum + t * t, 0) / 20, 14);
  });
});

describe('an ensemble of students', () => {
  const options: TrainStudentsOptions = {
    rule: 'weight-normalization',
    activation: erf,
    load: 2,
    gammaDecay: 0.2,
    dimension: 30,
    runs: 4,
    seed: 2,
  };

  it('is the same from the same seed, in trainStudentsAsync too, whichever runs there are', async () => {
    const { values } = trainStudents(options);
    const fractions: number[] = [];
    const again = await trainStudentsAsync({ ...options, runs: 3 }, { onProgress: (f) => fractions.push(f) });
    expect(again.values.gamma).toEqual(values.gamma.slice(0, 3));
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(new Set(values.gamma).size).toBe(4);
    expect(trainStudents({ ...options, runs: 3, firstRun: 1 }).values.gamma).toEqual(values.gamma.slice(1));
  });

  it('keeps complete runs when it is aborted', async () => {
    const controller = new AbortController();
    const students = await trainStudentsAsync(options, {
      signal: controller.signal,
      onProgress: (fraction) => {
        if (fraction >= 0.5) controller.abort();
      },
    });
    expect(students).toMatchObject({ outcome: 'aborted', runs: 2, message: 'aborted in run 2' });
  });

  const minibatches: TrainStudentsOptions = {
    rule: 'batch-normalization',
    activation: relu,
    load: 2,
    dimension: 30,
    runs: 4,
    seed: 2,
    batchSize: 8,
    learningRate: 0.1,
    until: 1,
  };
  it.each([
    [{ ...options, runs: 1 }, '`runs` must be an integer from 2 to 4294967296; got 1'],
    [{ ...options, load: -1 }, '`load` must be a finite number > 0; got -1'],
    [{ ...options, gammaDecay: -1 }, '`gammaDecay` must be a finite number >= 0; got -1'],
    [{ ...options, randomStarts: 0 }, '`randomStarts` must be an integer >= 1; got 0'],
    [{ ...options, firstRun: 2 ** 32 - 3 }, '`runs` must be an integer from 2 to 3; got'],
    [{ ...options, dimension: 1 }, '`dimension` must be an integer >= 2; got 1'],
    [
      { ...options, rule: 'adam' },
      '`rule` must be weight-normalization, sgd, batch-normalization, batch-deviation or batch-mean; got "adam"',
    ],
    [{ ...minibatches, batchSize: 3 }, '`batchSize` must be an integer >= 4; got 3'],
    [{ ...minibatches, batchSize: 61 }, '`load` must be such that round(load × 30) >= 61; got 2'],
    [{ ...minibatches, learningRate: 0 }, '`learningRate` must be a finite number > 0; got 0'],
    [{ ...minibatches, activation: {} }, '`activation` must be an Activation such as identity, relu or erf'],
  ])('refuses bad arguments in one line', (bad, message) => {
    expect(() => trainStudents(bad as TrainStudentsOptions)).toThrow(message);
  });
});
