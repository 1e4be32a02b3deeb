import { requireInteger } from '../foundation/checks.js';
import { meanInverseDeviation, meanInverseVariance } from './batch-moments.js';
import { gaussJacobi } from './gauss-jacobi.js';
import {
  cubeProduct,
  fourth3,
  fourth4,
  probability4,
  productOnly,
  second3,
  second4,
  squareOnly,
  squareSquare,
} from './orthant-moments.js';

/**
 * Exact finite-batch averages of batch normalization for a positively homogeneous unit, g(z) = a z for z > 0 and b z for
 * z < 0, as polynomials in γ > 0:
 *
 *     A = A₀ − hγ,   B = sin²φ·B̂,   C = C₀ + C₁γ + C₂γ² + C_S S.
 *
 * Derivation (docs/theory/batch-normalization.md). With p = v − μ the field of a sample less its batch mean and s the
 * batch's deviation, v̂ = p/s and M s² = M p²/(M−1) + χ²_{M−2}. Writing s^{−2κ} as ∫λ^{κ−1}exp(−λMs²)dλ absorbs s into the
 * Gaussian law of p: it shrinks by w = (1 + 2λ)^{−1/2}, and
 *
 *     E[s^{−2κ} f(p, …)] ∝ ∫₀¹ (1 − w²)^{κ−1} w^{M−2−2κ} F(w) dw,   F(w) = E[f] with p shrunk by w.
 *
 * F is a moment of a centred Gaussian vector over an orthant: of (p, u) for a single sample, of (p_i, p_j, u_i, u_j) for
 * the pairs that ⟨δ⟩² and ⟨δv̂⟩² bring in. What is left is one smooth integral, by a Gauss–Jacobi rule.
 */
export interface BatchAverages {
  readonly batchSize: number;
  /** h = E[g′(v̂)²v̂²] = (a² + b²)/2. */
  readonly gammaCoefficient: number;
  /** C₂, free of φ. */
  readonly squaredGamma: number;
  /** C_S, free of φ. */
  readonly noise: number;
  /** Writes A₀, B̂, C₀, C₁ at an angle φ in [0, π] to out[0…3]. */
  write(phi: number, out: Float64Array): void;
}

const NODES = 32;

/** A rule for E[s^{−2κ} f]: Σ_k weights[k] F(w_k)/w_k^{2κ−2}. */
interface ShrinkRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** The rule for one κ, scaled so that a function whose average is known comes out right. */
function shrinkRule(batchSize: number, kappa: number, known: (w: number) => number, average: number): ShrinkRule {
  const { nodes, weights } = gaussJacobi(NODES, batchSize - 4, kappa - 1);
  const shaped = weights.map((weight, k) => weight * (1 + nodes[k]!) ** (kappa - 1));
  const raw = shaped.reduce((sum, weight, k) => sum + weight * known(nodes[k]!), 0);
  return { nodes, weights: shaped.map((weight) => (weight * average) / raw) };
}

/** Rules for κ = ½, 1, 3/2, 2, 5/2, scaled by E[1/s], E[1/s²], E[v̂²/s], E[v̂²/s²], E[v̂⁴/s]. */
function shrinkRules(batchSize: number): ShrinkRule[] {
  const variance = 1 - 1 / batchSize; // of p
  const inverse = meanInverseDeviation(batchSize);
  const inverseSquare = meanInverseVariance(batchSize);
  return [
    shrinkRule(batchSize, 0.5, (w) => w, inverse),
    shrinkRule(batchSize, 1, () => 1, inverseSquare),
    shrinkRule(batchSize, 1.5, (w) => variance * w, inverse),
    shrinkRule(batchSize, 2, () => variance, inverseSquare),
    shrinkRule(batchSize, 2.5, (w) => variance * variance * w, (inverse * (batchSize - 1)) / (batchSize + 1)),
  ];
}

function total({ nodes, weights }: ShrinkRule, f: (w: number) => number): number {
  let sum = 0;
  for (let k = 0; k < nodes.length; k++) sum += weights[k]! * f(nodes[k]!);
  return sum;
}

/** A quadrant sum: fields of equal sign weigh `same`, of opposite sign `opposite`. */
function quadrants(moment: (phi: number) => number, phi: number, same: number, opposite: number): number {
  return same * moment(phi) + (opposite === 0 ? 0 : opposite * moment(Math.PI - phi));
}

/** C₂: the γ² part of C, whose pairs of normalized fields have correlation −1/(M − 1). */
function squaredGamma(a: number, b: number, batchSize: number): number {
  const omega = Math.acos(-1 / (batchSize - 1));
  const [same, opposite] = [a ** 4 + b ** 4, a * a * b * b];
  const shape = (batchSize - 1) / (batchSize + 1); // E[v̂⁴]/3
  const square = same / 2;
  const means = square / batchSize + (1 - 1 / batchSize) * quadrants(productOnly, omega, same, -2 * opposite);
  const alongs =
    (3 * square * shape) / batchSize +
    (1 - 1 / batchSize) * shape * quadrants(squareSquare, omega, same, 2 * opposite);
  return (square - means - alongs) / (batchSize - 3);
}

/** Averages of one sample, at one φ: contributions to A₀, B̂, C₀, C₁. */
function writeSingles(a: number, b: number, batchSize: number, rules: ShrinkRule[], phi: number, out: Float64Array): void {
  const [half, one, threeHalves, two, fiveHalves] = rules as [ShrinkRule, ShrinkRule, ShrinkRule, ShrinkRule, ShrinkRule];
  const overlap = Math.cos(phi);
  const rest = Math.sin(phi) ** 2 + overlap ** 2 / batchSize; // Var(u | p)
  const root = Math.sqrt(1 - 1 / batchSize); // deviation of p
  const deviation = (w: number): number => Math.hypot(overlap * root * w, Math.sqrt(rest));
  const angle = (w: number): number => Math.atan2(Math.sqrt(rest), overlap * root * w);
  const squares = a * a + b * b;
  const fourths = a ** 4 + b ** 4;
  const mixed = a * b * squares;

  out[0] = total(
    half,
    (w) => w * root * w * deviation(w) * quadrants(productOnly, angle(w), squares, -2 * a * b),
  );
  const gates = total(half, (w) => w * quadrants((x) => (Math.PI - x) / (2 * Math.PI), angle(w), squares, 2 * a * b));
  const gatesAlong = total(
    threeHalves,
    (w) => root * root * w * quadrants(squareOnly, angle(w), squares, 2 * a * b),
  );
  out[1] = (1 - 1 / batchSize) * gates - gatesAlong / batchSize;

  const square = total(one, (w) => deviation(w) ** 2 * quadrants(squareOnly, angle(w), fourths, 2 * a * a * b * b));
  const squareAlong = total(
    two,
    (w) => (root * deviation(w)) ** 2 * quadrants(squareSquare, angle(w), fourths, 2 * a * a * b * b),
  );
  out[2] = ((1 - 1 / batchSize) * square - squareAlong / batchSize) / batchSize;

  const cross = total(threeHalves, (w) => root * deviation(w) * quadrants(productOnly, angle(w), fourths, -mixed));
  const crossAlong = total(
    fiveHalves,
    (w) => root ** 3 * deviation(w) * quadrants(cubeProduct, angle(w), fourths, -mixed),
  );
  out[3] = (-2 * ((1 - 1 / batchSize) * cross - crossAlong / batchSize)) / batchSize;
}

/** Sign patterns of (p_i, p_j, u_i, u_j) with their slopes; those with a vanishing slope are left out. */
function sectors(a: number, b: number): { signs: number[]; slopes: number[] }[] {
  const found = [];
  for (let pattern = 0; pattern < 16; pattern++) {
    const signs = [0, 1, 2, 3].map((bit) => ((pattern >> bit) & 1 ? -1 : 1));
    const slopes = signs.map((sign) => (sign > 0 ? a : b));
    if (slopes.every((slope) => slope !== 0)) found.push({ signs, slopes });
  }
  return found;
}

/** Averages of pairs of samples, E[δ_iδ_j] and E[δ_iv̂_iδ_jv̂_j] over s², at one φ: contributions to C₀, C₁. */
function pairAverages(a: number, b: number, batchSize: number, rules: ShrinkRule[], phi: number): [number, number] {
  const [, one, threeHalves, two, fiveHalves] = rules as [ShrinkRule, ShrinkRule, ShrinkRule, ShrinkRule, ShrinkRule];
  const overlap = Math.cos(phi);
  const rest = Math.sin(phi) ** 2 + overlap ** 2 / batchSize;
  const base = new Float64Array(16);
  const signed = new Float64Array(16);
  const three = new Float64Array(9);
  const patterns = sectors(a, b);

  /** Covariance of (p_i, p_j, u_i, u_j) with p shrunk by w. */
  function setCovariance(w: number): void {
    const own = (1 - 1 / batchSize) * w * w;
    const other = (-w * w) / batchSize;
    const teacher = overlap * overlap;
    base.set([own, other, overlap * own, overlap * other]);
    base.set([other, own, overlap * other, overlap * own], 4);
    base.set([overlap * own, overlap * other, teacher * own + rest, teacher * (other + 1 / batchSize)], 8);
    base.set([overlap * other, overlap * own, teacher * (other + 1 / batchSize), teacher * own + rest], 12);
  }
  function flip(signs: readonly number[]): void {
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) signed[4 * i + j] = signs[i]! * signs[j]! * base[4 * i + j]!;
    }
  }

  let constant = 0;
  let linear = 0;
  for (let k = 0; k < NODES; k++) {
    // Each κ has nodes of its own: both integrals of C₀ share the orthant probability only where they share them.
    for (const { signs, slopes } of patterns) {
      const [p, q, u, t] = slopes as [number, number, number, number];
      const [signP, signQ, signU, signT] = signs as [number, number, number, number];
      setCovariance(one.nodes[k]!);
      flip(signs);
      constant += one.weights[k]! * p * q * u * t * signU * signT * second4(signed, 2, 3, probability4(signed));
      const w = two.nodes[k]!;
      setCovariance(w);
      flip(signs);
      const fourth = fourth4(signed, probability4(signed)) / (w * w);
      constant += two.weights[k]! * p * q * u * t * signP * signQ * signU * signT * fourth;
    }
    // Patterns of (p_i, p_j, u_i): those of four with u_j counted once.
    for (const { signs, slopes } of patterns) {
      if (signs[3]! < 0) continue;
      const [p, q, u] = slopes as [number, number, number];
      const [signP, signQ, signU] = signs as [number, number, number];
      const slope = p * q * q * u * signU;
      linear += threeHalves.weights[k]! * slope * signQ * (triple(threeHalves.nodes[k]!, signs, second3, 0) / threeHalves.nodes[k]!);
      const w = fiveHalves.nodes[k]!;
      linear += fiveHalves.weights[k]! * slope * signP * (triple(w, signs, fourth3, 1) / w ** 3);
    }
  }
  function triple(w: number, signs: readonly number[], moment: typeof second3, at: number): number {
    setCovariance(w);
    flip(signs);
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) three[3 * i + j] = signed[4 * i + j]!;
    return moment(three, at);
  }
  return [constant, linear];
}

/**
 * The exact averages of batch normalization for slopes a, b and batch size M (THEORY.md section 3).
 *
 * @param batchSize M ≥ 4, below which E[1/s²] is infinite
 * @throws RangeError when M is not an integer ≥ 4
 */
export function batchAverages(a: number, b: number, batchSize: number): BatchAverages {
  requireInteger('batchSize', batchSize, 4);
  const rules = shrinkRules(batchSize);
  const h = (a * a + b * b) / 2;
  return {
    batchSize,
    gammaCoefficient: h,
    squaredGamma: squaredGamma(a, b, batchSize),
    noise: (h * (batchSize - 2)) / (batchSize * (batchSize - 3)),
    write(phi, out) {
      writeSingles(a, b, batchSize, rules, phi, out);
      const [constant, linear] = pairAverages(a, b, batchSize, rules, phi);
      const pairs = (1 - 1 / batchSize) / batchSize;
      out[2] = out[2]! - pairs * constant;
      out[3] = out[3]! + 2 * pairs * linear;
    },
  };
}
