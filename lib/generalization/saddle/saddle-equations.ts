import { AVERAGES, Average, type Channel } from '../channel.js';

/** Order parameters inside the solver: μ = m/T and σ² = q − m²/T², with ν = λV apart because V may be infinite. */
export interface SaddleState {
  readonly mu: number;
  /** T − μ, with its own digits where μ is counted from T; undefined otherwise. */
  readonly gap: number | undefined;
  readonly sigma: number;
  /** p = 1/V. */
  readonly inverse: number;
  /** ν = λV. */
  readonly nu: number;
}

/**
 * The saddle-point equations of one load and one limit of them, in three unknowns: μ less an origin, ln σ, and one that stands for V.
 * The origin is a fourth entry, 0 or T; none stands for 0.
 */
export interface SaddleEquations {
  /** The state that the unknowns stand for. */
  state(unknowns: Float64Array): SaddleState;
  /** Counts μ from T where it is nearer to T than to 0, so that a small gap keeps its digits; gives back whether that is new. */
  anchor(unknowns: Float64Array): boolean;
  /**
   * Ends a step at the threshold if it crosses it, where the equations have a kink; gives back whether it did.
   *
   * @param next the end of the step, moved to just beyond the kink
   */
  stopAtKink(unknowns: Float64Array, next: Float64Array): boolean;
  /** The change of the third unknown by which derivatives are taken: away from the kink. */
  difference(third: number): number;
  /** What changes of μ are compared with: γ, or √(gap² + σ²) where μ is counted from T. */
  scale(unknowns: Float64Array): number;
  /** What a change of the third unknown counts: 1, and less where hardly anything depends on V. */
  weight(unknowns: Float64Array): number;
  /** Writes the three residuals, relative to the scale of μ, σ and σ². */
  residual(unknowns: Float64Array, out: Float64Array): void;
  /** Writes the unknowns after one step of the fixed-point iteration, damped; for ln V as the third. */
  iterate(unknowns: Float64Array, out: Float64Array): void;
  /** Whether the search has cost what it may. */
  exhausted(): boolean;
  /** Whether V has grown beyond what can be told from infinity, which happens in the limit λ → 0 only. */
  escaped(unknowns: Float64Array): boolean;
}

/** 1/V where V is infinite: so small that nothing depends on it, and still no zero to divide by. */
export const INFINITE_V = 1e-100;
/** At λ → 0 a larger V is taken for infinite. */
export const LARGEST_V = 1e10;
const DAMPING = 0.5;
const LARGEST_CHANGE = 1; // of ln σ and ln V in one step of the iteration
const SLOWEST = 1e-3; // λV + VV̂ is taken for no less: a jump can make it negative far from the root
const LEAST_SQUARE = 1e-300;
const BEYOND_KINK = 1e-20;
/** Relative change of unknowns by which derivatives are taken. */
export const DIFFERENCE = 1e-6;

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
 * For λ > 0 the third unknown is ln V.
 *
 * Where a student without decay can meet every label that it can reach, V → ∞ as ν/λ: then F is that of the closest such h, p = 0.
 * Below the threshold ν > 0 at p = 0, above it p > 0 at ν = 0. One unknown y stands for both: y = ν where it is positive and
 * y = −ln(1 + p^e) where it is negative, e being the exponent with which the averages leave their limit p → 0. The equations depend
 * on y to first order on both sides, so that a search crosses the threshold, or ends at it, without noticing.
 *
 * @param decay λ
 * @param limit whether the third unknown is y, for λ = 0; the channel must know the limit p → 0
 */
export function saddleEquations(
  channel: Channel,
  load: number,
  decay: number,
  limit: boolean,
): SaddleEquations {
  const averages = new Float64Array(AVERAGES);
  const { teacherLength = NaN, exponent = 1 } = channel;
  let taken = 0;
  const before = channel.work?.done() ?? 0;

  function state(unknowns: Float64Array): SaddleState {
    const origin = unknowns[3] ?? 0;
    const mu = origin + unknowns[0]!;
    const gap = origin === 0 ? undefined : -unknowns[0]!;
    const sigma = Math.exp(unknowns[1]!);
    const third = unknowns[2]!;
    if (!limit) {
      const susceptibility = Math.exp(third);
      return { mu, gap, sigma, inverse: 1 / susceptibility, nu: decay * susceptibility };
    }
    if (third >= 0) return { mu, gap, sigma, inverse: INFINITE_V, nu: third };
    return { mu, gap, sigma, inverse: Math.expm1(-third) ** (1 / exponent), nu: 0 };
  }

  function anchor(unknowns: Float64Array): boolean {
    const origin = unknowns[3]!;
    const mu = origin + unknowns[0]!;
    const next = mu > teacherLength / 2 ? teacherLength : 0;
    if (next === origin) return false;
    unknowns[0]! += origin - next;
    unknowns[3] = next;
    return true;
  }

  function stopAtKink(unknowns: Float64Array, next: Float64Array): boolean {
    const [before, after] = [unknowns[2]!, next[2]!];
    if (!limit || before >= 0 === after >= 0) return false;
    const share = before / (before - after);
    for (let i = 0; i < 2; i++) next[i] = unknowns[i]! + share * (next[i]! - unknowns[i]!);
    next[2] = after < 0 ? -BEYOND_KINK : BEYOND_KINK;
    return true;
  }

  const difference = (third: number): number => (limit && third < 0 ? -DIFFERENCE : DIFFERENCE);

  const scale = (unknowns: Float64Array): number => Math.hypot(unknowns[0]!, Math.exp(unknowns[1]!));

  function weight(unknowns: Float64Array): number {
    if (limit) return 1;
    const { inverse, nu } = state(unknowns);
    return Math.min(1, nu + inverse ** exponent);
  }

  function evaluate(unknowns: Float64Array): SaddleState {
    const now = state(unknowns);
    taken++;
    channel.average(now.mu, now.sigma, now.inverse, averages, now.gap);
    return now;
  }

  function residual(unknowns: Float64Array, out: Float64Array): void {
    const { mu, sigma, nu } = evaluate(unknowns);
    out[0] = (load * averages[Average.alongTeacher]! - nu * mu) / scale(unknowns);
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
    out[0] = unknowns[0]! + DAMPING * (along - mu);
    out[1] = unknowns[1]! + limited(Math.log(across / sigma));
    out[2] = unknowns[2]! + limited(Math.log(growth));
    out[3] = unknowns[3]!;
  }

  const escaped = (unknowns: Float64Array): boolean =>
    decay === 0 && !limit && unknowns[2]! > Math.log(LARGEST_V);

  const exhausted = (): boolean =>
    taken >= channel.mostAverages ||
    (channel.work !== undefined && channel.work.done() - before >= channel.work.most);

  return { state, anchor, stopAtKink, difference, scale, weight, residual, iterate, exhausted, escaped };
}
