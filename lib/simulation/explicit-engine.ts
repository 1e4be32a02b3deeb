import { fillNormal } from '../random/normal-deviates.js';
import type { RandomStream } from '../random/random-stream.js';
import {
  clearCoefficients,
  stepCoefficients,
  type BatchFields,
  type StepCoefficients,
} from '../dynamics/batch-step.js';
import { updateWeights, writeProducts } from './batch-products.js';
import { freshBatches } from './batch-source.js';
import { studentPlaces, type SimulatedRule } from '../dynamics/student.js';
import type { TrainedStudent } from './engine.js';
import { misalignmentOf } from './weights.js';
import { normOf } from '../numerics/vectors.js';

/** A unit vector orthogonal to the teacher direction (1, …, 1)/√N. */
function orthogonalDirection(dimension: number, stream: RandomStream): Float64Array {
  const direction = new Float64Array(dimension);
  fillNormal(stream, direction);
  let mean = 0;
  for (let k = 0; k < dimension; k++) mean += direction[k]!;
  mean /= dimension;
  for (let k = 0; k < dimension; k++) direction[k] = direction[k]! - mean;
  const norm = normOf(direction);
  for (let k = 0; k < dimension; k++) direction[k] = direction[k]! / norm;
  return direction;
}

/** Weights of exactly the asked overlap and length, their direction otherwise random. */
function initialWeights(
  dimension: number,
  misalignment: number,
  length: number,
  stream: RandomStream,
): Float64Array {
  const sine = Math.sqrt(Math.max(0, misalignment * (2 - misalignment)));
  const weights = orthogonalDirection(dimension, stream);
  const scale = length * Math.sqrt(dimension);
  const alongTeacher = (1 - misalignment) / Math.sqrt(dimension);
  for (let k = 0; k < dimension; k++) weights[k] = scale * (alongTeacher + sine * weights[k]!);
  return weights;
}

/** Whether a step changes no weight, such as one of a rectified unit that is off. */
function leavesWeights({ onInputs, onStudent }: StepCoefficients): boolean {
  if (onStudent !== 0) return false;
  for (let i = 0; i < onInputs.length; i++) if (onInputs[i] !== 0) return false;
  return true;
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
  rule: SimulatedRule,
  dimension: number,
  initial: Float64Array,
  stream: RandomStream,
  source = freshBatches(rule.batchStep, dimension, stream),
): ExplicitStudent {
  const step = rule.batchStep;
  const { batchSize } = step;
  const places = studentPlaces(rule);
  const rootDimension = Math.sqrt(dimension);
  const weights = initialWeights(dimension, initial[places.overlap]!, initial[places.length]!, stream);
  const { inputs, noise } = source;
  const fields: BatchFields = {
    teacher: new Float64Array(batchSize),
    student: new Float64Array(batchSize),
    noise,
  };
  const coefficients = stepCoefficients(batchSize);
  // What a step sees of the student, and ‖w‖; numbers that a closure changes are boxed anew at every step, those in an array are not.
  const seen = initial.slice();
  seen[places.overlap] = NaN;
  const norms = Float64Array.of(normOf(weights));

  function drawBatch(norm: number): void {
    source.draw();
    const { teacher, student } = fields;
    writeProducts(weights, inputs, teacher, student);
    for (let i = 0; i < batchSize; i++) {
      teacher[i] = teacher[i]! / rootDimension;
      student[i] = student[i]! / norm;
    }
  }

  function makeStep(time: number): void {
    const norm = norms[0]!;
    drawBatch(norm);
    clearCoefficients(coefficients);
    seen[places.length] = norm / rootDimension;
    step.compute(time, seen, fields, coefficients);
    if (places.scale >= 0) seen[places.scale]! += coefficients.scaleChange / dimension;
    if (leavesWeights(coefficients)) return;
    const { onInputs, onStudent } = coefficients;
    for (let i = 0; i < batchSize; i++) onInputs[i] = onInputs[i]! / rootDimension;
    const shrink = 1 + onStudent / (norm * rootDimension);
    norms[0] = Math.sqrt(updateWeights(weights, shrink, inputs, onInputs));
  }

  function state(): Float64Array {
    const now = seen.slice();
    now[places.overlap] = misalignmentOf(weights, norms[0]!);
    now[places.length] = norms[0]! / rootDimension;
    return now;
  }

  return { step: makeStep, state, weights };
}
