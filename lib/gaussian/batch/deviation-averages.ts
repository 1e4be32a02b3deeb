import { requireInteger } from '../../foundation/checks.js';
import { gaussLegendre } from '../../numerics/gauss-legendre.js';
import { gaussJacobi } from '../../numerics/gauss-jacobi.js';
import type { QuadratureRule } from '../../numerics/quadrature-rule.js';
import {
  cube3,
  cubeProduct,
  fourth3,
  fourth4,
  probability4,
  productOnly,
  squareOnly,
  squareProduct4,
  squareSquare,
} from '../orthant-moments.js';
import { derivativeByMisalignment } from '../finite-difference-gradient.js';
import type { BatchAverages } from './averages.js';
import { meanInversePower } from './moments.js';
import { reverseSigns } from './pairs.js';
import { quadrants } from './singles.js';

const NODES = 32;
// At R = ±1 the four fields of a pair are linearly dependent, and rounding grows as 1/φ²; averages taken this far from there are 1e-9 of
// themselves away.
const FARTHEST = 3e-5;

/**
 * A rule for E[s^{−n} f] = Σ_k weights[k] F(w_k), F(w) = E[f] with all v − μ shrunk by w: `shrinkRules` for fields that contain μ, so
 * that F does not vanish with w. The weight is (1 − w²)^{n/2−1} w^{M−2−n}, scaled by E[s^{−n}].
 */
function inversePowerRule(batchSize: number, power: number): QuadratureRule {
  const atOne = power / 2 - 1;
  const { nodes, weights } = gaussJacobi(NODES, batchSize - 2 - power, atOne);
  const raw = weights.map((weight, k) => weight * (1 + nodes[k]!) ** atOne);
  const scale = meanInversePower(batchSize, power) / raw.reduce((sum, weight) => sum + weight);
  return { nodes, weights: raw.map((weight) => weight * scale) };
}

/** Variances of the fields of a batch shrunk by w, and what they tell of μ: E[μ | v_i] = own·v_i, E[μ | v_i, v_j] = both·(v_i + v_j). */
interface Shrunk {
  readonly variance: number;
  readonly covariance: number;
  readonly own: number;
  readonly both: number;
}

function shrunk(w: number, batchSize: number): Shrunk {
  const variance = w * w + (1 - w * w) / batchSize;
  const covariance = (1 - w * w) / batchSize;
  return {
    variance,
    covariance,
    own: 1 / (batchSize * variance),
    both: 1 / (batchSize * (variance + covariance)),
  };
}

/** Σ_k weights[k] F(w_k). */
function summed({ nodes, weights }: QuadratureRule, batchSize: number, f: (at: Shrunk) => number): number {
  let sum = 0;
  for (let k = 0; k < nodes.length; k++) sum += weights[k]! * f(shrunk(nodes[k]!, batchSize));
  return sum;
}

/** Fills in the covariance of (v_i, v_j, u_i, u_j). */
function setCovariance(c: Float64Array, { variance, covariance }: Shrunk, phi: number): void {
  const overlap = Math.cos(phi);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      const fields = i % 2 === j % 2 ? variance : covariance;
      c[4 * i + j] = fields * (i > 1 ? overlap : 1) * (j > 1 ? overlap : 1);
    }
  }
  for (const i of [2, 3]) c[5 * i] = c[5 * i]! + Math.sin(phi) ** 2;
}

/** φ, kept from the ends, where the fields of a pair are linearly dependent. */
function apart(phi: number): number {
  return Math.min(Math.max(phi, FARTHEST), Math.PI - FARTHEST);
}

/**
 * A rule for the orthant probability of a pair. Its integrand varies over a distance of sin φ from one end, the correlation of v_i and
 * u_i: panels that grow fourfold from there.
 */
function pairRule(phi: number): QuadratureRule {
  const { nodes, weights } = gaussLegendre(NODES);
  const edges = [0];
  for (let edge = Math.sin(phi); edge < 0.5; edge *= 4) edges.push(edge);
  edges.push(1);
  const panels = edges.slice(1).map((right, k) => [edges[k]!, right] as const);
  return {
    nodes: Float64Array.from(
      panels.flatMap(([left, right]) => [...nodes].map((x) => 1 - (left + right) - (right - left) * x)),
    ),
    weights: Float64Array.from(
      panels.flatMap(([left, right]) => [...weights].map((weight) => (right - left) * weight)),
    ),
  };
}

interface Pattern {
  readonly signs: readonly number[];
  /** Product of the slopes that the fields take, summed over the pattern and its reverse, whose moments are the same. */
  readonly slopes: number;
}

/** The patterns of signs of so many fields with the first positive; `powers` are those of the slope of each field. */
function patternsOf(a: number, b: number, powers: readonly number[]): Pattern[] {
  const slopesOf = (signs: readonly number[]): number =>
    signs.reduce((product, sign, i) => product * (sign > 0 ? a : b) ** powers[i]!, 1);
  return Array.from({ length: 2 ** (powers.length - 1) }, (_, pattern) => {
    const signs = powers.map((_power, bit) => (((2 * pattern) >> bit) & 1 ? -1 : 1) as number);
    return { signs, slopes: slopesOf(signs) + slopesOf(signs.map((sign) => -sign)) };
  }).filter(({ slopes }) => slopes !== 0);
}

/** E[((2β − 1)v_iv_j + 2βv_i²) δ_iδ_j] at γ = 0 over pairs, β = `both`. */
function constantPairs(a: number, b: number): (at: Shrunk, phi: number, rule: QuadratureRule) => number {
  const patterns = patternsOf(a, b, [1, 1, 1, 1]);
  const covariance = new Float64Array(16);
  const reversed = new Float64Array(16);
  return (at, phi, rule) => {
    setCovariance(covariance, at, apart(phi));
    let sum = 0;
    for (const { signs, slopes } of patterns) {
      reverseSigns(covariance, signs, reversed);
      const probability = probability4(reversed, rule);
      const [p, q, u, t] = signs as [number, number, number, number];
      const product = (2 * at.both - 1) * p * q * fourth4(reversed, probability);
      sum += slopes * u * t * (product + 2 * at.both * squareProduct4(reversed, probability));
    }
    return sum;
  };
}

/** E[((2β − 1)v_iv_j + β(v_i² + v_j²)) δ_ik_j] at γ = 0, k = g′(v)g(v), over pairs. */
function linearPairs(a: number, b: number): (at: Shrunk, phi: number) => number {
  const patterns = patternsOf(a, b, [1, 2, 1]);
  const covariance = new Float64Array(16);
  const reversed = new Float64Array(9);
  return (at, phi) => {
    setCovariance(covariance, at, apart(phi));
    let sum = 0;
    for (const { signs, slopes } of patterns) {
      reverseSigns(covariance, signs, reversed);
      const [p, q, u] = signs as [number, number, number];
      const product = (2 * at.both - 1) * p * fourth3(reversed, 1);
      const squares = at.both * q * (fourth3(reversed, 0) + cube3(reversed, 1, 2));
      sum += slopes * u * (product + squares);
    }
    return sum;
  };
}

/** P(v, u > 0) of two unit normals at an angle. */
function gate(angle: number): number {
  return (Math.PI - angle) / (2 * Math.PI);
}

/** C₂: E[k²/s⁴] and what is taken out of it along the field. */
function squaredGammaOf(a: number, b: number, batchSize: number): number {
  const [same, opposite] = [a ** 4 + b ** 4, a * a * b * b];
  const alone = summed(inversePowerRule(batchSize, 4), batchSize, ({ variance }) => (same / 2) * variance);
  const along = summed(inversePowerRule(batchSize, 6), batchSize, ({ variance, covariance, own, both }) => {
    const angle = Math.acos(covariance / variance);
    const products = (2 * both - 1) * quadrants(squareSquare, angle, same, 2 * opposite);
    const cubes = 2 * both * quadrants(cubeProduct, angle, same, -2 * opposite);
    const single = ((2 * own - 1) * 3 * same) / 2;
    return variance ** 2 * (single / batchSize + (1 - 1 / batchSize) * (products + cubes));
  });
  return (alone + along) / batchSize;
}

/**
 * The averages of a unit with slopes a, b normalized by its batch's deviation and the population's mean
 * (docs/theory/batch-normalization.md#one-statistic-alone). v has the sign of v/s, so that δ = δ₀ − γk/s with δ₀ = g′(v)g(u) and
 * k = g′(v)g(v).
 *
 * @param batchSize M ≥ 8, below which E[1/s⁶], and with it C, is infinite
 * @throws RangeError when M is not an integer ≥ 8
 */
export function deviationAverages(a: number, b: number, batchSize: number): BatchAverages {
  requireInteger('batchSize', batchSize, 8);
  const squares = a * a + b * b;
  const fourths = a ** 4 + b ** 4;
  const pairs = 1 - 1 / batchSize;
  const inverseSquare = meanInversePower(batchSize, 2);
  const rules = [1, 2, 3, 4, 5].map((power) => inversePowerRule(batchSize, power));
  const atGammaZero = constantPairs(a, b);
  const linear = linearPairs(a, b);

  function write(phi: number, out: Float64Array): void {
    const overlap = Math.cos(phi);
    const pairNodes = pairRule(apart(phi));
    const average = (power: number, f: (at: Shrunk) => number): number =>
      summed(rules[power - 1]!, batchSize, f);
    const teacher = ({ variance }: Shrunk): number => overlap * overlap * variance + Math.sin(phi) ** 2;
    const product = (at: Shrunk): number => Math.sqrt(at.variance * teacher(at));
    /** A moment over the quadrants of (v, u), those of equal signs and the others weighted by products of slopes. */
    const over = (moment: (angle: number) => number, at: Shrunk, same: number, opposite: number): number =>
      quadrants(moment, Math.atan2(Math.sin(phi), overlap * Math.sqrt(at.variance)), same, opposite);
    const taken = ({ own }: Shrunk): number => (2 * own - 1) / batchSize;
    const [squared, mixed] = [2 * a * a * b * b, -a * b * squares];

    out[0] = average(1, (at) => product(at) * over(productOnly, at, squares, -2 * a * b));
    const gates = average(1, (at) => over(gate, at, squares, 2 * a * b));
    const along = average(3, (at) => (1 - at.own) * at.variance * over(squareOnly, at, squares, 2 * a * b));
    out[1] = gates - along / batchSize;
    const square = average(2, (at) => teacher(at) * over(squareOnly, at, fourths, squared));
    const squareTaken = average(
      4,
      (at) =>
        taken(at) * at.variance * teacher(at) * over(squareSquare, at, fourths, squared) +
        pairs * atGammaZero(at, phi, pairNodes),
    );
    out[2] = (square + squareTaken) / batchSize;
    const cross = average(3, (at) => product(at) * over(productOnly, at, fourths, mixed));
    const crossTaken = average(
      5,
      (at) =>
        taken(at) * at.variance * product(at) * over(cubeProduct, at, fourths, mixed) +
        pairs * linear(at, phi),
    );
    out[3] = (-2 * (cross + crossTaken)) / batchSize;
  }

  return {
    batchSize,
    gammaCoefficient: (squares / 2) * (1 + inverseSquare / batchSize),
    squaredGamma: squaredGammaOf(a, b, batchSize),
    noise:
      (squares / 2 / batchSize) * (pairs * inverseSquare + meanInversePower(batchSize, 4) / batchSize ** 2),
    write,
    writeAlignedSlope(out) {
      derivativeByMisalignment(write, 0, 1 / Math.sqrt(batchSize), out);
    },
  };
}
