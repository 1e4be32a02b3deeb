import { typeError } from '../foundation/checks.js';
import type { Activation } from '../gaussian/activation.js';
import { meanDeviation, meanInverseDeviation, meanInverseVariance } from '../gaussian/batch-moments.js';
import { identity } from '../gaussian/homogeneous.js';
import type { BatchStep } from './batch-step.js';
import {
  normalizedSystem,
  type NormalizedDrift,
  type NormalizedOrderParameter,
} from './normalized-system.js';
import { checkedParameters, type RuleParameters } from './parameters.js';
import { scheduleFunction, type Schedule } from './schedule.js';
import type { OrderParameterSystem } from './system.js';

/** Parameters of batch normalization; the batch size has no default. */
export interface BatchNormalizationParameters extends RuleParameters {
  /** M ≥ 4: the variance of a step is infinite below. */
  readonly batchSize: number;
  /** η_γ, the learning rate of γ; default η. */
  readonly gammaLearningRate?: Schedule;
}

const SMALLEST_BATCH = 4;

/**
 * Exact finite-batch averages of the linear unit (THEORY.md section 3), s the batch's standard deviation of v:
 * A = R E[s] − γ, B = (1 − R²)((M−2)/M)E[1/s], C = (1 − R² + S)(M−2)E[1/s²]/M².
 */
function identityDrift(batchSize: number, noiseVariance: number): NormalizedDrift {
  const kappa = meanDeviation(batchSize);
  const turning = ((batchSize - 2) / batchSize) * meanInverseDeviation(batchSize);
  const power = ((batchSize - 2) / (batchSize * batchSize)) * meanInverseVariance(batchSize);
  return {
    write(gamma, phi, out) {
      const sine = Math.sin(phi);
      const sineSquare = sine * sine;
      out[0] = Math.cos(phi) * kappa - gamma;
      out[1] = sineSquare * turning;
      out[2] = (sineSquare + noiseVariance) * power;
    },
    writeGradient(_gamma, phi, out) {
      const overlap = Math.cos(phi);
      out[0] = -1;
      out[1] = 0;
      out[2] = 0;
      out[3] = -kappa;
      out[4] = 2 * overlap * turning;
      out[5] = 2 * overlap * power;
    },
  };
}

/**
 * w += (η/√N)(γ/σ_B)⟨δ̃x⟩, δ̃_i = δ_i − ⟨δ⟩ − v̂_i⟨δv̂⟩, σ_B = L s, γ += (η_γ/N)⟨δv̂⟩, v̂ the student field normalized by its
 * own minibatch.
 */
function batchNormalizedStep(
  activation: Activation,
  batchSize: number,
  noiseVariance: number,
  rate: (time: number) => number,
  gammaRate: (time: number) => number,
): BatchStep {
  const normalized = new Float64Array(batchSize);
  return {
    batchSize,
    noiseVariance,
    compute(time, gamma, length, { teacher, student, noise }, out) {
      const delta = out.onInputs;
      let mean = 0;
      for (let i = 0; i < batchSize; i++) mean += student[i]!;
      mean /= batchSize;
      let variance = 0;
      for (let i = 0; i < batchSize; i++) variance += (student[i]! - mean) ** 2;
      const deviation = Math.sqrt(variance / batchSize);
      let meanDelta = 0;
      let alongStudent = 0;
      for (let i = 0; i < batchSize; i++) {
        const v = (student[i]! - mean) / deviation;
        const error = activation.value(teacher[i]!) + noise[i]! - activation.value(gamma * v);
        normalized[i] = v;
        delta[i] = error * activation.derivative(gamma * v);
        meanDelta += delta[i]!;
        alongStudent += delta[i]! * v;
      }
      meanDelta /= batchSize;
      alongStudent /= batchSize;
      const scale = (rate(time) * gamma) / (length * deviation * batchSize);
      for (let i = 0; i < batchSize; i++) {
        delta[i] = scale * (delta[i]! - meanDelta - normalized[i]! * alongStudent);
      }
      out.onStudent = 0;
      out.gammaChange = gammaRate(time) * alongStudent;
    },
  };
}

/**
 * Batch normalization with its own minibatch statistics, exact at finite M (THEORY.md section 3).
 *
 *     dγ/dt = η_γ A,  dR/dt = (ηγ/L²)B − R η²γ²C/(2L⁴),  dL/dt = η²γ²C/(2L³)
 *
 * The averages A, B, C are known here for the linear unit.
 *
 * @throws RangeError or TypeError when η, η_γ ≤ 0, S < 0, M is not an integer ≥ 4, or the activation is not `identity`
 * @example
 * batchNormalization({ activation: identity, learningRate: 0.5, batchSize: 8 }).names; // ['gamma', 'overlap', 'length']
 */
export function batchNormalization(
  parameters: BatchNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  const { activation, batchSize, noiseVariance } = checkedParameters(parameters, SMALLEST_BATCH);
  if (activation !== identity) {
    throw typeError('activation', 'identity for batch normalization', activation.name);
  }
  const { learningRate, gammaLearningRate = learningRate } = parameters;
  const rate = scheduleFunction('learningRate', learningRate);
  const gammaRate = scheduleFunction('gammaLearningRate', gammaLearningRate);
  return normalizedSystem(
    'batch-normalization',
    activation,
    identityDrift(batchSize, noiseVariance),
    rate,
    gammaRate,
    batchNormalizedStep(activation, batchSize, noiseVariance, rate, gammaRate),
  );
}
