import type { Activation } from '../../gaussian/activation.js';
import type { TrainingSet } from '../training-set.js';
import type { Objective } from './lbfgs.js';
import { addFieldGradient } from './products.js';

/**
 * F(ω) = (1/P)Σ½(t − g(h))² + ½ζ‖ω‖², h = x·ω: weight normalization with gamma decay in its effective weights ω = w/√N
 * of length γ (THEORY.md section 6).
 */
export function studentLoss(
  set: TrainingSet,
  labels: Float64Array,
  { value, derivative }: Activation,
  gammaDecay: number,
): Objective {
  let sum = 0;
  const slope = (i: number, h: number): number => {
    const error = labels[i]! - value(h);
    sum += error * error;
    return -error * derivative(h);
  };
  return decayedObjective(set, gammaDecay, slope, () => {
    const total = sum / 2;
    sum = 0;
    return total;
  });
}

/** The objective (1/P)Σ_i c_i(h_i) + ½ζ‖ω‖² from the slopes c_i′ and, after a pass over the samples, the sum of c_i. */
export function decayedObjective(
  set: TrainingSet,
  gammaDecay: number,
  slope: (i: number, h: number) => number,
  takeSum: () => number,
): Objective {
  const { sampleCount, dimension } = set;
  return (weights, gradient) => {
    gradient.fill(0);
    addFieldGradient(set, weights, slope, gradient);
    let square = 0;
    for (let k = 0; k < dimension; k++) {
      square += weights[k]! * weights[k]!;
      gradient[k] = gradient[k]! / sampleCount + gammaDecay * weights[k]!;
    }
    return takeSum() / sampleCount + (gammaDecay * square) / 2;
  };
}
