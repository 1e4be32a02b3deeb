import { angleOfMisalignment } from '../gaussian/angle.js';
import type { Activation } from '../gaussian/activation.js';
import { fieldError } from '../generalization/channels/field-error.js';
import type { TrainingSet } from '../simulation/training-set.js';
import { misalignmentOf } from '../simulation/weights.js';
import { deviationOf, estimate } from '../numerics/statistics.js';
import { normOf } from '../numerics/vectors.js';
import { writeFields } from './products.js';

/** How the training of one student ended. */
export type TrainingEnding = 'converged' | 'not-converged' | 'step-limit' | 'diverged';

/** A student of finite samples: its effective weights ω, h = x·ω, γ = ‖ω‖. */
export interface TrainedWeights {
  readonly weights: Float64Array;
  readonly ending: TrainingEnding;
}

/** What is measured of a student g(x·ω). */
export interface StudentFigures {
  /** ε = E[(g(u) − ŷ)²] over all inputs, exact for these weights. */
  readonly generalizationError: number;
  /** γ = ‖ω‖. */
  readonly gamma: number;
  /** R. */
  readonly overlap: number;
  /** (1/P)Σ(t − ŷ)² over the training set, label noise included. */
  readonly trainingError: number;
  /** Standard deviation of the field x·ω over the training set, over its value γ in the population. */
  readonly fieldDeviation: number;
}

/**
 * Measures a student; no test set is needed, since γ and R fix ε.
 *
 * @param normalizeOnSet whether the weights are scaled so that the field has deviation γ over the training set, instead of over
 *   the population
 * @param errorOf ε at γR and γ√(1 − R²); default that of a teacher of the same activation and length 1
 */
export function studentFigures(
  set: TrainingSet,
  labels: Float64Array,
  activation: Activation,
  weights: Float64Array,
  normalizeOnSet: boolean,
  errorOf = fieldError(activation, activation, 1),
): StudentFigures {
  const { sampleCount } = set;
  const norm = normOf(weights);
  const fields = new Float64Array(sampleCount);
  writeFields(set, weights, fields);
  const fieldDeviation = norm === 0 ? 1 : deviationOf(fields, estimate(fields).mean) / norm;
  const scale = normalizeOnSet ? 1 / fieldDeviation : 1;
  const gamma = scale * norm;
  const misalignment = norm === 0 ? 1 : misalignmentOf(weights, norm);
  const angle = angleOfMisalignment(misalignment);
  const errors = labels.reduce((sum, t, i) => sum + (t - activation.value(scale * fields[i]!)) ** 2, 0);
  return {
    generalizationError: errorOf(gamma * Math.cos(angle), gamma * Math.sin(angle)),
    gamma,
    overlap: 1 - misalignment,
    trainingError: errors / sampleCount,
    fieldDeviation,
  };
}
