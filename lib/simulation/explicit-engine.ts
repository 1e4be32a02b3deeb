import { fillNormal } from '../foundation/normal-deviates.js';
import type { RandomStream } from '../foundation/random-stream.js';
import { stepCoefficients, type BatchFields, type BatchStep } from '../dynamics/batch-step.js';
import { freshBatches } from './batch-source.js';
import type { StudentState, TrainedStudent } from './student.js';
import { misalignmentOf, normOf } from './weights.js';

/** A unit vector orthogonal to the teacher direction (1, …, 1)/√N. */
function orthogonalDirection(dimension: number, stream: RandomStream): Float64Array {
  const direction = new Float64Array(dimension);
  fillNormal(stream, direction);
  let mean = 0;
  for (let k = 0; k < dimension; k++) mean += direction[k]!;
  mean /= dimension;
  let square = 0;
  for (let k = 0; k < dimension; k++) {
    direction[k] = direction[k]! - mean;
    square += direction[k]! ** 2;
  }
  const norm = Math.sqrt(square);
  for (let k = 0; k < dimension; k++) direction[k] = direction[k]! / norm;
  return direction;
}

/** Weights of exactly the asked overlap and length, their direction otherwise random. */
function initialWeights(dimension: number, initial: StudentState, stream: RandomStream): Float64Array {
  const { misalignment, length } = initial;
  const sine = Math.sqrt(Math.max(0, misalignment * (2 - misalignment)));
  const weights = orthogonalDirection(dimension, stream);
  const scale = length * Math.sqrt(dimension);
  const alongTeacher = (1 - misalignment) / Math.sqrt(dimension);
  for (let k = 0; k < dimension; k++) weights[k] = scale * (alongTeacher + sine * weights[k]!);
  return weights;
}

/** What an explicit student shows besides its order parameters. */
export interface ExplicitStudent extends TrainedStudent {
  /** w, as it is now. */
  readonly weights: Float64Array;
}

/**
 * A student trained by brute force: N weights, M Gaussian inputs of dimension N at every step, the teacher
 * w* = (1, …, 1) (any other of norm √N gives the same law). No step allocates.
 *
 * @param source where the M samples of a step come from; default fresh ones from the stream
 */
export function explicitStudent(
  rule: BatchStep,
  dimension: number,
  initial: StudentState,
  stream: RandomStream,
  source = freshBatches(rule, dimension, stream),
): ExplicitStudent {
  const { batchSize } = rule;
  const rootDimension = Math.sqrt(dimension);
  const weights = initialWeights(dimension, initial, stream);
  const { inputs, noise } = source;
  const fields: BatchFields = {
    teacher: new Float64Array(batchSize),
    student: new Float64Array(batchSize),
    noise,
  };
  const coefficients = stepCoefficients(batchSize);
  let gamma = initial.gamma;
  let norm = normOf(weights);

  function drawBatch(): void {
    source.draw();
    for (let i = 0; i < batchSize; i++) {
      const input = inputs[i]!;
      let teacher = 0;
      let student = 0;
      for (let k = 0; k < dimension; k++) {
        teacher += input[k]!;
        student += weights[k]! * input[k]!;
      }
      fields.teacher[i] = teacher / rootDimension;
      fields.student[i] = student / norm;
    }
  }

  function step(time: number): void {
    drawBatch();
    rule.compute(time, gamma, norm / rootDimension, fields, coefficients);
    const shrink = 1 + coefficients.onStudent / (norm * rootDimension);
    for (let k = 0; k < dimension; k++) weights[k] = shrink * weights[k]!;
    for (let i = 0; i < batchSize; i++) {
      const input = inputs[i]!;
      const coefficient = coefficients.onInputs[i]! / rootDimension;
      for (let k = 0; k < dimension; k++) weights[k] = weights[k]! + coefficient * input[k]!;
    }
    gamma += coefficients.gammaChange / dimension;
    norm = normOf(weights);
  }

  function state(): StudentState {
    return { gamma, misalignment: misalignmentOf(weights, norm), length: norm / rootDimension };
  }

  return { step, state, weights };
}
