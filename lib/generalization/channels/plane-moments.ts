import type { SampleFields } from './sector-moments.js';

/** Where in a plane ω = −κt of the fields of one sample averages are taken: at one sign of u′ and one of t. */
export interface Plane extends SampleFields {
  /** ±1, the sign of t. */
  sign: number;
  kappa: number;
}

/** Places of the averages over a plane: of 1, t u′, t z and t², each with |t| δ(ω + κt). */
export const PlaneMoment = { mass: 0, tu: 1, tz: 2, tt: 3 } as const;

/** How many of them are written. */
export const PLANE_MOMENTS = 4;

/**
 * Writes E[x |t| δ(ω + κt)] for x = 1, t u′, t z and t² over the quadrant of the given signs: what a wedge between κ and κ + dκ
 * adds to averages, over dκ.
 *
 * In units of s the density in the quadrant is that of Au² + 2But + Ct². Integrals of odd degree over a quadrant are algebraic,
 * in g = 1/(√(AC) + B), or (√(AC) − B)/(AC − B²) where that does not cancel; the determinant is a sum of squares. Without noise t is a
 * multiple of u′ and one integral is left.
 */
export function planeMoments(plane: Plane, out: Float64Array): void {
  const { mu, sigma, along, noise, side, sign, kappa } = plane;
  const same = side * sign;
  const tilt = (mu + kappa * along) / sigma;
  if (noise === 0) {
    const square = 1 + tilt * tilt;
    const density = same * along > 0 ? Math.abs(along) / (Math.PI * sigma * square) : 0;
    out[PlaneMoment.mass] = density / 2;
    out[PlaneMoment.tu] = (density * along) / square;
    out[PlaneMoment.tt] = (density * along * along) / square;
  } else {
    const [lean, lift, pull] = [mu / sigma, (kappa * noise) / sigma, along / noise];
    const a = 1 + lean * lean + pull * pull;
    const c = 1 + lift * lift;
    const b = same * (lean * lift - pull);
    const root = Math.sqrt(a * c);
    const g = b > 0 ? 1 / (root + b) : (root - b) / (c + tilt * tilt);
    const density = noise / (4 * Math.PI * sigma * Math.sqrt(c));
    out[PlaneMoment.mass] = density * g;
    out[PlaneMoment.tu] = same * density * noise * g * g;
    out[PlaneMoment.tt] = ((density * noise * noise * (2 * root + b)) / c) * g * g;
  }
  out[PlaneMoment.tz] = -(kappa * out[PlaneMoment.tt]! + mu * out[PlaneMoment.tu]!) / sigma;
}

/** E[δ(ω + κt)] over the same quadrant. */
export function planeDensity({ mu, sigma, along, noise, side, sign, kappa }: Plane): number {
  const same = side * sign;
  const tilt = (mu + kappa * along) / sigma;
  if (noise === 0) return same * along > 0 ? 1 / (2 * sigma * Math.sqrt(2 * Math.PI * (1 + tilt * tilt))) : 0;
  const lift = (kappa * noise) / sigma;
  const root = Math.sqrt(1 + lift * lift + tilt * tilt);
  const b = same * ((mu / sigma) * lift - along / noise);
  return Math.atan2(root, b) / (root * sigma * (2 * Math.PI) ** 1.5);
}
