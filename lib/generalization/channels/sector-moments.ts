import { arcMinusSine } from '../../gaussian/angle.js';

/**
 * The fields of one sample as linear functions of independent standard normals (u′, z, ξ′), for teacher fields of one
 * sign: ω = μ u′ + σ z and t = τ u′ + s ξ′.
 */
export interface SampleFields {
  mu: number;
  sigma: number;
  /** τ, slope of the teacher on this side times T. */
  along: number;
  /** s, the standard deviation of the label noise. */
  noise: number;
  /** +1 where u′ > 0, −1 where u′ < 0. */
  side: number;
}

/**
 * Part of the plane of (ω, t) between two half-planes: a ω + b t > 0 and c ω + d t > 0.
 */
export interface Wedge {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** Places in the array of moments over a region: its probability, E[xᵢxⱼ 1], and the angle of the face a ω + b t = 0. */
export const Moment = { probability: 0, uu: 1, uz: 2, un: 3, zz: 4, zn: 5, nn: 6, faceAngle: 7 } as const;

/** How many moments are written. */
export const MOMENTS = 8;

/**
 * Moments over a wedge at one sign of u′ without label noise, where t = τ u′ and the region is a sector of the (u′, z) plane.
 * With θ the angle from the half-axis of u′, E[u′²], E[z²], E[u′z] are (θ ± sin θ cos θ)/2π and sin²θ/2π between the sides.
 */
export function sectorMoments(fields: SampleFields, wedge: Wedge, out: Float64Array): void {
  out.fill(0);
  let low = -Math.PI / 2;
  let high = Math.PI / 2;
  // In the coordinates y = ±x of a half-plane y₁ > 0, the boundary of a ω + b t > 0 lies at tan θ = −(a μ + b τ)/(a σ).
  for (const [a, b] of [
    [wedge.a, wedge.b],
    [wedge.c, wedge.d],
  ] as const) {
    const across = fields.side * a * fields.sigma;
    const along = fields.side * (a * fields.mu + b * fields.along);
    const angle = Math.atan2(-along, Math.abs(across));
    if (across > 0) low = Math.max(low, angle);
    else high = Math.min(high, -angle);
  }
  if (!(high > low)) return;
  const width = high - low;
  // θ ± sin θ cos θ and sin²θ between the two angles, as sums and products of positive terms: a thin sector keeps its digits.
  const sine = Math.sin(width);
  const rest = 2 * arcMinusSine(width / 2); // width − sin(width)
  const middle = (high + low) / 2;
  out[Moment.probability] = width / (2 * Math.PI);
  out[Moment.uu] = (rest + 2 * sine * Math.cos(middle) ** 2) / (2 * Math.PI);
  out[Moment.zz] = (rest + 2 * sine * Math.sin(middle) ** 2) / (2 * Math.PI);
  out[Moment.uz] = (sine * Math.sin(high + low)) / (2 * Math.PI);
  out[Moment.faceAngle] = Math.PI;
}
