import { panelEdges } from '../../numerics/panels.js';
import { densityRule } from '../../numerics/gauss-rule.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import { normalDensity, NORMAL_BOUND } from '../../numerics/normal.js';
import { LAYER, layerAround } from '../field-panels.js';
import { piecewiseChebyshev, type VectorFunction } from '../../numerics/piecewise-chebyshev.js';
import type { ActivationFunction } from '../activation.js';

const PANEL = 4.25;
const TERMS = 20;

/**
 * What a student knows of the label: u is normal of mean m and deviation σ. Tabulates E[g*(u)], E[g*′(u)] and E[g*(u)²] as
 * functions of m for |m| ≤ extent, written to out[0…2], on panels split where kinks of g* leave layers of width σ.
 *
 * @param widest widest panel of the table
 * @param nodes nodes of a panel of the average over z
 */
export function smoothedTeacher(
  { value, derivative, kinks }: ActivationFunction,
  sigma: number,
  extent: number,
  widest: number,
  nodes: number,
): VectorFunction {
  const smooth = normalRule([0], nodes);
  const layers = kinks.flatMap((kink) => layerAround(kink, LAYER * sigma));

  function average(m: number, out: Float64Array): void {
    out.fill(0);
    const jumps = kinks.map((kink) => (kink - m) / sigma);
    const rule = kinks.length === 0 ? smooth : normalRule(jumps, nodes);
    for (let k = 0; k < rule.nodes.length; k++) {
      const u = m + sigma * rule.nodes[k]!;
      const weight = rule.weights[k]!;
      const g = value(u);
      out[0] = out[0]! + weight * g;
      out[1] = out[1]! + weight * derivative(u);
      out[2] = out[2]! + weight * g * g;
    }
  }

  // At R = 0 nothing is known and m = 0 alone is asked for.
  return piecewiseChebyshev(average, panelEdges([0, ...layers], Math.max(extent, 1e-3), widest), TERMS).value;
}

/** The standard normal law on panels split at the given points. */
function normalRule(points: readonly number[], nodes: number): QuadratureRule {
  return densityRule(panelEdges(points, NORMAL_BOUND, PANEL), () => nodes, normalDensity);
}
