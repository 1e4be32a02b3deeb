import type { QuadratureRule } from '../../numerics/quadrature-rule.js';

/**
 * Polynomials p_k orthonormal under the law of v̂ = √(M−1) y, y a component of a uniform point of the sphere S^{M−2}:
 * Gegenbauer polynomials of index (M−3)/2, which tend to Hermite's as M grows.
 */
export interface SpherePolynomials {
  /** b₁, b₂, … of v̂ p_k = b_{k+1} p_{k+1} + b_k p_{k−1}, at their own index; b₀ = 0. */
  readonly recurrence: Float64Array;
  /** P_k(−1/(M−1)), P_k = p_k/p_k(√(M−1)); as many as are larger than 1e-11, but at most `most`. */
  readonly pairValues: Float64Array;
}

const NEGLIGIBLE = 1e-11;

/** The polynomials for batch size M ≥ 4. */
export function spherePolynomials(batchSize: number, most: number): SpherePolynomials {
  const index = (batchSize - 3) / 2;
  const cosine = -1 / (batchSize - 1);
  const recurrence = new Float64Array(most + 1);
  const values = new Float64Array(most);
  values[0] = 1;
  values[1] = cosine;
  let count = 2;
  for (let k = 1; k <= most; k++) {
    recurrence[k] = Math.sqrt(
      ((batchSize - 1) * k * (k + 2 * index - 1)) / (4 * (k + index) * (k + index - 1)),
    );
    if (k + 1 >= most) continue;
    values[k + 1] = (2 * (k + index) * cosine * values[k]! - k * values[k - 1]!) / (k + 2 * index);
    if (Math.abs(values[k + 1]!) > NEGLIGIBLE) count = k + 2;
  }
  return { recurrence, pairValues: values.slice(0, count) };
}

/** A factor that falls smoothly from 1 at x = ½ to 0 at x = 1. */
function taper(x: number): number {
  return x < 0.5 ? 1 : Math.cos((x - 0.5) * Math.PI) ** 2;
}

/**
 * E[(e + f v̂_iv̂_j) F(v̂_i)F(v̂_j)] over pairs of samples of a batch, F given on a rule for v̂, by `terms` polynomials; e = f = 1
 * where they are left out.
 */
export type PairAverage = (
  rule: QuadratureRule,
  values: Float64Array,
  terms: number,
  ofMean?: number,
  along?: number,
) => number;

/**
 * The average over pairs by the theorem of Funk and Hecke: the directions of two samples have cosine −1/(M−1), and
 * E[F(v̂_i)G(v̂_j)] = Σ_k f_k g_k P_k(−1/(M−1)), f_k = E[F p_k]. The coefficients of v̂F follow from those of F.
 *
 * @param tapered for F with jumps: its sum then converges slowly, as a power, but with an oscillating sign, and ends better
 *   with factors that fall smoothly than abruptly
 */
export function pairAverage(batchSize: number, most: number, tapered: boolean): PairAverage {
  return pairAverageBy(spherePolynomials(batchSize, most), most, tapered);
}

/** The same for polynomials of any law whose pairs are known by Σ_k f_k g_k P_k. */
export function pairAverageBy(
  { recurrence: b, pairValues }: SpherePolynomials,
  most: number,
  tapered: boolean,
): PairAverage {
  const coefficients = new Float64Array(most + 1);

  /** f_k for k ≤ count. */
  function expand({ nodes, weights }: QuadratureRule, values: Float64Array, count: number): void {
    const weighted = values.map((value, j) => weights[j]! * value);
    let before = new Float64Array(nodes.length);
    let now = new Float64Array(nodes.length).fill(1);
    for (let k = 0; ; k++) {
      let sum = 0;
      for (let j = 0; j < nodes.length; j++) sum += weighted[j]! * now[j]!;
      coefficients[k] = sum;
      if (k === count) return;
      const [lower, upper] = [b[k]!, 1 / b[k + 1]!];
      for (let j = 0; j < nodes.length; j++) before[j] = (nodes[j]! * now[j]! - lower * before[j]!) * upper;
      [before, now] = [now, before];
    }
  }

  return (rule, values, terms, ofMean = 1, alongFactor = 1) => {
    const count = Math.min(terms, pairValues.length);
    expand(rule, values, count);
    let total = 0;
    for (let k = 0; k < count; k++) {
      const own = coefficients[k]!;
      const along = b[k + 1]! * coefficients[k + 1]! + (k > 0 ? b[k]! * coefficients[k - 1]! : 0);
      const square = ofMean * own * own + alongFactor * along * along;
      total += square * pairValues[k]! * (tapered ? taper(k / terms) : 1);
    }
    return total;
  };
}
