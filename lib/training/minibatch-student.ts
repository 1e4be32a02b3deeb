import { boundsOf } from '../dynamics/layout.js';
import { pairOf } from '../dynamics/parameters.js';
import { rules } from '../dynamics/rules/index.js';
import { studentPlaces } from '../dynamics/student.js';
import { isFiniteVector } from '../numerics/vectors.js';
import type { RandomStream } from '../random/random-stream.js';
import { trainingBatches } from '../simulation/batch-source.js';
import { explicitStudent } from '../simulation/explicit-engine.js';
import type { TrainingSet } from '../simulation/training-set.js';
import { measuredStep } from './measured-step.js';
import { minibatchRules, PATIENCE, type MinibatchStudentsOptions } from './train-options.js';
import type { TrainedWeights } from './student-figures.js';

const HALVINGS = 4;
// Steps between two rests, in numbers read.
const TURN = 2e6;
// Relative to the mean square of the labels: a loss below is zero but for rounding.
const ZERO_LOSS = 1e-20;

/**
 * Trains on random minibatches of M distinct samples at a learning rate that is halved whenever the loss of the minibatches,
 * averaged over a round, has not fallen by two standard errors; 16 times below the first one it ends.
 * A round lasts `patience` relaxation times of a mode of curvature 1, which are 1/η or for a normalized student L²/(ηγ), and at
 * least one unit of time. The start is
 * orthogonal to the teacher, γ = 1. Yields, so that callers can rest.
 */
export function* trainedByMinibatches(
  options: MinibatchStudentsOptions,
  set: TrainingSet,
  labels: Float64Array,
  stream: RandomStream,
): Generator<void, TrainedWeights> {
  const { activation, teacherActivation = activation, teacherLength = 1, dimension, until } = options;
  const { batchSize, noiseVariance = 0, initialLength = 0.01, patience = PATIENCE } = options;
  const statistics = minibatchRules[options.rule];
  const normalized = statistics !== undefined;
  let rate = options.learningRate;
  const rule = rules[options.rule].make({
    ...{ activation, teacherActivation, teacherLength, batchSize, noiseVariance },
    learningRate: () => rate,
  });
  const places = studentPlaces(rule);
  const losses = measuredStep(rule, pairOf(options), statistics);
  const start = { scale: 1, overlap: 1, length: initialLength }; // 1 − R = 1: at right angles to the teacher
  const student = explicitStudent(
    { ...rule, batchStep: losses.step },
    dimension,
    Float64Array.from(rule.layout.kinds, (kind) => start[kind]),
    stream,
    trainingBatches(set, batchSize, stream),
  );
  const largestStep = Math.ceil(until * dimension);
  const stepsPerTurn = Math.max(1, Math.floor(TURN / (dimension * batchSize)));
  const zeroLoss = (ZERO_LOSS * labels.reduce((sum, t) => sum + t * t, 0)) / labels.length;
  const outOfBounds = boundsOf(rule.layout);
  let steps = 0;
  let halvings = 0;
  let last = { mean: Infinity, standardError: 0 };

  const effectiveRate = (state: Float64Array): number =>
    normalized ? (rate * Math.abs(state[places.scale]!)) / state[places.length]! ** 2 : rate;

  function ended(ending: TrainedWeights['ending']): TrainedWeights {
    const state = student.state();
    const scale = (normalized ? state[places.scale]! / state[places.length]! : 1) / Math.sqrt(dimension);
    return { weights: student.weights.map((w) => scale * w), ending };
  }

  while (steps < largestStep) {
    const duration = Math.max(1, patience / effectiveRate(student.state()));
    const roundEnd = Math.min(largestStep, steps + Math.ceil(duration * dimension));
    losses.restart();
    while (steps < roundEnd) {
      const turnEnd = Math.min(roundEnd, steps + stepsPerTurn);
      for (; steps < turnEnd; steps++) student.step(steps / dimension);
      yield;
      const state = student.state();
      if (!isFiniteVector(state) || outOfBounds(state) !== undefined) return ended('diverged');
    }
    const round = losses.estimate();
    if (round.mean <= zeroLoss) return ended('converged');
    const error = Math.hypot(round.standardError, last.standardError);
    if (!(round.mean < last.mean - 2 * error)) {
      if (halvings === HALVINGS) return ended('converged');
      halvings++;
      rate /= 2;
    }
    last = round;
  }
  return ended('step-limit');
}
