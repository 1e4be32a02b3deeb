import { stepCoefficients } from '../../../lib/dynamics/batch-step.js';
import { batchDeviation } from '../../../lib/dynamics/rules/batch-deviation.js';
import { batchMean } from '../../../lib/dynamics/rules/batch-mean.js';
import { batchNormalization } from '../../../lib/dynamics/rules/batch-normalization.js';
import type { Activation } from '../../../lib/gaussian/activation.js';
import { randomStream } from '../../../lib/random/random-stream.js';
import { minibatches } from './minibatches.js';

const rules = { both: batchNormalization, deviation: batchDeviation, mean: batchMean };
const COUNT = 40_000;

/** Which statistics of its batch a student is normalized by, its activation, and the activation and length of its teacher. */
export type TaughtCase = readonly [keyof typeof rules, Activation, Activation, number];

/** Holds means and covariances of a step against drawn minibatches: three numbers, and six where they are known, at |z| < 4.5. */
export function expectStepsToAgree([statistics, activation, taught, length]: TaughtCase): void {
  const [gamma, overlap, noise, m] = [0.8, 0.7, 0.2, 16];
  const common = { activation, teacherActivation: taught, teacherLength: length };
  const rule = rules[statistics]({ ...common, learningRate: 1, batchSize: m, noiseVariance: noise });
  const { fields, across, draw } = minibatches(m, overlap, noise, randomStream(11, m));
  const coefficients = stepCoefficients(m);
  const sine = Math.sqrt(1 - overlap * overlap);
  const rows = Array.from({ length: COUNT }, (): number[] => {
    draw();
    coefficients.onStudent = 0;
    rule.batchStep.compute(0, [gamma, NaN, 1], fields, coefficients);
    let turn = 0;
    let power = 0;
    for (let i = 0; i < m; i++) {
      turn += coefficients.onInputs[i] * sine * across[i];
      power += coefficients.onInputs[i] ** 2;
    }
    // At η = η_γ = L = 1: N dγ, N dr and N dL.
    return [coefficients.scaleChange, 0.5 * overlap * power - turn, 0.5 * power];
  });
  const averageOf = (f: (row: number[]) => number): [number, number] => {
    const values = rows.map(f);
    const mean = values.reduce((sum, x) => sum + x, 0) / COUNT;
    const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / COUNT;
    return [mean, Math.sqrt(square / COUNT)];
  };
  const state = Float64Array.of(gamma, 1 - overlap, 1);
  const slope = new Float64Array(3);
  rule.derivative(0, state, slope);
  const means = [0, 1, 2].map((k) => {
    const [mean, error] = averageOf((row) => row[k]);
    expect(Math.abs(mean - slope[k]) / error).toBeLessThan(4.5);
    expect(error).toBeLessThan(0.03 * Math.abs(slope[k]) + 2e-3);
    return mean;
  });
  expect(rule.stepCovariance === undefined).toBe(statistics === 'deviation');
  if (rule.stepCovariance === undefined) return;
  const covariance = new Float64Array(9);
  rule.stepCovariance(0, state, covariance);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j <= i; j++) {
      const [found, error] = averageOf((row) => (row[i] - means[i]) * (row[j] - means[j]));
      // Sampled covariances have errors of 2 % of the deviations of their own.
      const own = 0.02 * Math.sqrt(covariance[4 * i] * covariance[4 * j]);
      expect(Math.abs(found - covariance[3 * i + j])).toBeLessThan(4.5 * Math.hypot(error, own));
    }
  }
}
