import { argumentError, requireInteger } from '../../foundation/checks.js';
import type { Slopes } from '../../gaussian/activation.js';
import { angleOfMisalignment, cosineOfMisalignment, sineOfMisalignment } from '../../gaussian/angle.js';
import { meanDeviation, meanInverseDeviation, meanInverseVariance } from '../../gaussian/batch/moments.js';
import { batchQuadratureTable } from '../../gaussian/batch/quadrature-table.js';
import { batchTable } from '../../gaussian/batch/table.js';
import { finiteDifferenceGradient } from '../../gaussian/finite-difference-gradient.js';
import type { BatchStep } from '../batch-step.js';
import {
  normalizedSystem,
  ratesOf,
  type NormalizedDrift,
  type NormalizedOrderParameter,
  type Rates,
} from '../normalized-system.js';
import {
  commonParameters,
  declareParameters,
  gammaLearningRate,
  pairOf,
  teacherParameters,
  type Parameter,
  type RuleParameters,
  type TeacherParameters,
} from '../parameters.js';
import type { Schedule } from '../schedule.js';
import type { OrderParameterSystem } from '../system.js';

/** Parameters of batch normalization; the batch size has no default. */
export interface BatchNormalizationParameters extends RuleParameters, TeacherParameters {
  /** M ≥ 4: the variance of a step is infinite below. */
  readonly batchSize: number;
  /** η_γ, the learning rate of γ; default η. */
  readonly gammaLearningRate?: Schedule;
}

type Complete = Required<BatchNormalizationParameters>;

const SMALLEST_BATCH = 4;

/** The batch size of batch normalization; says why small ones are refused. */
export function requireNormalizedBatch(name: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) > 0 && (value as number) < SMALLEST_BATCH) {
    const refusal = `\`${name}\` must be an integer >= ${SMALLEST_BATCH}; got ${value as number}`;
    throw argumentError(`${refusal}: below, the power of the gradient noise is infinite`);
  }
  return requireInteger(name, value, SMALLEST_BATCH);
}

/** What batch normalization is told. */
export const batchNormalizationParameters = declareParameters<BatchNormalizationParameters>([
  ...commonParameters.map((parameter): Parameter =>
    parameter.name === 'batchSize'
      ? { ...parameter, check: requireNormalizedBatch, default: undefined }
      : parameter,
  ),
  ...teacherParameters,
  gammaLearningRate,
]);

/**
 * The unit g(z) = a z and a teacher c u in closed form (docs/theory/batch-normalization.md): A = a(cR E[s] − aγ),
 * B = ac(1 − R²)((M−2)/M)E[1/s], C = a²(c²(1 − R²) + S)(M−2)E[1/s²]/M². The noise vanishes at R = 1, which a table would only
 * know to its accuracy.
 */
function linearDrift(
  slope: number,
  teacherSlope: number,
  { batchSize, noiseVariance }: Complete,
): NormalizedDrift {
  const gain = slope * slope;
  const ratio = teacherSlope / slope;
  const noise = noiseVariance / gain;
  const kappa = ratio * meanDeviation(batchSize);
  const turning = gain * ratio * ((batchSize - 2) / batchSize) * meanInverseDeviation(batchSize);
  const power = gain * gain * ((batchSize - 2) / (batchSize * batchSize)) * meanInverseVariance(batchSize);
  return {
    write(gamma, r, out) {
      const sine = sineOfMisalignment(r);
      out[0] = gain * (cosineOfMisalignment(r) * kappa - gamma);
      out[1] = sine * sine * turning;
      out[2] = (ratio * ratio * sine * sine + noise) * power;
    },
    writeGradient(_gamma, r, out) {
      const overlap = cosineOfMisalignment(r);
      out[0] = -gain;
      out[1] = 0;
      out[2] = 0;
      out[3] = -gain * kappa;
      out[4] = 2 * overlap * turning;
      out[5] = 2 * overlap * ratio * ratio * power;
    },
  };
}

/** A, B, C of two-slope units of which one has a kink, for any field scale γ; a negative γ is the field −v with −γ. */
function kinkedDrift(
  [a, b]: Slopes,
  teacher: Slopes,
  { batchSize, noiseVariance }: Complete,
): NormalizedDrift {
  const { exact, evaluate, evaluateByMisalignment } = batchTable(a, b, batchSize, teacher);
  const { gammaCoefficient, squaredGamma, noise } = exact;
  const values = new Float64Array(4);
  const slopes = new Float64Array(4);

  function write(gamma: number, r: number, out: Float64Array): void {
    if (gamma < 0) {
      write(-gamma, 2 - r, out);
      out[0] = -out[0]!;
      return;
    }
    const sine = sineOfMisalignment(r);
    evaluate(angleOfMisalignment(r), values);
    out[0] = values[0]! - gammaCoefficient * gamma;
    out[1] = sine * sine * values[1]!;
    out[2] = values[2]! + gamma * (values[3]! + gamma * squaredGamma) + noise * noiseVariance;
  }

  function writeGradient(gamma: number, r: number, out: Float64Array): void {
    if (gamma < 0) {
      writeGradient(-gamma, 2 - r, out);
      // γ and r both change sign under the reflection, and so does A.
      for (const i of [1, 2, 4, 5]) out[i] = -out[i]!;
      return;
    }
    const phi = angleOfMisalignment(r);
    evaluate(phi, values);
    evaluateByMisalignment(phi, slopes);
    const sine = sineOfMisalignment(r);
    out[0] = -gammaCoefficient;
    out[1] = 0;
    out[2] = values[3]! + 2 * gamma * squaredGamma;
    out[3] = slopes[0]!;
    out[4] = 2 * cosineOfMisalignment(r) * values[1]! + sine * sine * slopes[1]!;
    out[5] = slopes[2]! + gamma * slopes[3]!;
  }

  return { write, writeGradient };
}

/** A, B, C of any activations, from quadrature; NaN where they are not known to 1e-7. */
function quadratureDrift(complete: Complete): NormalizedDrift {
  const { batchSize, noiseVariance } = complete;
  const write = batchQuadratureTable(pairOf(complete), batchSize);
  const writeGradient = finiteDifferenceGradient(write);
  const values = new Float64Array(4);
  const slopes = new Float64Array(8);
  return {
    write(gamma, r, out) {
      write(gamma, angleOfMisalignment(r), values);
      out[0] = values[0]!;
      out[1] = sineOfMisalignment(r) ** 2 * values[1]!;
      out[2] = values[2]! + noiseVariance * values[3]!;
    },
    writeGradient(gamma, r, out) {
      const phi = angleOfMisalignment(r);
      write(gamma, phi, values);
      writeGradient(gamma, phi, slopes);
      const squaredSine = sineOfMisalignment(r) ** 2;
      out[0] = slopes[0]!;
      out[1] = squaredSine * slopes[1]!;
      out[2] = slopes[2]! + noiseVariance * slopes[3]!;
      out[3] = slopes[4]!;
      out[4] = 2 * cosineOfMisalignment(r) * values[1]! + squaredSine * slopes[5]!;
      out[5] = slopes[6]!; // D is an average over the student alone
    },
  };
}

function driftOf(parameters: Complete): NormalizedDrift {
  const { student, teacher } = pairOf(parameters);
  const [own, taught] = [student.slopes, teacher.slopes];
  if (own === undefined || taught === undefined) return quadratureDrift(parameters);
  const isLinear = own[0] === own[1] && taught[0] === taught[1];
  return isLinear ? linearDrift(own[0], taught[0], parameters) : kinkedDrift(own, taught, parameters);
}

/**
 * Writes fields normalized by their minibatch to `out`.
 *
 * @returns the standard deviation of the minibatch
 */
export function writeNormalized(student: Float64Array, out: Float64Array): number {
  const batchSize = student.length;
  let mean = 0;
  for (let i = 0; i < batchSize; i++) mean += student[i]!;
  mean /= batchSize;
  let variance = 0;
  for (let i = 0; i < batchSize; i++) variance += (student[i]! - mean) ** 2;
  const deviation = Math.sqrt(variance / batchSize);
  for (let i = 0; i < batchSize; i++) out[i] = (student[i]! - mean) / deviation;
  return deviation;
}

/**
 * w += (η/√N)(γ/σ_B)⟨δ̃x⟩, δ̃_i = δ_i − ⟨δ⟩ − v̂_i⟨δv̂⟩, σ_B = L s, γ += (η_γ/N)⟨δv̂⟩, v̂ the student field normalized by its
 * own minibatch.
 */
function batchNormalizedStep(complete: Complete, { rate, gammaRate }: Rates): BatchStep['compute'] {
  const { activation, batchSize } = complete;
  const { teacher: target } = pairOf(complete);
  const normalized = new Float64Array(batchSize);
  return (time, state, { teacher, student, noise }, out) => {
    const gamma = state[0]!;
    const length = state[2]!;
    const delta = out.onInputs;
    const deviation = writeNormalized(student, normalized);
    let meanDelta = 0;
    let alongStudent = 0;
    for (let i = 0; i < batchSize; i++) {
      const v = normalized[i]!;
      const error = target.value(teacher[i]!) + noise[i]! - activation.value(gamma * v);
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
    out.scaleChange = gammaRate(time) * alongStudent;
  };
}

/**
 * Batch normalization with its own minibatch statistics, exact at finite M (docs/theory/batch-normalization.md).
 *
 *     dγ/dt = η_γ A,  dR/dt = (ηγ/L²)B − R η²γ²C/(2L⁴),  dL/dt = η²γ²C/(2L³)
 *
 * The averages A, B, C are exact. For units that are linear on each side of zero they are tabulated once per batch size
 * and pair of activations, to 1e-9 of their largest values. For other activations they are integrals, to 1e-7 of their terms, tabulated
 * over (γ, R) as a run comes by: seconds of work, or minutes where one has kinks away from zero and M is small.
 *
 * @throws RangeError or TypeError when η, η_γ or T ≤ 0, S < 0, or M is not an integer ≥ 4
 * @example
 * batchNormalization({ activation: relu, learningRate: 0.5, batchSize: 8 }).layout.names; // ['gamma', 'overlap', 'length']
 */
export function batchNormalization(
  parameters: BatchNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  const complete = batchNormalizationParameters.complete(parameters);
  const rates = ratesOf(complete);
  const compute = batchNormalizedStep(complete, rates);
  return normalizedSystem('batch-normalization', complete, rates, driftOf(complete), compute);
}
