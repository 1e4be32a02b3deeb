import type { Slopes } from '../activation.js';
import { teacherField, type ShrinkRules, type TeacherField } from './shrinkage.js';
import { gaussLegendre } from '../../numerics/gauss-legendre.js';
import { type QuadratureRule } from '../../numerics/quadrature-rule.js';
import {
  conditionOnZero,
  first3,
  fourth3,
  fourth4,
  probability4,
  second3,
  second4,
  third3,
} from '../orthant-moments.js';

// At R = ±1 the four fields of a pair are linearly dependent. Averages are taken this far from there, which changes them
// by less than 1e-8 of themselves.
const FARTHEST = 1e-6;

/**
 * A rule for the orthant probability of a pair, to 1e-9 of the largest C₀: the nearer R = ±1 on the scale on which batch
 * means blur the fields, sin²φ ~ 1/M, the nearer to singular the covariance and the more nodes.
 */
function pairRule(phi: number, batchSize: number): QuadratureRule {
  const distance = Math.sin(phi) ** 2 * batchSize;
  return gaussLegendre(distance < 1 ? 96 : distance < 30 ? 48 : 24);
}

/** A region of signs of (p_i, p_j, u_i, u_j) with the products of slopes that δ_iδ_j and δ_iv̂_iδ_jv̂_j take there. */
export interface Sector {
  readonly signs: readonly number[];
  readonly product: number;
  readonly alongProduct: number;
}

/** All signs of three fields. */
const octants = Array.from({ length: 8 }, (_, pattern) =>
  [0, 1, 2].map((bit) => ((pattern >> bit) & 1 ? -1 : 1)),
);

// Reversing all signs, or exchanging the two samples, maps regions onto regions of equal moments: six are distinct.
const distinctSigns = [
  [1, 1, 1, 1],
  [1, 1, 1, -1],
  [1, 1, -1, -1],
  [1, -1, 1, 1],
  [1, -1, 1, -1],
  [1, -1, -1, 1],
] as const;

/** The distinct sectors whose products do not vanish. */
export function sectorsOf([a, b]: Slopes, [c, d]: Slopes): Sector[] {
  const right = [a, a, c, c];
  const left = [b, b, d, d];
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
          const slopes = image.reduce((product, sign, at) => product * (sign > 0 ? right : left)[at]!, 1);
          product += slopes * image[2]! * image[3]!;
          alongProduct += slopes * image[0]! * image[1]! * image[2]! * image[3]!;
        }
      }
      return { signs, product, alongProduct };
    })
    .filter(({ product, alongProduct }) => product !== 0 || alongProduct !== 0);
}

/** Fills in the covariance of (p_i, p_j, u_i, u_j) with p shrunk by w. */
function setCovariance(c: Float64Array, w: number, { overlap, rest }: TeacherField, batchSize: number): void {
  const own = (1 - 1 / batchSize) * w * w;
  const other = (-w * w) / batchSize;
  const teacherOwn = overlap * overlap * own + rest;
  const teacherOther = overlap * overlap * (other + 1 / batchSize);
  c.set([own, other, overlap * own, overlap * other]);
  c.set([other, own, overlap * other, overlap * own], 4);
  c.set([overlap * own, overlap * other, teacherOwn, teacherOther], 8);
  c.set([overlap * other, overlap * own, teacherOther, teacherOwn], 12);
}

/** Covariance of the first components after reversing signs; `c` may have more components than there are signs. */
function reverseSigns(c: Float64Array, signs: readonly number[], out: Float64Array): void {
  const n = signs.length;
  const stride = Math.sqrt(c.length);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out[n * i + j] = signs[i]! * signs[j]! * c[stride * i + j]!;
}

/** E[(δ_iδ_j + δ_iv̂_iδ_jv̂_j)/s²] at γ = 0, over pairs of samples. */
export function constantPairs(
  sectors: readonly Sector[],
  batchSize: number,
  { one, two }: ShrinkRules,
  phi: number,
): number {
  const covariance = new Float64Array(16);
  const reversed = new Float64Array(16);
  const field = teacherField(Math.min(Math.max(phi, FARTHEST), Math.PI - FARTHEST), batchSize);
  const rule = pairRule(phi, batchSize);
  let sum = 0;
  one.nodes.forEach((w, k) => {
    setCovariance(covariance, w, field, batchSize);
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
export function linearPairs(
  [a, b]: Slopes,
  [c, d]: Slopes,
  batchSize: number,
  { threeHalves, fiveHalves }: ShrinkRules,
  field: TeacherField,
): number {
  const covariance = new Float64Array(16);
  const reversed = new Float64Array(9);
  let sum = 0;
  threeHalves.nodes.forEach((w, k) => {
    setCovariance(covariance, w, field, batchSize);
    for (const signs of octants) {
      const [p, q] = signs.map((sign) => (sign > 0 ? a : b)) as [number, number, number];
      const slopes = p * q * q * (signs[2]! > 0 ? c : -d);
      if (slopes === 0) continue;
      reverseSigns(covariance, signs, reversed);
      sum += (threeHalves.weights[k]! * slopes * signs[1]! * second3(reversed, 0)) / w;
      sum += (fiveHalves.weights[k]! * slopes * signs[0]! * fourth3(reversed, 1)) / w ** 3;
    }
  });
  return sum;
}

/**
 * d/dr of `constantPairs` at R = 1. There the teacher's field is the student's blurred by an Ornstein–Uhlenbeck step, so
 * that dE[F g*(u_i)g*(u_j)]/dR = E[F (v·∇ − Δ) g*(v_i)g*(v_j)] = 2E[F g*(v_i)g*(v_j)] − 2(c − d)E[F δ(v_i)g*(v_j)].
 */
export function constantPairsSlope(
  [a, b]: Slopes,
  [c, d]: Slopes,
  batchSize: number,
  rules: ShrinkRules,
  atAligned: number,
): number {
  const field = teacherField(0, batchSize);
  const covariance = new Float64Array(16);
  const onKink = new Float64Array(9);
  const reversed = new Float64Array(9);
  let kink = 0;
  rules.one.nodes.forEach((w, k) => {
    setCovariance(covariance, w, field, batchSize);
    const density = 1 / Math.sqrt(2 * Math.PI * covariance[10]!);
    conditionOnZero(covariance, 4, 2, onKink);
    for (const signs of octants) {
      const [p, q] = signs.map((sign) => (sign > 0 ? a : b)) as [number, number, number];
      const slopes = p * q * (signs[2]! > 0 ? c : -d);
      if (slopes === 0) continue;
      reverseSigns(onKink, signs, reversed);
      kink += rules.one.weights[k]! * density * slopes * first3(reversed, 2);
      kink += (rules.two.weights[k]! * density * slopes * signs[0]! * signs[1]! * third3(reversed)) / (w * w);
    }
  });
  return -2 * atAligned + 2 * (c - d) * kink;
}
