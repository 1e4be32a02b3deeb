import { requireWithin } from '../foundation/checks.js';
import { arcMinusSine, sineMinusArc, supplement } from './angle.js';

/** Moments of two standard normal fields u, v with correlation cos φ over the quadrant u > 0, v > 0. */
export interface OrthantMoments {
  /** E[θ(u)θ(v)] = (π − φ)/2π. */
  readonly probability: number;
  /** E[θ(u)θ(v)uv] = (sin φ + (π − φ) cos φ)/2π. */
  readonly product: number;
  /** E[θ(u)θ(v)u²] = ((π − φ) + sin φ cos φ)/2π. */
  readonly square: number;
}

/**
 * Quadrant moments of two correlated standard normal fields (docs/theory/averages.md).
 *
 * Written in π − φ, in which all three vanish without cancellation as the fields become opposite.
 *
 * @param phi angle between teacher and student, radians, 0 ≤ φ ≤ π
 * @throws RangeError when φ is outside [0, π]
 * @example
 * orthantMoments(0).product; // E[θ(u)u²] = 0.5
 */
export function orthantMoments(phi: number): OrthantMoments {
  requireWithin('phi', phi, 0, Math.PI);
  const psi = supplement(phi);
  return {
    probability: psi / (2 * Math.PI),
    product: sineMinusArc(psi) / (2 * Math.PI),
    square: arcMinusSine(psi) / (2 * Math.PI),
  };
}
