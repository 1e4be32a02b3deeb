import type { Slopes } from './activation.js';
import { arcMinusSine, fourthPowerArc, supplement } from './angle.js';
import type { SecondMoments } from './second-moments.js';

/**
 * Second moments in closed form for a student g(z) = a z for z > 0 and b z for z < 0 and a teacher of slopes c and d.
 *
 * With z = u − Rv, γ ≥ 0, teacher and student on branches of slopes p and q, δ = q(Δ + ξ), Δ = ev + pz, e = pR − qγ.
 * Every moment is a form of degree 4, 2 or 0 in (v, z), even under (v, z) → −(v, z), so that the student may be taken at
 * v > 0 with q = a and again with q = b. There the teacher is on the student's side for u > 0 and on the other for u < 0.
 * One of the two is a wedge of angle χ = min(φ, π − φ) ≤ π/2; the half plane is counted with the slope p of the wider part,
 * where its moments are half those of the plane, and the wedge corrects it by the difference of its two slopes. So no two terms
 * cancel as φ → 0 or φ → π.
 *
 * In polar coordinates v = ρ sin ψ, z = ∓ρ sin φ cos ψ, 0 < ψ < χ, the radius gives E[ρ⁴] = 8, E[ρ²] = 2, and the angle elementary
 * integrals. The noise enters through E[ξ²] = S, E[ξ⁴] = 3S².
 */
export function twoSlopeSecondMoments([a, b]: Slopes, [c, d]: Slopes, noiseVariance: number): SecondMoments {
  // E[v^(4−j) z^j] and E[v^(2−j) z^j] over the half plane and over the wedge, in this order.
  const half = new Float64Array(8);
  const wedge = new Float64Array(8);
  let near = true;
  let overlap = 1;
  let shortfall = 0; // 1 − |R|

  /** Sets the moments for fields at angle φ, or for −v in place of v, at π − φ, which would round a small φ off. */
  function setAngle(phi: number, mirrored: boolean): void {
    const acute = phi < Math.PI / 2;
    near = acute !== mirrored;
    const chi = acute ? phi : supplement(phi);
    const sine = Math.sin(phi);
    overlap = mirrored ? -Math.cos(phi) : Math.cos(phi);
    shortfall = 2 * Math.sin(chi / 2) ** 2;
    const square = sine * sine;
    half[0] = 1.5;
    half[2] = 0.5 * square;
    half[4] = 1.5 * square * square;
    half[5] = 0.5;
    half[7] = 0.5 * square;

    const cosine = Math.abs(overlap);
    const toSide = near ? -sine : sine; // z = toSide · ρ cos ψ
    const quartic = 4 / Math.PI;
    const quadratic = 1 / Math.PI;
    const sineCosine = sine * cosine;
    wedge[0] = quartic * fourthPowerArc(chi);
    wedge[1] = (quartic * toSide * square * square) / 4;
    wedge[2] = (quartic * square * arcMinusSine(2 * chi)) / 16;
    wedge[3] = (quartic * toSide * square * square * (1 + cosine * cosine)) / 4;
    wedge[4] = quartic * square * square * ((3 * chi) / 8 + (sineCosine * (2 * cosine * cosine + 3)) / 8);
    wedge[5] = (quadratic * arcMinusSine(chi, sine, cosine)) / 2;
    wedge[6] = (quadratic * toSide * square) / 2;
    wedge[7] = (quadratic * square * (chi + sineCosine)) / 2;
  }

  /** e = pR − qγ; where the two terms are of one sign it vanishes at |R| = 1 and some γ, and keeps its digits around it. */
  function levelOf(q: number, p: number, gamma: number): number {
    const aligned = near ? p : -p;
    if (aligned === q) return q * (1 - gamma - shortfall);
    return aligned * q > 0 ? aligned - q * gamma - aligned * shortfall : p * overlap - q * gamma;
  }

  /** Adds `sign` times the moments over one region, student and teacher on branches of slopes q and p. */
  function add(m: Float64Array, sign: number, q: number, p: number, gamma: number, out: Float64Array): void {
    if (q === 0) return;
    const e = levelOf(q, p, gamma);
    // E[Δ² v²], E[Δ² v z], E[Δ² z²], and the same to lower powers of Δ.
    const vv = e * e * m[0]! + 2 * e * p * m[1]! + p * p * m[2]!;
    const vz = e * e * m[1]! + 2 * e * p * m[2]! + p * p * m[3]!;
    const zz = e * e * m[2]! + 2 * e * p * m[3]! + p * p * m[4]!;
    const v1 = e * m[5]! + p * m[6]!;
    const z1 = e * m[6]! + p * m[7]!;
    const square = e * v1 + p * z1;
    const noise = noiseVariance;
    const q2 = sign * q * q;
    const q3 = q2 * q;
    const q4 = q3 * q;
    out[0] = out[0]! + q2 * vv;
    out[1] = out[1]! + q2 * vz;
    out[2] = out[2]! + q3 * (e * vv + p * vz + 3 * noise * v1);
    out[3] = out[3]! + q2 * zz;
    out[4] = out[4]! + q3 * (e * vz + p * zz + 3 * noise * z1);
    out[5] = out[5]! + q4 * (e * e * vv + 2 * e * p * vz + p * p * zz + 6 * noise * square);
  }

  /** Adds the terms of the noise alone, which do not know the teacher, over v > 0 with the student's slope q. */
  function addNoise(q: number, out: Float64Array): void {
    const power = q * q * noiseVariance;
    out[0] = out[0]! + power * half[5]!;
    out[3] = out[3]! + power * half[7]!;
    out[5] = out[5]! + 1.5 * power * power;
  }

  return (gamma, phi, out) => {
    // A negative γ is the field −v with −γ.
    const size = Math.abs(gamma);
    setAngle(phi, gamma < 0);
    out.fill(0);
    for (let side = 0; side < 2; side++) {
      const own = side === 0 ? a : b;
      const wide = near === (side === 0) ? c : d;
      const narrow = near === (side === 0) ? d : c;
      addNoise(own, out);
      add(half, 1, own, wide, size, out);
      if (narrow === wide) continue;
      add(wedge, 1, own, narrow, size, out);
      add(wedge, -1, own, wide, size, out);
    }
    if (gamma >= 0) return;
    out[1] = -out[1]!;
    out[2] = -out[2]!;
  };
}
