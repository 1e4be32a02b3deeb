import type { TrainingSet } from '../simulation/training-set.js';
import type { Objective } from '../numerics/lbfgs.js';
import { writeFields } from './products.js';
import { decayedObjective } from './student-loss.js';

/** Width V of the Moreau envelopes: curvature 1/V where a kink was, ten times that of the loss elsewhere. */
const WIDTH = 0.1;

/** A loss without its convex kinks. */
export interface RoundedLoss {
  readonly objective: Objective;
  /** Forces s_i of the samples at their kinks, subgradients of ½(t − g(h))² at h = 0. */
  readonly forces: Float64Array;
  /** Takes the slopes at these weights as new forces. */
  update(weights: Float64Array): void;
}

/**
 * The loss of a unit with slopes [a, b], its convex kinks rounded.
 *
 * ½(t − g(h))² has a kink at h = 0, from slope −bt to −at: concave for (a − b)t > 0, where no minimum lies, and convex
 * for (a − b)t < 0 — for ReLU the samples whose noise made the label negative — where a finite fraction of the samples
 * comes to rest, so that the gradient does not vanish at the minimum. Those samples get their Moreau envelope,
 * min_z ½(t − g(z))² + (z − h − Vs_i)²/2V: the method of multipliers with forces s_i, whose fixed point is the minimum of the
 * loss itself at any V.
 */
export function roundedLoss(
  set: TrainingSet,
  labels: Float64Array,
  [a, b]: readonly [number, number],
  gammaDecay: number,
): RoundedLoss {
  const forces = new Float64Array(set.sampleCount);
  const fields = new Float64Array(set.sampleCount);

  function cost(i: number, h: number, total: Float64Array): number {
    const label = labels[i]!;
    const convex = (a - b) * label < 0;
    if (!convex) {
      const side = h >= 0 ? a : b;
      const error = label - side * h;
      total[0] = total[0]! + (error * error) / 2;
      return -error * side;
    }
    const y = h + WIDTH * forces[i]!;
    const side = y > -WIDTH * a * label ? a : b;
    // Between the two branches the envelope is at the kink.
    const atKink = y <= -WIDTH * a * label && y >= -WIDTH * b * label;
    const z = atKink ? 0 : (y + WIDTH * side * label) / (1 + WIDTH * side * side);
    const error = label - side * z;
    total[0] = total[0]! + ((error * error) / 2 + (z - y) ** 2 / (2 * WIDTH));
    return (y - z) / WIDTH;
  }

  return {
    forces,
    objective: decayedObjective(set, gammaDecay, cost),
    update(weights) {
      const unused = new Float64Array(1);
      writeFields(set, weights, fields);
      for (let i = 0; i < set.sampleCount; i++) {
        if ((a - b) * labels[i]! < 0) forces[i] = cost(i, fields[i]!, unused);
      }
    },
  };
}
