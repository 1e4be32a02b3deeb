import { panelEdges } from './panels.js';

/** Range of a standard normal number: the weight beyond is 2e-17. */
export const NORMAL_BOUND = 8.5;

/** Widest panel on which the 21 nodes of a Kronrod rule resolve a standard normal density. */
export const NORMAL_PANEL = 4.5;

/** Panels over that range, split at the given points. */
export function normalPanels(points: readonly number[]): number[] {
  return panelEdges(points, NORMAL_BOUND, NORMAL_PANEL);
}

/** 1/√(2π), the standard normal density at 0. */
export const NORMAL = 1 / Math.sqrt(2 * Math.PI);

/** The standard normal density. */
export function normalDensity(z: number): number {
  return NORMAL * Math.exp(-0.5 * z * z);
}
