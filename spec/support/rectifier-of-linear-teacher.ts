import { fieldError } from '../../lib/generalization/channels/field-error.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { normOf } from '../../lib/numerics/vectors.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { drawTrainingSet, labelsOf } from '../../lib/simulation/training-set.js';
import { shortestRectifier, type ShortestRectifier } from './shortest-rectifier.js';

/** A student and what it learned from: h = x·w, ‖w‖ = γ. */
export interface RectifierRun extends ShortestRectifier {
  readonly inputs: readonly Float64Array[];
  readonly labels: readonly number[];
  readonly generalizationError: number;
  readonly gamma: number;
  readonly trainingError: number;
}

/** The shortest ReLU student of a linear teacher with noise, on P = round(αN) samples. */
export function rectifierOfLinearTeacher(
  dimension: number,
  load: number,
  noiseVariance: number,
  seed: number,
  run: number,
): RectifierRun {
  const count = Math.round(load * dimension);
  const set = drawTrainingSet(count, dimension, noiseVariance, randomStream(seed, run));
  const inputs = Array.from({ length: count }, (_, i) =>
    set.inputs.subarray(i * dimension, (i + 1) * dimension),
  );
  const labels = [...labelsOf(set, (u) => u)];
  const solved = shortestRectifier(inputs, labels);
  const gamma = normOf(solved.weights);
  // The teacher is (1, …, 1) of norm √N.
  const mu = solved.weights.reduce((sum, w) => sum + w, 0) / Math.sqrt(dimension);
  const error = fieldError(relu, identity, 1)(mu, Math.sqrt(gamma * gamma - mu * mu));
  const misses = labels.map((t, i) => {
    const h = inputs[i].reduce((sum, x, k) => sum + x * solved.weights[k], 0);
    return (t - Math.max(h, 0)) ** 2;
  });
  const trainingError = misses.reduce((sum, miss) => sum + miss, 0) / count;
  return { ...solved, inputs, labels, generalizationError: error, gamma, trainingError };
}
