/**
 * What the saddle-point equations need of a pair of teacher and student activations: averages over one sample.
 *
 * Fields: the teacher's is u = T u′, the cavity field is ω = μ u′ + σ z, with u′ and z independent standard normals, so that
 * μ = γR = m/T and σ² = q − m²/T². The label is t = g*(u) + ξ. The Moreau step h(ω, t) is the global minimum over z of
 * (z − ω)²/2V + ½(t − g(z))², and F = h − ω = V f is what one sample pulls the student's field by.
 *
 * Everything is a function of p = 1/V and stays finite at V → ∞, where a student interpolates.
 */
export interface Channel {
  /** The averages leave their limit p → 0 like p^exponent; undefined where they are not known there. */
  readonly exponent?: number;
  /** Averages that a search may take before it gives up. */
  readonly mostAverages: number;
  /** Where averages may take long: what they have cost so far, in any units, and what a search may cost. */
  readonly work?: { done(): number; readonly most: number };
  /** T, where the averages keep their relative precision next to the teacher if T − μ is given beside μ. */
  readonly teacherLength?: number;
  /**
   * Writes the averages in the order of `Average` and gives back their estimated relative error (0 for closed forms).
   *
   * @param mu μ, any finite number
   * @param sigma σ > 0
   * @param inverse p = 1/V > 0
   * @param gap T − μ, where the caller knows it better than from μ
   */
  average(mu: number, sigma: number, inverse: number, out: Float64Array, gap?: number): number;
  /** E[(∂F/∂ω)²] away from the jumps, at the same arguments. */
  slopeSquare(mu: number, sigma: number, inverse: number): number;
  /** ε = E[(g*(u) − g(ω))²] at these μ, σ; `gap` as above. */
  generalizationError(mu: number, sigma: number, gap?: number): number;
}

/** Places of the averages in the array that a `Channel` writes. */
export const Average = {
  /** E[F u′] */
  alongTeacher: 0,
  /** E[F z], jumps of F included */
  acrossTeacher: 1,
  /** E[F²] */
  square: 2,
  /** E[(t − g(h))²], the training error */
  residual: 3,
  /** density of ω at the places where F jumps, averaged over t */
  jumpDensity: 4,
} as const;

/** How many averages a `Channel` writes. */
export const AVERAGES = 5;

/** Closed forms cost a microsecond: a search may take all the averages it asks for. */
export const MOST_CLOSED_AVERAGES = 10_000;
