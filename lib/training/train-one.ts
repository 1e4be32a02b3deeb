import { batchNormalization } from '../dynamics/rules/batch-normalization.js';
import { sgd } from '../dynamics/rules/sgd.js';
import { areAlike } from '../gaussian/activation.js';
import { fieldError } from '../generalization/channels/field-error.js';
import { fillNormal } from '../random/normal-deviates.js';
import { randomStream, type RandomStream } from '../random/random-stream.js';
import { drawTrainingSet, labelsOf, type TrainingSet } from '../simulation/training-set.js';
import { trainedOnBidiagonal } from './bidiagonal-student.js';
import { trainedWithGammaDecay, type MinimizedStudent } from './gamma-decay-student.js';
import { trainedByMinibatches } from './minibatch-student.js';
import { studentFigures, type StudentFigures } from './student-figures.js';
import {
  PATIENCE,
  type DecayedStudentsOptions,
  type MinibatchStudentsOptions,
  type TrainStudentsOptions,
} from './train-options.js';

/** How the training of one student ended. */
export type TrainingEnding = 'converged' | 'not-converged' | 'step-limit' | 'diverged';

interface OneStudent {
  readonly ending: TrainingEnding;
  readonly weights: Float64Array;
}

/** The lowest minimum of several starts. */
function* lowestMinimum(
  options: DecayedStudentsOptions,
  set: TrainingSet,
  labels: Float64Array,
  stream: RandomStream,
): Generator<void, OneStudent> {
  const { activation, dimension, gammaDecay = 0, randomStarts = 1, teacherStart = false } = options;
  const { teacherLength = 1 } = options;
  const start = new Float64Array(dimension);
  let lowest: MinimizedStudent | undefined;
  for (let k = 0; k < randomStarts + (teacherStart ? 1 : 0); k++) {
    if (k < randomStarts) fillNormal(stream, start);
    else start.fill(1);
    const scale = teacherLength / Math.sqrt(dimension);
    const minimum = yield* trainedWithGammaDecay(
      set,
      labels,
      activation,
      gammaDecay,
      start.map((x) => scale * x),
    );
    if (lowest === undefined || minimum.loss < lowest.loss) lowest = minimum;
  }
  return { ending: lowest!.converged ? 'converged' : 'not-converged', weights: lowest!.weights };
}

function* settled(
  options: MinibatchStudentsOptions,
  set: TrainingSet,
  labels: Float64Array,
  stream: RandomStream,
): Generator<void, OneStudent> {
  const { activation, batchSize, noiseVariance = 0, initialLength = 0.01, learningRate, until } = options;
  const { patience = PATIENCE } = options;
  const normalized = options.rule === 'batch-normalization';
  const makeRule = normalized ? batchNormalization : sgd;
  const { weights, ending } = yield* trainedByMinibatches(
    set,
    labels,
    {
      activation,
      normalized,
      learningRate,
      until,
      initialLength,
      patience,
      ruleWith: (rate) => makeRule({ activation, batchSize, noiseVariance, learningRate: rate }),
    },
    stream,
  );
  return { ending: ending === 'settled' ? 'converged' : ending, weights };
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
    const figures = yield* trainedOnBidiagonal(
      sampleCount,
      dimension,
      noiseVariance,
      gammaDecay,
      stream,
      teacherLength,
    );
    return { ending: 'converged', figures };
  }
  const drawn = drawTrainingSet(sampleCount, dimension, noiseVariance, stream);
  const labels = labelsOf(drawn, (u) => teacherActivation.value(teacherLength * u));
  const own = areAlike(activation, teacherActivation) && teacherLength === 1;
  // What a step takes for the label, g(u) + ξ, is that of the teacher if ξ is what is left of it.
  const set = own
    ? drawn
    : { ...drawn, noise: labels.map((t, i) => t - activation.value(drawn.teacher[i]!)) };
  const minimized = options.rule === 'weight-normalization';
  const { ending, weights } = minimized
    ? yield* lowestMinimum(options, set, labels, stream)
    : yield* settled(options, set, labels, stream);
  const errorOf = fieldError(activation, own ? activation : teacherActivation, teacherLength);
  const onSet = options.rule === 'batch-normalization' && options.statistics === 'training';
  return { ending, figures: studentFigures(set, labels, activation, weights, onSet, errorOf) };
}
