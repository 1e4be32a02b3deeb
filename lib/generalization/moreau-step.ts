import { bracketedRoot } from '../foundation/root-finding.js';
import type { Activation } from '../gaussian/activation.js';
import { lowerHull } from './lower-hull.js';
import { moreauGrid } from './moreau-grid.js';

/**
 * A stretch of ω on which the Moreau step h(ω) is smooth: it runs from `zFrom` to `zTo`, or rests at a kink where they are
 * equal. Between one stretch and the next h jumps where `zFrom` differs from the `zTo` before.
 */
export interface Stretch {
  readonly omegaFrom: number;
  readonly omegaTo: number;
  readonly zFrom: number;
  readonly zTo: number;
}

/** The Moreau step h(ω, t) = argmin over z of (z − ω)²/2V + ½(t − g(z))² for one V, at one label after the other. */
export interface MoreauStep {
  /** Prepares a label; gives back the stretches, in the order of ω. */
  setLabel(t: number): readonly Stretch[];
  /** h(ω) within a stretch of the label that was set. */
  solve(omega: number, stretch: Stretch): number;
}

const LEFT = 1e-10; // a derivative just left of a kink is taken so far from it, relative
const TANGENT_STEPS = 40;

/**
 * The global minimum comes from the convex hull of ψ(z) = z²/2 + ½V(t − g(z))²: h(ω) is where ψ touches its hull with slope ω,
 * and it jumps over the parts of ψ above the hull. The hull of ψ on a grid finds these; their ends, the points of a common
 * tangent, are then computed to rounding. Two wells closer than the grid (0.1 near the origin) are not told apart.
 *
 * @param low least z that h may reach
 * @param high largest z that h may reach
 */
export function moreauStep(
  activation: Activation,
  susceptibility: number,
  low: number,
  high: number,
): MoreauStep {
  const { value, derivative, kinks } = activation;
  const z = moreauGrid(low, high, kinks);
  const n = z.length;
  const g = z.map(value);
  const slopeRight = z.map(derivative);
  const slopeLeft = slopeRight.slice();
  z.forEach((point, i) => {
    if (kinks.includes(point)) slopeLeft[i] = derivative(point - LEFT * (1 + Math.abs(point)));
  });
  const psi = new Float64Array(n);
  const left = new Float64Array(n); // ψ′ to the left and to the right of each point
  const right = new Float64Array(n);
  let label = 0;

  const slopeAt = (x: number): number => x - susceptibility * (label - value(x)) * derivative(x);
  const psiAt = (x: number): number => (x * x) / 2 + (susceptibility * (label - value(x)) ** 2) / 2;

  /** The root of ψ′ = ω between the grid points i and i + 1. */
  function rootInCell(omega: number, i: number): number {
    if (left[i + 1]! <= omega) return z[i + 1]!;
    if (right[i]! >= omega) return z[i]!;
    // The end of a cell belongs to the other side of a kink there.
    const end = z[i + 1]!;
    return bracketedRoot((x) => (x === end ? left[i + 1]! : slopeAt(x)) - omega, z[i]!, end);
  }

  /** The bottom of the well of ψ(z) − ωz that grid point i lies in. */
  function wellBottom(omega: number, i: number): number {
    let k = i;
    if (right[k]! < omega) {
      while (k + 1 < n && left[k + 1]! < omega) {
        k++;
        if (right[k]! >= omega) return z[k]!;
      }
      return k + 1 < n ? rootInCell(omega, k) : z[k]!;
    }
    if (left[k]! <= omega) return z[k]!;
    while (k > 0 && right[k - 1]! > omega) {
      k--;
      if (left[k]! <= omega) return z[k]!;
    }
    return k > 0 ? rootInCell(omega, k - 1) : z[k]!;
  }

  /** The common tangent of the wells around grid points i and j, by Newton's method on the difference of their depths. */
  function commonTangent(i: number, j: number): { omega: number; from: number; to: number } {
    let omega = (psi[j]! - psi[i]!) / (z[j]! - z[i]!);
    for (let step = 0; ; step++) {
      const from = wellBottom(omega, i);
      const to = wellBottom(omega, j);
      const change = (psiAt(from) - psiAt(to)) / (to - from) + omega;
      omega -= change;
      if (!(Math.abs(change) > 1e-15 * (1 + Math.abs(omega))) || step === TANGENT_STEPS)
        return { omega, from, to };
    }
  }

  function setLabel(t: number): Stretch[] {
    label = t;
    let convex = true;
    for (let i = 0; i < n; i++) {
      const force = susceptibility * (t - g[i]!);
      psi[i] = (z[i]! * z[i]! + force * (t - g[i]!)) / 2;
      left[i] = z[i]! - force * slopeLeft[i]!;
      right[i] = z[i]! - force * slopeRight[i]!;
      if (left[i]! > right[i]! || (i > 0 && right[i - 1]! > left[i]!)) convex = false;
    }
    const stretches: Stretch[] = [];
    let omega = -Infinity;
    let from = z[0]!;
    const close = (omegaTo: number, zTo: number): void => {
      if (omegaTo > omega) stretches.push({ omegaFrom: omega, omegaTo, zFrom: from, zTo });
      omega = Math.max(omega, omegaTo);
      from = zTo;
    };
    /** Splits at the kinks from `from` to `end`, where h rests, up to a given ω. */
    const passKinks = (end: number, limit: number): void => {
      for (let k = 0; k < n; k++) {
        if (slopeLeft[k] === slopeRight[k] || z[k]! < from || z[k]! > end) continue;
        close(Math.min(left[k]!, limit), z[k]!);
        close(Math.min(right[k]!, limit), z[k]!);
      }
    };
    if (!convex) {
      const hull = lowerHull(z, psi);
      for (let k = 0; k + 1 < hull.length; k++) {
        if (hull[k + 1]! === hull[k]! + 1) continue;
        const tangent = commonTangent(hull[k]!, hull[k + 1]!);
        if (!(tangent.to > tangent.from)) continue;
        passKinks(tangent.from, tangent.omega);
        close(tangent.omega, tangent.from);
        from = tangent.to;
      }
    }
    passKinks(Infinity, Infinity);
    close(Infinity, z[n - 1]!);
    return stretches;
  }

  function solve(omega: number, { zFrom, zTo }: Stretch): number {
    if (zFrom === zTo) return zFrom;
    let i = 0;
    let j = n - 1;
    while (j - i > 1) {
      const middle = (i + j) >> 1;
      if (z[middle]! <= zFrom || (z[middle]! < zTo && left[middle]! <= omega)) i = middle;
      else j = middle;
    }
    const [a, b] = [Math.max(z[i]!, zFrom), Math.min(z[j]!, zTo)];
    const slope = (x: number): number =>
      (x === z[j] ? left[j]! : x === z[i] ? right[i]! : slopeAt(x)) - omega;
    const [fa, fb] = [slope(a), slope(b)];
    // At the ends of a stretch rounding may leave no change of sign.
    if (fa >= 0) return a;
    if (fb <= 0) return b;
    return bracketedRoot(slope, a, b);
  }

  return { setLabel, solve };
}
