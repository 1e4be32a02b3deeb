import { AVERAGES, Average, type Channel } from './channel.js';

/** Order parameters inside the solver: μ = m/T and σ² = q − m²/T², with ν = λV apart because V may be infinite. */
export interface SaddleState {
  readonly mu: number;
  readonly sigma: number;
  /** p = 1/V. */
  readonly inverse: number;
  /** ν = λV. */
  readonly nu: number;
}

/** The saddle-point equations of one load and one limit of them, in three unknowns. */
export interface SaddleEquations {
  /** The state that three unknowns (μ, ln σ, third) stand for. */
  state(unknowns: Float64Array): SaddleState;
  /** Writes the three residuals, relative to γ, σ and σ². */
  residual(unknowns: Float64Array, out: Float64Array): void;
  /** Writes the unknowns after one step of the fixed-point iteration, damped; for V finite only. */
  iterate(unknowns: Float64Array, out: Float64Array): void;
  /** Whether the search has taken as many averages as it may. */
  exhausted(): boolean;
  /** Whether V has grown beyond what can be told from infinity, which happens in the limit λ → 0 only. */
  escaped(unknowns: Float64Array): boolean;
}

// 1/V where V is infinite: so small that nothing depends on it, and still no zero to divide by.
export const INFINITE_V = 1e-100;
/** At λ → 0 a larger V is taken for infinite. */
export const LARGEST_V = 1e10;
const DAMPING = 0.5;
const LARGEST_CHANGE = 1; // of ln σ and ln V in one step of the iteration
const SLOWEST = 1e-3; // λV + VV̂ is taken for no less: a jump can make it negative far from the root
const LEAST_SQUARE = 1e-300;

/**
 * Saddle-point equations in the fields u′, z of `Channel`. In these, with f = F/V, Stein's lemma turns
 *
 *     q̂ = αE[f²], m̂ = αE[∂f/∂u], V̂ = −αE[∂f/∂ω], V = 1/(λ + V̂), q = (q̂ + m̂²T²)V², m = m̂VT²
 *
 * into three equations without derivatives, jumps of F included,
 *
 *     αE[F u′] = νμ,   αE[F z] = −(1 − ν)σ,   αE[F²] = σ²,   ν = λV,
 *
 * which are those of a stationary point of λ(μ² + σ²)/2 + αE[min_z …] − σ²/2V.
 *
 * For λ > 0, and for λ → 0 where V stays finite, the third unknown is ln V. Where a student without decay can meet every
 * label that it can reach, V → ∞ as ν/λ: then F is that of the closest such h, p = 0, and the third unknown is ν itself.
 *
 * @param decay λ
 * @param interpolating whether V is infinite
 */
export function saddleEquations(
  channel: Channel,
  load: number,
  decay: number,
  interpolating: boolean,
): SaddleEquations {
  const averages = new Float64Array(AVERAGES);
  let taken = 0;

  function state(unknowns: Float64Array): SaddleState {
    const third = unknowns[2]!;
    const common = { mu: unknowns[0]!, sigma: Math.exp(unknowns[1]!) };
    if (interpolating) return { ...common, inverse: INFINITE_V, nu: third };
    const susceptibility = Math.exp(third);
    return { ...common, inverse: 1 / susceptibility, nu: decay * susceptibility };
  }

  function evaluate(unknowns: Float64Array): SaddleState {
    const now = state(unknowns);
    taken++;
    channel.average(now.mu, now.sigma, now.inverse, averages);
    return now;
  }

  function residual(unknowns: Float64Array, out: Float64Array): void {
    const { mu, sigma, nu } = evaluate(unknowns);
    out[0] = (load * averages[Average.alongTeacher]! - nu * mu) / Math.hypot(mu, sigma);
    out[1] = (load * averages[Average.acrossTeacher]!) / sigma + (1 - nu);
    out[2] = (load * averages[Average.square]!) / (sigma * sigma) - 1;
  }

  function iterate(unknowns: Float64Array, out: Float64Array): void {
    const { mu, sigma, nu } = evaluate(unknowns);
    const curvature = (-load * averages[Average.acrossTeacher]!) / sigma; // V V̂
    const growth = 1 / Math.max(nu + curvature, SLOWEST);
    const along = growth * (load * averages[Average.alongTeacher]! + mu * curvature);
    const across = growth * Math.sqrt(Math.max(load * averages[Average.square]!, LEAST_SQUARE));
    const limited = (change: number): number =>
      DAMPING * Math.max(-LARGEST_CHANGE, Math.min(LARGEST_CHANGE, change));
    out[0] = mu + DAMPING * (along - mu);
    out[1] = unknowns[1]! + limited(Math.log(across / sigma));
    out[2] = unknowns[2]! + limited(Math.log(growth));
  }

  const escaped = (unknowns: Float64Array): boolean =>
    decay === 0 && !interpolating && unknowns[2]! > Math.log(LARGEST_V);

  const exhausted = (): boolean => taken >= channel.mostAverages;

  return { state, residual, iterate, exhausted, escaped };
}
