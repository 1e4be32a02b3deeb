import { panelEdges } from './adaptive-quadrature.js';
import { LAYER, NORMAL_BOUND, NORMAL_PANEL, studentPoints } from './normal-panels.js';

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
