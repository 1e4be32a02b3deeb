import { equallySpaced } from '../../numerics/equally-spaced.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import { densityRule, FINE_NODES, gaussRule, gaussRuleOf, remembered } from '../../numerics/gauss-rule.js';
import { normalDensity, NORMAL_BOUND } from '../../numerics/normal.js';

/**
 * Quadrature for the laws of a minibatch of M standard normal fields (docs/theory/batch-normalization.md): √M times its mean μ, its biased
 * standard deviation s, and the normalized fields v̂_i = √(M−1) y_i, y a component of a uniform point of the sphere
 * S^{M−2}. The three are independent. All rules have total weight 1.
 */
export interface BatchLaws {
  /** Gauss rule for √M μ, a normal number. */
  mean(nodes: number): QuadratureRule;
  /** Rule for √M μ on panels between `edges`. */
  meanBetween(edges: readonly number[], nodesPerPanel: number): QuadratureRule;
  /**
   * Gauss rule for s under the law s^{M−4} exp(−Ms²/2), which is the law of s (M s² ~ χ² with M − 1 degrees of freedom)
   * weighted by 1/s²: E[s^{−2}f(s)] = E[s^{−2}] Σ_k weights[k] f(s_k).
   */
  deviation(nodes: number): QuadratureRule;
  /** Gauss rule for v̂. */
  field(nodes: number): QuadratureRule;
  /** Rule for v̂ on panels between `edges` in the angle θ, v̂ = √(M−1) sin θ, for functions times polynomials of a degree. */
  fieldBetween(edges: readonly number[], nodesPerPanel: number, degree: number): QuadratureRule;
  /** The range of √M μ that counts. */
  readonly meanBound: number;
  /** The range of θ that counts. */
  readonly angleBound: number;
  /** The largest μ + s v̂ that counts. */
  readonly largestField: number;
}

/** Beyond any node of the Gauss rules of a standard normal law. */
export const NORMAL_REACH = 12;
const DENSITY_BOUND = 1e-18;

/** Gauss rules of the standard normal law. */
export const normalGauss = remembered((nodes) =>
  gaussRuleOf(normalDensity, equallySpaced(-NORMAL_REACH, NORMAL_REACH, 7), nodes),
);

/** The laws for batch size M ≥ 4. */
export function batchLaws(batchSize: number): BatchLaws {
  const mode = Math.sqrt((batchSize - 4) / batchSize);
  const spread = 9 / Math.sqrt(batchSize); // e^{−40}, even at M = 4, where the mode is 0
  const angleBound = Math.acos(DENSITY_BOUND ** (1 / (batchSize - 3)));
  const radius = Math.sqrt(batchSize - 1);
  // Relative to the mode, so that large powers do not underflow.
  const deviationDensity = (s: number): number =>
    (batchSize > 4 ? (s / mode) ** (batchSize - 4) : 1) * Math.exp((-batchSize * (s * s - mode * mode)) / 2);
  const meanBetween: BatchLaws['meanBetween'] = (edges, nodes) =>
    densityRule(edges, () => nodes, normalDensity);
  // ∝ cos^{M−3}θ is analytic at the ends of the sphere for every M ≥ 4.
  const fieldBetween: BatchLaws['fieldBetween'] = (edges, nodes, degree) => {
    // A polynomial of degree k turns by an angle of k in one of θ; a Gauss rule wants a node for every two radians.
    const count = (width: number): number => Math.ceil(nodes + 0.3 * degree * width);
    const rule = densityRule(edges, count, (theta) => Math.cos(theta) ** (batchSize - 3));
    return { nodes: rule.nodes.map((theta) => radius * Math.sin(theta)), weights: rule.weights };
  };
  return {
    mean: normalGauss,
    meanBetween,
    deviation: remembered((nodes) =>
      gaussRuleOf(deviationDensity, equallySpaced(Math.max(0, mode - spread), mode + spread, 5), nodes),
    ),
    field: remembered((nodes) =>
      gaussRule(fieldBetween(equallySpaced(-angleBound, angleBound, 7), FINE_NODES, 0), nodes),
    ),
    fieldBetween,
    meanBound: NORMAL_BOUND,
    angleBound,
    largestField: (mode + spread) * radius * Math.sin(angleBound) + NORMAL_REACH / Math.sqrt(batchSize),
  };
}
