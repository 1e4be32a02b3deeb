import type { QuadratureRule } from '../numerics/quadrature-rule.js';
import { arcMinusSine, fourthPowerArc, sineMinusArc } from './angle.js';

/**
 * Moments of centred Gaussian vectors of up to four components over the region where all components are positive, for a
 * covariance stored row by row. θ(x) is the unit step and x⁺ = xθ(x).
 *
 * Everything is reduced by Stein's lemma, E[x f(X)] = Σ_j Cov(x, x_j) E[∂_j f(X)], in which the derivative of θ(x_j)
 * is a delta function that sets x_j = 0 and leaves a Gaussian vector with one component less.
 */
export type Covariance = Float64Array;

const TWO_PI = 2 * Math.PI;
const ROOT_TWO_PI = Math.sqrt(TWO_PI);

function clamped(x: number): number {
  return x > 1 ? 1 : x < -1 ? -1 : x;
}

/** Covariance of the other components given that component k is zero. */
export function conditionOnZero(c: Covariance, n: number, k: number, out: Covariance): void {
  const variance = c[k * n + k]!;
  let at = 0;
  for (let i = 0; i < n; i++) {
    if (i === k) continue;
    const ratio = c[i * n + k]! / variance;
    for (let j = 0; j < n; j++) if (j !== k) out[at++] = c[i * n + j]! - ratio * c[j * n + k]!;
  }
}

function correlation(c: Covariance, n: number, i: number, j: number): number {
  const product = c[i * n + i]! * c[j * n + j]!;
  return product > 0 ? clamped(c[i * n + j]! / Math.sqrt(product)) : 0;
}

/** P(x > 0, y > 0). */
function probability2(c: Covariance): number {
  return 0.25 + Math.asin(correlation(c, 2, 0, 1)) / TWO_PI;
}

/** E[x⁺y⁺]. */
function product2(c: Covariance): number {
  const scale = Math.sqrt(c[0]! * c[3]!);
  return (scale * sineMinusArc(Math.PI - Math.acos(correlation(c, 2, 0, 1)))) / TWO_PI;
}

/** E[θ(other) x⁺] of two components, x the one at `x`. */
function first2(c: Covariance, x: number): number {
  const deviation = Math.sqrt(c[x * 3]!);
  return (deviation * (1 + correlation(c, 2, 0, 1))) / (2 * ROOT_TWO_PI);
}

const pair = new Float64Array(4);

/** 1/√(2π Var x_k): the density of x_k at zero. */
function densityAtZero(c: Covariance, n: number, k: number): number {
  return 1 / (ROOT_TWO_PI * Math.sqrt(c[k * n + k]!));
}

/** P(x, y, z > 0). */
export function probability3(c: Covariance): number {
  const arcs =
    Math.asin(correlation(c, 3, 0, 1)) +
    Math.asin(correlation(c, 3, 0, 2)) +
    Math.asin(correlation(c, 3, 1, 2));
  return 0.125 + arcs / (2 * TWO_PI);
}

/** E[θθ x⁺] of three components, x the one at `x`. */
export function first3(c: Covariance, x: number): number {
  let sum = 0;
  for (let k = 0; k < 3; k++) {
    conditionOnZero(c, 3, k, pair);
    sum += c[x * 3 + k]! * densityAtZero(c, 3, k) * probability2(pair);
  }
  return sum;
}

/** E[θ(a) x⁺y⁺] of three components, a the one at `a`. */
export function second3(c: Covariance, a: number): number {
  const x = (a + 1) % 3;
  const y = (a + 2) % 3;
  // Where y stands among the two components that are left when one is set to zero.
  conditionOnZero(c, 3, x, pair);
  const onX = densityAtZero(c, 3, x) * first2(pair, y > a ? 1 : 0);
  conditionOnZero(c, 3, a, pair);
  const onA = densityAtZero(c, 3, a) * first2(pair, y > x ? 1 : 0);
  return c[x * 3 + x]! * onX + c[x * 3 + a]! * onA + c[x * 3 + y]! * probability3(c);
}

/** E[x⁺y⁺z⁺]. */
export function third3(c: Covariance): number {
  conditionOnZero(c, 3, 0, pair);
  return c[0]! * densityAtZero(c, 3, 0) * product2(pair) + c[1]! * first3(c, 2) + c[2]! * first3(c, 1);
}

/** E[p⁺ u⁺ (q⁺)²], q the component at `q`. */
export function fourth3(c: Covariance, q: number): number {
  const p = (q + 1) % 3;
  const u = (q + 2) % 3;
  return c[q * 3 + q]! * second3(c, q) + c[q * 3 + p]! * second3(c, p) + c[q * 3 + u]! * second3(c, u);
}

const faces = [
  [0, 1, 2, 3],
  [0, 2, 1, 3],
  [0, 3, 1, 2],
  [1, 2, 0, 3],
  [1, 3, 0, 2],
  [2, 3, 0, 1],
] as const;

/**
 * P(all four components > 0), by Plackett's identity along the path on which all correlations grow from zero together:
 * 1/16 + Σ arcsin ρ_ij/8π + (1/4π²) Σ ∫₀¹ ρ_ij arcsin ρ_kl·ij(t)/√(1 − t²ρ_ij²) dt, ρ_kl·ij(t) the correlation of the
 * other two given x_i = x_j = 0 (Plackett, Biometrika 41, 351 (1954)). Near singular covariances the arcsine ends like a
 * square root at t = 1, which the substitution t = 1 − (1 − x)² makes smooth.
 *
 * @param rule a Gauss–Legendre rule for the integral
 */
export function probability4(c: Covariance, rule: QuadratureRule): number {
  let sum = 1 / 16;
  for (const [i, j, k, l] of faces) {
    const ij = correlation(c, 4, i, j);
    const [kl, ik, il, jk, jl] = [
      correlation(c, 4, k, l),
      correlation(c, 4, i, k),
      correlation(c, 4, i, l),
      correlation(c, 4, j, k),
      correlation(c, 4, j, l),
    ];
    let integral = 0;
    for (let node = 0; node < rule.nodes.length; node++) {
      const back = (1 - rule.nodes[node]!) / 2;
      const t = 1 - back * back;
      const s = 1 - t * t * ij * ij;
      const covariance = t * kl * s - t * t * (ik * il + jk * jl - t * ij * (ik * jl + jk * il));
      const first = s - t * t * (ik * ik + jk * jk - 2 * t * ij * ik * jk);
      const second = s - t * t * (il * il + jl * jl - 2 * t * ij * il * jl);
      const conditional = first > 0 && second > 0 ? clamped(covariance / Math.sqrt(first * second)) : 0;
      integral += (rule.weights[node]! * back * ij * Math.asin(conditional)) / Math.sqrt(s);
    }
    sum += Math.asin(ij) / (8 * Math.PI) + integral / (4 * Math.PI * Math.PI);
  }
  return sum;
}

const triple = new Float64Array(9);

/** E[θ(a)θ(b) x⁺y⁺] of four components, given P(all > 0); x, y the two that are left. */
export function second4(c: Covariance, x: number, y: number, probability: number): number {
  let sum = c[x * 4 + y]! * probability;
  for (let k = 0; k < 4; k++) {
    if (k === y) continue;
    conditionOnZero(c, 4, k, triple);
    sum += c[x * 4 + k]! * densityAtZero(c, 4, k) * first3(triple, y > k ? y - 1 : y);
  }
  return sum;
}

/** E[θ(p) u⁺ (q⁺)³], q the component at `q`, u that at `u`. */
export function cube3(c: Covariance, q: number, u: number): number {
  const p = 3 - q - u;
  // Where they stand among the two components that are left when the third is set to zero.
  conditionOnZero(c, 3, p, pair);
  const [qi, ui] = q < u ? [0, 1] : [1, 0];
  const onU =
    (pair[3 * ui]! * densityAtZero(pair, 2, ui) * (pair[3 * qi]! - pair[1]! ** 2 / pair[3 * ui]!)) / 2;
  const faceP = densityAtZero(c, 3, p) * (2 * pair[1]! * first2(pair, qi) + onU);
  return 2 * c[q * 4]! * second3(c, p) + c[q * 3 + u]! * square3(c, q) + c[q * 3 + p]! * faceP;
}

/** E[θθ (q⁺)²] of three components, q the one at `q`. */
function square3(c: Covariance, q: number): number {
  let sum = c[q * 4]! * probability3(c);
  for (let k = 0; k < 3; k++) {
    if (k === q) continue;
    conditionOnZero(c, 3, k, pair);
    sum += c[q * 3 + k]! * densityAtZero(c, 3, k) * first2(pair, q > k ? q - 1 : q);
  }
  return sum;
}

/** E[(x₀⁺)²θ(x₁)x₂⁺x₃⁺], given P(all > 0). */
export function squareProduct4(c: Covariance, probability: number): number {
  conditionOnZero(c, 4, 1, triple);
  return (
    c[1]! * densityAtZero(c, 4, 1) * third3(triple) +
    c[0]! * second4(c, 2, 3, probability) +
    c[2]! * second4(c, 0, 3, probability) +
    c[3]! * second4(c, 0, 2, probability)
  );
}

/** E[x₀⁺x₁⁺x₂⁺x₃⁺], given P(all > 0). */
export function fourth4(c: Covariance, probability: number): number {
  conditionOnZero(c, 4, 0, triple);
  return (
    c[0]! * densityAtZero(c, 4, 0) * third3(triple) +
    c[1]! * second4(c, 2, 3, probability) +
    c[2]! * second4(c, 1, 3, probability) +
    c[3]! * second4(c, 1, 2, probability)
  );
}

/** E[θθ x²y²] of two unit normals at angle φ: ((π − φ)(1 + 2cos²φ) + 3 sin φ cos φ)/2π. */
export function squareSquare(phi: number): number {
  const [sine, cosine] = [Math.sin(phi), Math.cos(phi)];
  return ((Math.PI - phi) * (1 + 2 * cosine * cosine) + 3 * sine * cosine) / TWO_PI;
}

/** E[θθ x³y] of two unit normals at angle φ. */
export function cubeProduct(phi: number): number {
  return (4 / Math.PI) * (Math.cos(phi) * fourthPowerArc(Math.PI - phi) + Math.sin(phi) ** 5 / 4);
}

/** E[θθ x²] of two unit normals at angle φ. */
export function squareOnly(phi: number): number {
  return arcMinusSine(Math.PI - phi) / TWO_PI;
}

/** E[θθ xy] of two unit normals at angle φ. */
export function productOnly(phi: number): number {
  return sineMinusArc(Math.PI - phi) / TWO_PI;
}
