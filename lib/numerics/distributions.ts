import { requireDomain } from '../foundation/domain.js';
import { normalHalfWidth, normalTailDeviate } from './special-functions.js';

/**
 * Student's t and Fisher's F, by the regularized incomplete beta function I_x(a, b): P(|T| > t) = I_x(ν/2, ½) with
 * x = ν/(ν + t²), and P(F > f) = I_x(d₂/2, d₁/2) with x = d₂/(d₂ + d₁f) (DLMF 8.17). A tail is computed as such,
 * never as 1 minus the rest, so that small ones keep their relative accuracy.
 */

/** What is left of Stirling's formula: ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π], z > 0, to 1e-14. */
function stirlingError(z: number): number {
  let sum = 0;
  for (; z < 12; z++) sum += (z + 0.5) * Math.log1p(1 / z) - 1;
  const s = 1 / (z * z);
  return sum + (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / z;
}

/** A point of I_x(a, b); y is 1 − x and excess is a y − b x, both given since they would lose digits if computed here. */
interface BetaPoint {
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
  readonly excess: number;
}

/**
 * ln(xᵃ yᵇ/B(a, b)). The powers are taken relative to those at the maximum, x = a/(a + b), where they cancel the large
 * part of the gamma functions exactly.
 */
function logBetaPower({ a, b, x, y, excess }: BetaPoint): number {
  const sum = a + b;
  const logX = Math.abs(excess) < a / 2 ? Math.log1p(-excess / a) : Math.log((sum * x) / a);
  const logY = Math.abs(excess) < b / 2 ? Math.log1p(excess / b) : Math.log((sum * y) / b);
  const correction = stirlingError(sum) - stirlingError(a) - stirlingError(b);
  return a * logX + b * logY + 0.5 * Math.log((a / (2 * Math.PI)) * (b / sum)) + correction;
}

/**
 * ln I_x(a, b) for excess ≥ 0, that is x ≤ a/(a + b), where the continued fraction of Didonato & Morris (ACM TOMS 18,
 * 1992, Algorithm 708) takes some √max(a, b) terms; summed by Lentz's method.
 */
function logBetaFraction(point: BetaPoint): number {
  const { a, b, x, y, excess } = point;
  let value = (a * (excess + 1)) / (a + 1);
  let c = value;
  let d = 0;
  for (let m = 1, change = 0; Math.abs(change - 1) > 1e-15; m++) {
    const k = a + 2 * m - 1;
    const weight = (m * (b - m) * x) / k;
    const alpha = ((a + m - 1) / k) * (a + b + m - 1) * x * weight;
    const beta = m + weight + ((a + m) * (excess + 1 + m * (1 + y))) / (k + 2);
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    change = c * d;
    value *= change;
  }
  return logBetaPower(point) - Math.log(value);
}

/** The point of I_y(b, a) = 1 − I_x(a, b). */
function complement({ a, b, x, y, excess }: BetaPoint): BetaPoint {
  return { a: b, b: a, x: y, y: x, excess: -excess };
}

/** The point of P(F > f); d1 = 1 and f = t² make it that of P(|T| > t). */
function fisherPoint(f: number, d1: number, d2: number): BetaPoint {
  const ratio = (d1 / d2) * f;
  const x = 1 / (1 + ratio);
  return { a: d2 / 2, b: d1 / 2, x, y: ratio * x, excess: (d1 / 2) * (f - 1) * x };
}

/** The two parts of a distribution at a point; one is computed, the other is the rest. `logOutside` never underflows. */
interface Parts {
  readonly inside: number;
  readonly outside: number;
  readonly logOutside: number;
}

/** P(F ≤ f), P(F > f) and its logarithm. */
function fisherParts(f: number, d1: number, d2: number): Parts {
  if ((d1 / d2) * f > 1e300) return { inside: 1, outside: 0, logOutside: -Infinity };
  const point = fisherPoint(f, d1, d2);
  if (f >= 1) {
    const logOutside = logBetaFraction(point);
    return { inside: -Math.expm1(logOutside), outside: Math.exp(logOutside), logOutside };
  }
  const logInside = logBetaFraction(complement(point));
  const outside = -Math.expm1(logInside);
  return { inside: Math.exp(logInside), outside, logOutside: Math.log(outside) };
}

/** The continued fraction takes √degrees terms, 1e12 of them a few milliseconds. */
function requireDegrees(name: string, value: number): void {
  requireDomain(name, 'a finite number > 0', value, value > 0 && value < Infinity);
  requireDomain(name, 'at most 1e12', value, value <= 1e12);
}

/**
 * P(F > f) for Fisher's F with d1 and d2 degrees of freedom, to 1e-12 relative.
 *
 * @param f ≥ 0; a ratio d1 f/d2 beyond 1e300 counts as infinite
 * @param d1 degrees of freedom of the numerator, > 0 and at most 1e12
 * @param d2 degrees of freedom of the denominator, likewise
 * @throws RangeError outside that domain, NaN included
 * @example
 * fisherUpperTail(3, 2, 10); // (1 + 2·3/10)^(−10/2) = 0.095367431640625
 */
export function fisherUpperTail(f: number, d1: number, d2: number): number {
  requireDomain('f', 'a number >= 0', f, f >= 0);
  requireDegrees('d1', d1);
  requireDegrees('d2', d2);
  return fisherParts(f, d1, d2).outside;
}

/** P(|T| ≤ |t|), P(|T| > |t|) and its logarithm, for a checked t and degrees of freedom. */
function studentParts(name: string, t: number, degrees: number): Parts {
  requireDomain(name, 'a number', t, !Number.isNaN(t));
  requireDegrees('degrees', degrees);
  return fisherParts(t * t, 1, degrees);
}

/**
 * P(T ≤ x) for Student's t, to 1e-12 relative in the lower tail. So an upper tail is `studentDistribution(-x, degrees)`.
 *
 * @param x any number, infinities included; x²/degrees beyond 1e300 counts as infinite
 * @param degrees degrees of freedom, > 0 and at most 1e12
 * @throws RangeError outside that domain, NaN included
 * @example
 * studentDistribution(-1, 1); // 1/4: one degree of freedom is the Cauchy law
 */
export function studentDistribution(x: number, degrees: number): number {
  const { inside, outside } = studentParts('x', x, degrees);
  if (x < -1) return 0.5 * outside;
  return x > 1 ? 1 - 0.5 * outside : 0.5 + 0.5 * Math.sign(x) * inside;
}

/**
 * The standard normal deviate with the same tail probability as t, the z with P(Z > z) = P(T > t): odd and increasing
 * in t, z → t as the degrees grow. It makes t-values of few runs comparable with normal ones. Accurate to 1e-12
 * relative also where the probability is below the least double.
 *
 * @param t any number, infinities included; t²/degrees beyond 1e300 counts as infinite
 * @param degrees degrees of freedom, > 0 and at most 1e12
 * @throws RangeError outside that domain, NaN included
 * @example
 * equivalentNormalDeviate(4, 7); // 2.79...: four standard errors from eight runs are worth less than three
 */
export function equivalentNormalDeviate(t: number, degrees: number): number {
  const { inside, logOutside } = studentParts('t', t, degrees);
  const size = inside < 0.625 ? normalHalfWidth(inside) : normalTailDeviate(logOutside - Math.LN2);
  return t < 0 ? -size : size;
}
