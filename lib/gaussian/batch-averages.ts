import { requireInteger } from '../foundation/checks.js';
import { meanInverseDeviation, meanInverseVariance } from './batch-moments.js';
import { gaussJacobi } from './gauss-jacobi.js';
import { gaussLegendre, type QuadratureRule } from './gauss-legendre.js';
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
  readonly write: (phi: number, out: Float64Array) => void;
}

const NODES = 32;
// At R = ±1 the four fields of a pair are linearly dependent. Averages are taken this far from there, which changes them
// by less than 1e-11 of themselves.
const FARTHEST = 1e-6;

/**
 * A rule for the orthant probability of a pair, to 1e-9 of the largest C₀: the nearer R = ±1 on the scale on which batch
 * means blur the fields, sin²φ ~ 1/M, the nearer to singular the covariance and the more nodes.
 */
function pairRule(phi: number, batchSize: number): QuadratureRule {
  const distance = Math.sin(phi) ** 2 * batchSize;
  return gaussLegendre(distance < 1 ? 96 : distance < 30 ? 48 : 24);
}

/** For each κ a rule for E[s^{−2κ} f]: Σ_k weights[k] F(w_k)/w_k^{2κ−2}. */
interface ShrinkRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Rules for κ = ½, 1, 3/2, 2, 5/2; those of integer κ share their nodes, and those of half-integer κ. */
interface ShrinkRules {
  readonly half: ShrinkRule;
  readonly one: ShrinkRule;
  readonly threeHalves: ShrinkRule;
  readonly two: ShrinkRule;
  readonly fiveHalves: ShrinkRule;
}

/** A rule with given nodes, scaled so that a function whose average is known comes out right. */
function shrinkRule(
  base: QuadratureRule,
  power: number,
  known: (w: number) => number,
  average: number,
): ShrinkRule {
  const shaped = base.weights.map((weight, k) => weight * (1 - base.nodes[k]! ** 2) ** power);
  const raw = shaped.reduce((sum, weight, k) => sum + weight * known(base.nodes[k]!), 0);
  return { nodes: base.nodes, weights: shaped.map((weight) => (weight * average) / raw) };
}

/** Scaled by E[1/s], E[1/s²], E[v̂²/s] = E[1/s], E[v̂²/s²] = E[1/s²], E[v̂⁴/s] = 3(M−1)/(M+1) E[1/s]. */
function shrinkRules(batchSize: number): ShrinkRules {
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
function writeSingles(
  a: number,
  b: number,
  batchSize: number,
  { half, one, threeHalves, two, fiveHalves }: ShrinkRules,
  phi: number,
  out: Float64Array,
): void {
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
  const gates = total(
    half,
    (w) => w * quadrants((x) => (Math.PI - x) / (2 * Math.PI), angle(w), squares, 2 * a * b),
  );
  const gatesAlong = total(
    threeHalves,
    (w) => root * root * w * quadrants(squareOnly, angle(w), squares, 2 * a * b),
  );
  out[1] = (1 - 1 / batchSize) * gates - gatesAlong / batchSize;

  const square = total(
    one,
    (w) => deviation(w) ** 2 * quadrants(squareOnly, angle(w), fourths, 2 * a * a * b * b),
  );
  const squareAlong = total(
    two,
    (w) => (root * deviation(w)) ** 2 * quadrants(squareSquare, angle(w), fourths, 2 * a * a * b * b),
  );
  out[2] = ((1 - 1 / batchSize) * square - squareAlong / batchSize) / batchSize;

  const cross = total(
    threeHalves,
    (w) => root * deviation(w) * quadrants(productOnly, angle(w), fourths, -mixed),
  );
  const crossAlong = total(
    fiveHalves,
    (w) => root ** 3 * deviation(w) * quadrants(cubeProduct, angle(w), fourths, -mixed),
  );
  out[3] = (-2 * ((1 - 1 / batchSize) * cross - crossAlong / batchSize)) / batchSize;
}

/** A region of signs of (p_i, p_j, u_i, u_j) with the products of slopes that δ_iδ_j and δ_iv̂_iδ_jv̂_j take there. */
interface Sector {
  readonly signs: readonly number[];
  readonly product: number;
  readonly alongProduct: number;
}

// Reversing all signs, or exchanging the two samples, maps regions onto regions of equal moments: six are distinct.
const distinctSigns = [
  [1, 1, 1, 1],
  [1, 1, 1, -1],
  [1, 1, -1, -1],
  [1, -1, 1, 1],
  [1, -1, 1, -1],
  [1, -1, -1, 1],
] as const;

function sectorsOf(a: number, b: number): Sector[] {
  return distinctSigns
    .map((signs) => {
      const images = new Set<string>();
      let product = 0;
      let alongProduct = 0;
      const [p, q, u, t] = signs;
      for (const [i, j, k, l] of [
        [p, q, u, t],
        [q, p, t, u],
      ]) {
        for (const flip of [1, -1]) {
          const image = [flip * i!, flip * j!, flip * k!, flip * l!];
          if (images.has(String(image))) continue;
          images.add(String(image));
          const slopes = image.reduce((sum, sign) => sum * (sign > 0 ? a : b), 1);
          product += slopes * image[2]! * image[3]!;
          alongProduct += slopes * image[0]! * image[1]! * image[2]! * image[3]!;
        }
      }
      return { signs, product, alongProduct };
    })
    .filter(({ product, alongProduct }) => product !== 0 || alongProduct !== 0);
}

/** Fills in the covariance of (p_i, p_j, u_i, u_j) with p shrunk by w. */
function setCovariance(c: Float64Array, w: number, overlap: number, rest: number, batchSize: number): void {
  const own = (1 - 1 / batchSize) * w * w;
  const other = (-w * w) / batchSize;
  const teacherOwn = overlap * overlap * own + rest;
  const teacherOther = overlap * overlap * (other + 1 / batchSize);
  c.set([own, other, overlap * own, overlap * other]);
  c.set([other, own, overlap * other, overlap * own], 4);
  c.set([overlap * own, overlap * other, teacherOwn, teacherOther], 8);
  c.set([overlap * other, overlap * own, teacherOther, teacherOwn], 12);
}

function reverseSigns(c: Float64Array, signs: readonly number[], out: Float64Array): void {
  const n = signs.length;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out[n * i + j] = signs[i]! * signs[j]! * c[4 * i + j]!;
}

/** E[(δ_iδ_j + δ_iv̂_iδ_jv̂_j)/s²] at γ = 0, over pairs of samples. */
function constantPairs(
  sectors: readonly Sector[],
  batchSize: number,
  { one, two }: ShrinkRules,
  phi: number,
): number {
  const overlap = Math.cos(phi);
  const rest = Math.sin(phi) ** 2 + overlap ** 2 / batchSize;
  const covariance = new Float64Array(16);
  const reversed = new Float64Array(16);
  const rule = pairRule(phi, batchSize);
  let sum = 0;
  one.nodes.forEach((w, k) => {
    setCovariance(covariance, w, overlap, rest, batchSize);
    for (const { signs, product, alongProduct } of sectors) {
      reverseSigns(covariance, signs, reversed);
      const probability = probability4(reversed, rule);
      sum += one.weights[k]! * product * second4(reversed, 2, 3, probability);
      sum += (two.weights[k]! * alongProduct * fourth4(reversed, probability)) / (w * w);
    }
  });
  return sum;
}

/** E[(δ_ik_j + δ_iv̂_ik_jv̂_j)/s²] at γ = 0, k = g′(v̂)g(v̂), over pairs of samples: a trivariate moment of (p_i, p_j, u_i). */
function linearPairs(
  a: number,
  b: number,
  batchSize: number,
  { threeHalves, fiveHalves }: ShrinkRules,
  phi: number,
): number {
  const overlap = Math.cos(phi);
  const rest = Math.sin(phi) ** 2 + overlap ** 2 / batchSize;
  const covariance = new Float64Array(16);
  const reversed = new Float64Array(9);
  let sum = 0;
  threeHalves.nodes.forEach((w, k) => {
    setCovariance(covariance, w, overlap, rest, batchSize);
    for (let pattern = 0; pattern < 8; pattern++) {
      const signs = [0, 1, 2].map((bit) => ((pattern >> bit) & 1 ? -1 : 1));
      const [p, q, u] = signs.map((sign) => (sign > 0 ? a : b)) as [number, number, number];
      const slopes = p * q * q * u * signs[2]!;
      if (slopes === 0) continue;
      reverseSigns(covariance, signs, reversed);
      sum += (threeHalves.weights[k]! * slopes * signs[1]! * second3(reversed, 0)) / w;
      sum += (fiveHalves.weights[k]! * slopes * signs[0]! * fourth3(reversed, 1)) / w ** 3;
    }
  });
  return sum;
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
  const sectors = sectorsOf(a, b);
  const h = (a * a + b * b) / 2;
  const pairs = (1 - 1 / batchSize) / batchSize;
  return {
    batchSize,
    gammaCoefficient: h,
    squaredGamma: squaredGamma(a, b, batchSize),
    noise: (h * (batchSize - 2)) / (batchSize * (batchSize - 3)),
    write(phi, out) {
      const inside = Math.min(Math.max(phi, FARTHEST), Math.PI - FARTHEST);
      writeSingles(a, b, batchSize, rules, phi, out);
      out[2] = out[2]! - pairs * constantPairs(sectors, batchSize, rules, inside);
      out[3] = out[3]! + 2 * pairs * linearPairs(a, b, batchSize, rules, phi);
    },
  };
}
