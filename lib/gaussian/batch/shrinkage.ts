import { meanInverseDeviation, meanInverseVariance } from './moments.js';
import { gaussJacobi } from '../../numerics/gauss-jacobi.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';

/**
 * Averages over a batch with powers of 1/s, s the batch's deviation, as one integral over w in [0, 1].
 *
 * p = v − μ is the field of a sample less its batch mean, M s² = M p²/(M−1) + χ²_{M−2}. Writing s^{−2κ} as
 * ∫λ^{κ−1}exp(−λMs²)dλ absorbs s into the Gaussian law of p, which shrinks by w = (1 + 2λ)^{−1/2}:
 *
 *     E[s^{−2κ} f(p, …)] ∝ ∫₀¹ (1 − w²)^{κ−1} w^{M−2−2κ} F(w) dw,   F(w) = E[f] with p shrunk by w.
 *
 * The same holds for two samples at once.
 */

const NODES = 32;

/**
 * Rules for κ = ½, 1, 3/2, 2, 5/2, each for E[s^{−2κ} f] = Σ_k weights[k] F(w_k)/w_k^{2κ−2}; those of integer κ share their nodes,
 * and those of half-integer κ.
 */
export type ShrinkRules = Readonly<
  Record<'half' | 'one' | 'threeHalves' | 'two' | 'fiveHalves', QuadratureRule>
>;

/** A rule with given nodes, scaled so that a function whose average is known comes out right. */
function shrinkRule(
  base: QuadratureRule,
  power: number,
  known: (w: number) => number,
  average: number,
): QuadratureRule {
  const shaped = base.weights.map((weight, k) => weight * (1 - base.nodes[k]! ** 2) ** power);
  const raw = shaped.reduce((sum, weight, k) => sum + weight * known(base.nodes[k]!), 0);
  return { nodes: base.nodes, weights: shaped.map((weight) => (weight * average) / raw) };
}

/** Scaled by E[1/s], E[1/s²], E[v̂²/s] = E[1/s], E[v̂²/s²] = E[1/s²], E[v̂⁴/s] = 3(M−1)/(M+1) E[1/s]. */
export function shrinkRules(batchSize: number): ShrinkRules {
  const variance = 1 - 1 / batchSize; // of p
  const inverse = meanInverseDeviation(batchSize);
  const inverseSquare = meanInverseVariance(batchSize);
  const integer = gaussJacobi(NODES, batchSize - 4, 0);
  const singular = gaussJacobi(NODES, batchSize - 4, -0.5);
  // (1 − w²)^{−½} = (1 − w)^{−½} (1 + w)^{−½}, the first factor in the rule, the second in its weights.
  const halfInteger = {
    nodes: singular.nodes,
    weights: singular.weights.map((weight, k) => weight / Math.sqrt(1 + singular.nodes[k]!)),
  };
  return {
    half: shrinkRule(halfInteger, 0, (w) => w, inverse),
    one: shrinkRule(integer, 0, () => 1, inverseSquare),
    threeHalves: shrinkRule(halfInteger, 1, (w) => variance * w, inverse),
    two: shrinkRule(integer, 1, () => variance, inverseSquare),
    fiveHalves: shrinkRule(
      halfInteger,
      2,
      (w) => variance * variance * w,
      (inverse * (batchSize - 1)) / (batchSize + 1),
    ),
  };
}

/** E[s^{−2κ} f] from F(w)/w^{2κ−2}. */
export function total({ nodes, weights }: QuadratureRule, f: (w: number) => number): number {
  let sum = 0;
  for (let k = 0; k < nodes.length; k++) sum += weights[k]! * f(nodes[k]!);
  return sum;
}

/** The teacher's field as seen from p: u = R p + a normal number of variance `rest`, 1 − R² + R²/M. */
export interface TeacherField {
  readonly overlap: number;
  readonly rest: number;
}

/** The teacher's field at the angle φ. */
export function teacherField(phi: number, batchSize: number): TeacherField {
  const overlap = Math.cos(phi);
  return { overlap, rest: Math.sin(phi) ** 2 + overlap ** 2 / batchSize };
}
