import { normalPanels, NORMAL_PANEL } from '../numerics/normal.js';

/** Two standard normal fields of correlation R: u of the teacher and v of the student, whose pre-activation is γv. */
export interface Fields {
  readonly gamma: number;
  /** R. */
  readonly overlap: number;
  /** √(1 − R²), which the caller knows without cancellation. */
  readonly sine: number;
  /** Where the teacher has kinks in u. */
  readonly teacherKinks: readonly number[];
  /** Where the student has kinks in γv. */
  readonly studentKinks: readonly number[];
}

/** Panels for averages over z at fixed v, u = centre + sine·z the teacher's field: split where u meets a kink or zero. */
export function teacherPanels(kinks: readonly number[], centre: number, sine: number): number[] {
  return normalPanels([0, ...kinks].map((kink) => (kink - centre) / sine));
}

/**
 * Panels for averages over v: kinks of the student, layers of width sin φ around those of the teacher, and the scale 1/γ on
 * which the student varies.
 */
export function studentPanels({ gamma, overlap, sine, teacherKinks, studentKinks }: Fields): number[] {
  const width = LAYER * Math.abs(sine / overlap);
  const isNarrow = width < NORMAL_PANEL / 2;
  const centres = overlap === 0 ? [] : teacherKinks.map((kink) => kink / overlap);
  const layers = isNarrow ? centres.flatMap((centre) => layerAround(centre, width)) : centres;
  return normalPanels([...studentPoints(gamma, studentKinks), ...layers]);
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

/**
 * The layers of width sin φ around a teacher's kinks, at u = Rv for the v = μ + s x of a batch, as places of x; none where they are as wide as
 * what counts of x, `bound`.
 */
export function teacherLayers(
  kinks: readonly number[],
  overlap: number,
  sine: number,
  s: number,
  mu: number,
  bound: number,
): number[] {
  const width = (LAYER * sine) / (Math.abs(overlap) * s);
  return width < bound ? kinks.flatMap((kink) => layerAround((kink / overlap - mu) / s, width)) : [];
}
