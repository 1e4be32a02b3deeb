import { pairOf } from '../dynamics/parameters.js';
import { areAlike } from '../gaussian/activation.js';
import { fieldError } from '../generalization/channels/field-error.js';
import { fillNormal } from '../random/normal-deviates.js';
import { randomStream, type RandomStream } from '../random/random-stream.js';
import { drawTrainingSet, labelsOf, type TrainingSet } from '../simulation/training-set.js';
import { drawBidiagonalSet } from './bidiagonal-inputs.js';
import { bidiagonalFigures } from './bidiagonal-student.js';
import { trainedWithGammaDecay, type MinimizedStudent } from './gamma-decay-student.js';
import { trainedByMinibatches } from './minibatch-student.js';
import {
  studentFigures,
  type StudentFigures,
  type TrainedWeights,
  type TrainingEnding,
} from './student-figures.js';
import type { DecayedStudentsOptions, TrainStudentsOptions } from './train-options.js';

/** The lowest minimum of several starts. */
function* lowestMinimum(
  options: DecayedStudentsOptions,
  set: TrainingSet,
  labels: Float64Array,
  stream: RandomStream,
): Generator<void, TrainedWeights> {
  const { activation, dimension, gammaDecay = 0, randomStarts = 1, teacherStart = false } = options;
  const { teacherLength = 1 } = options;
  const start = new Float64Array(dimension);
  const scale = teacherLength / Math.sqrt(dimension);
  let lowest: MinimizedStudent | undefined;
  for (let k = 0; k < randomStarts + (teacherStart ? 1 : 0); k++) {
    if (k < randomStarts) fillNormal(stream, start);
    else start.fill(1);
    for (let i = 0; i < dimension; i++) start[i]! *= scale;
    const minimum = yield* trainedWithGammaDecay(set, labels, activation, gammaDecay, start);
    if (lowest === undefined || minimum.loss < lowest.loss) lowest = minimum;
  }
  return { ending: lowest!.converged ? 'converged' : 'not-converged', weights: lowest!.weights };
}

/** Draws the training set of a run, trains a student on it, and measures it. */
export function* trainOne(
  options: TrainStudentsOptions,
  sampleCount: number,
  run: number,
): Generator<void, { ending: TrainingEnding; figures: StudentFigures }> {
  const { activation, dimension, noiseVariance = 0, seed, firstRun = 0, sweepPoint, engine } = options;
  const { teacherActivation = activation, teacherLength = 1 } = options;
  const stream = randomStream(seed, firstRun + run, sweepPoint);
  if (options.rule === 'weight-normalization' && engine === 'bidiagonal') {
    const { gammaDecay = 0 } = options;
    const square = teacherLength * teacherLength;
    // In units of T: labels of a teacher of length 1 with noise S/T².
    const set = yield* drawBidiagonalSet(sampleCount, dimension, noiseVariance / square, stream);
    return { ending: 'converged', figures: bidiagonalFigures(set, gammaDecay, teacherLength) };
  }
  const set = drawTrainingSet(sampleCount, dimension, noiseVariance, stream);
  const labels = labelsOf(set, pairOf(options).teacher.value);
  const { ending, weights } =
    options.rule === 'weight-normalization'
      ? yield* lowestMinimum(options, set, labels, stream)
      : yield* trainedByMinibatches(options, set, labels, stream);
  const own = areAlike(activation, teacherActivation) && teacherLength === 1;
  const errorOf = fieldError(activation, own ? activation : teacherActivation, teacherLength);
  const onSet = options.rule === 'batch-normalization' && options.statistics === 'training';
  return { ending, figures: studentFigures(set, labels, activation, weights, onSet, errorOf) };
}
