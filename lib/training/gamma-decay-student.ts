import { isIdentity, type Activation } from '../gaussian/activation.js';
import type { TrainingSet } from '../simulation/training-set.js';
import { finishByActiveSet } from './active-set.js';
import { roundedLoss } from './kinked-loss.js';
import { minimize, type Objective } from '../numerics/lbfgs.js';
import { minimumNorm, ridge } from './ridge.js';
import { studentLoss } from './student-loss.js';

/** A student of finite samples: its effective weights ω, h = x·ω, γ = ‖ω‖. */
export interface MinimizedStudent {
  readonly weights: Float64Array;
  /** (1/P)Σ½(t − g(h))² + ½ζγ². */
  readonly loss: number;
  readonly converged: boolean;
}

/** Norm of the gradient at which a minimum counts as found, relative to the root mean square of the labels. */
const TOLERANCE = 1e-8;
const LARGEST_COUNT = 20_000;
// The method of multipliers: the forces of one round need not be known better than the next one changes them.
const ROUND_TOLERANCE = 1e-4;
const ROUNDS = 12;

function labelScale(labels: Float64Array): number {
  return Math.sqrt(labels.reduce((sum, t) => sum + t * t, 0) / labels.length);
}

/** A unit that is linear on each side of zero: rounds of the method of multipliers until the active set can finish. */
function* kinkedMinimum(
  set: TrainingSet,
  labels: Float64Array,
  slopes: readonly [number, number],
  gammaDecay: number,
  loss: Objective,
  start: Float64Array,
): Generator<void, MinimizedStudent> {
  const weights = start.slice();
  const gradient = new Float64Array(weights.length);
  const rounded = roundedLoss(set, labels, slopes, gammaDecay);
  const scale = labelScale(labels);
  let tolerance = ROUND_TOLERANCE * scale;
  for (let round = 0; round < ROUNDS; round++) {
    yield* minimize(rounded.objective, weights, tolerance, LARGEST_COUNT);
    rounded.update(weights);
    const reached = loss(weights, gradient);
    const finished = finishByActiveSet(set, labels, slopes, gammaDecay, weights, rounded.forces);
    if (finished !== undefined) {
      const value = loss(finished, gradient);
      // A minimum far from here could be a higher one.
      if (value <= reached) return { weights: finished, loss: value, converged: true };
    }
    tolerance /= 4;
    yield;
  }
  return { weights, loss: loss(weights, gradient), converged: false };
}

/**
 * Weight normalization with gamma decay trained to a local minimum of (1/P)Σ½(t − g(h))² + ½ζγ² from the given weights
 * (docs/theory/generalization.md): ridge or minimum norm for the linear unit, which has one minimum; to rounding for units with a kink
 * at zero; to a gradient of 1e-8 times the root mean square of the labels for others. Yields, so that callers can rest.
 */
export function* trainedWithGammaDecay(
  set: TrainingSet,
  labels: Float64Array,
  activation: Activation,
  gammaDecay: number,
  start: Float64Array,
): Generator<void, MinimizedStudent> {
  const loss = studentLoss(set, labels, activation, gammaDecay);
  if (isIdentity(activation)) {
    const weights = gammaDecay > 0 ? ridge(set, labels, gammaDecay) : minimumNorm(set, labels);
    return { weights, loss: loss(weights, new Float64Array(weights.length)), converged: true };
  }
  const { slopes } = activation;
  if (slopes !== undefined) return yield* kinkedMinimum(set, labels, slopes, gammaDecay, loss, start);
  const weights = start.slice();
  const { value, converged } = yield* minimize(loss, weights, TOLERANCE * labelScale(labels), LARGEST_COUNT);
  return { weights, loss: value, converged };
}
