import { argumentError, requireFinite, requireNonNegative, requireWithin } from '../foundation/checks.js';
import { requireActivation, type Activation } from './activation.js';

/** Averages over the fields u, v of teacher and student at given γ and φ; δ = (g(u) + ξ − g(γv)) g′(γv). */
export interface FieldMoments {
  /** E[δv], the pull along the student's own direction. */
  readonly alongStudent: number;
  /** E[δ(u − Rv)], the pull towards the teacher. */
  readonly towardsTeacher: number;
  /** E[δ²], the power of the gradient noise. */
  readonly squaredError: number;
  /** E[g′(γv)²]. */
  readonly squaredGain: number;
  /** ε = E[(g(u) − g(γv))²]. */
  readonly generalizationError: number;
}

/**
 * The averages that the order-parameter equations are made of (docs/theory/averages.md).
 *
 * Closed forms (identity, ReLU, leaky ReLU, erf) are accurate to 1e-12, relative for the positive ones and to the largest
 * term for E[δv]; other activations to 1e-9 of E|f|.
 *
 * @param gamma γ, the scale of the student's field; finite
 * @param phi φ = arccos R, radians, from 0 to π
 * @param noiseVariance S ≥ 0; default 0
 * @throws RangeError naming an argument out of its domain, or an activation whose averages do not converge
 * @example
 * fieldMoments(identity, 0.5, 0).generalizationError; // (1 − γ)² = 0.25
 */
export function fieldMoments(
  activation: Activation,
  gamma: number,
  phi: number,
  noiseVariance = 0,
): FieldMoments {
  requireActivation('activation', activation);
  requireFinite('gamma', gamma);
  requireWithin('phi', phi, 0, Math.PI);
  requireNonNegative('noiseVariance', noiseVariance);
  const moments = new Float64Array(4);
  activation.averages.write(gamma, phi, moments);
  const generalizationError = activation.averages.generalizationError(gamma, phi);
  if (!moments.every(Number.isFinite) || !Number.isFinite(generalizationError)) {
    throw argumentError(`averages of ${activation.name} do not converge at gamma = ${gamma}, phi = ${phi}`);
  }
  return {
    alongStudent: moments[0]!,
    towardsTeacher: moments[1]!,
    squaredError: moments[2]! + noiseVariance * moments[3]!,
    squaredGain: moments[3]!,
    generalizationError,
  };
}
