import type { Activation } from '../gaussian/activation.js';
import type { TrainingSet } from '../simulation/training-set.js';
import type { Objective } from '../numerics/lbfgs.js';
import { addFieldGradient } from './products.js';

/**
 * F(ω) = (1/P)Σ½(t − g(h))² + ½ζ‖ω‖², h = x·ω: weight normalization with gamma decay in its effective weights ω = w/√N
 * of length γ (docs/theory/generalization.md).
 */
export function studentLoss(
  set: TrainingSet,
  labels: Float64Array,
  { value, derivative }: Activation,
  gammaDecay: number,
): Objective {
  return decayedObjective(set, gammaDecay, (i, h, total) => {
    const error = labels[i]! - value(h);
    total[0] = total[0]! + (error * error) / 2;
    return -error * derivative(h);
  });
}

/** Adds the cost c_i(h) of a sample of field h to total[0] and gives back its slope c_i′(h). */
export type SampleCost = (i: number, h: number, total: Float64Array) => number;

/** The objective (1/P)Σ_i c_i(h_i) + ½ζ‖ω‖², in one pass over the samples. */
export function decayedObjective(set: TrainingSet, gammaDecay: number, cost: SampleCost): Objective {
  const { sampleCount, dimension } = set;
  const total = new Float64Array(1);
  const slope = (i: number, h: number): number => cost(i, h, total);
  return (weights, gradient) => {
    total[0] = 0;
    gradient.fill(0);
    addFieldGradient(set, weights, slope, gradient);
    let square = 0;
    for (let k = 0; k < dimension; k++) {
      square += weights[k]! * weights[k]!;
      gradient[k] = gradient[k]! / sampleCount + gammaDecay * weights[k]!;
    }
    return total[0] / sampleCount + (gammaDecay * square) / 2;
  };
}
