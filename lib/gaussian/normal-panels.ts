/** Range of a standard normal number: the weight beyond is 2e-17. */
export const NORMAL_BOUND = 8.5;

/** Widest panel on which the 21 nodes of a Kronrod rule resolve a standard normal density. */
export const NORMAL_PANEL = 4.5;

/** 1/√(2π), the standard normal density at 0. */
export const NORMAL = 1 / Math.sqrt(2 * Math.PI);

/** The standard normal density. */
export function normalDensity(z: number): number {
  return NORMAL * Math.exp(-0.5 * z * z);
}

/** Half-width of the layer that a smoothed kink leaves, in units of its smoothing. */
export const LAYER = 6;

/** Where integrals over the student's field v are to be split: 0, the scale 1/γ of a steep student, and its kinks. */
export function studentPoints(gamma: number, kinks: readonly number[]): number[] {
  const size = Math.abs(gamma);
  const scales = size > 1 ? [0.5, 2, 10].flatMap((scale) => [scale / size, -scale / size]) : [];
  return [0, ...scales, ...(size > 0 ? kinks.map((kink) => kink / gamma) : [])];
}

/** A kink with the ends of the layer of given half-width around it. */
export function layerAround(centre: number, halfWidth: number): number[] {
  return [centre - halfWidth, centre, centre + halfWidth];
}
