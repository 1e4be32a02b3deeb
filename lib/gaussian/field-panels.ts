import { panelEdges } from '../numerics/panels.js';
import { NORMAL_BOUND, NORMAL_PANEL } from '../numerics/normal.js';

/**
 * Panels for averages over z at fixed v, u = centre + sine·z the teacher's field: split where u meets a kink or zero.
 */
export function teacherPanels(kinks: readonly number[], centre: number, sine: number): number[] {
  const points = sine > 0 ? [0, ...kinks].map((kink) => (kink - centre) / sine) : [];
  return panelEdges(points, NORMAL_BOUND, NORMAL_PANEL);
}

/**
 * Panels for averages over v: kinks of the student, layers of width sin φ around those of the teacher, and the scale 1/γ on
 * which the student varies.
 */
export function studentPanels(
  kinks: readonly number[],
  gamma: number,
  overlap: number,
  sine: number,
): number[] {
  const points = studentPoints(gamma, kinks);
  for (const kink of kinks) {
    if (overlap === 0) continue;
    const centre = kink / overlap;
    const width = Math.abs(sine / overlap);
    points.push(centre);
    if (LAYER * width < NORMAL_PANEL / 2) points.push(centre - LAYER * width, centre + LAYER * width);
  }
  return panelEdges(points, NORMAL_BOUND, NORMAL_PANEL);
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
