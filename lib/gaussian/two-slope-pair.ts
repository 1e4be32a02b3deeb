import type { FieldAverages, Slopes } from './activation.js';
import { arcMinusSine, sineMinusArc, supplement } from './angle.js';
import { reflectGradient } from './homogeneous.js';

/** A teacher of slopes c and d as seen from one end of φ, with what its fields make of those of the student. */
interface Side {
  readonly c: number;
  readonly d: number;
  /** ½(ac + bd) and ½(a³c + b³d). */
  readonly along: readonly [number, number];
  /** (a² − b²)(c² − d²)/2π. */
  readonly twist: number;
}

function sideOf([a, b]: Slopes, [c, d]: Slopes): Side {
  return {
    c,
    d,
    along: [(a * c + b * d) / 2, (a ** 3 * c + b ** 3 * d) / 2],
    twist: ((a * a - b * b) * (c * c - d * d)) / (2 * Math.PI),
  };
}

/**
 * Closed-form averages of a student of slopes a for z > 0 and b for z < 0, not both zero, and a teacher of slopes c and d
 * (docs/theory/averages.md#two-slopes-and-two-others).
 *
 * E[g′(v)^(k−1)g(v) g*(u)] falls from its value at φ = 0 by
 * D_k = ½(aᵏc + bᵏd)(1 − cos φ) − (aᵏ − bᵏ)(c − d) q, q = (sin φ − φ cos φ)/2π. With p = (φ − sin φ cos φ)/2π one has for γ ≥ 0
 *
 *     E[δv]       = ½a(c − γa) + ½b(d − γb) − D₁
 *     E[δ(u−Rv)]  = sin²φ G₁,  G_k = E[g*′(u)g′(v)ᵏ] = ((aᵏc + bᵏd)(π − φ) + (aᵏd + bᵏc) φ)/2π
 *     E[δ²]       = ½a²(c − γa)² + ½b²(d − γb)² + 2γD₃ − (a² − b²)(c² − d²) p
 *     ε           = ½(c − γa)² + ½(d − γb)² + 2γD₁
 *
 * Where the two are proportional all of it falls to zero at one γ as φ → 0, and no term cancels. Above φ = π/2 the teacher is
 * seen from the other end, as one of slopes −d and −c at −u. A negative γ is the field −v with −γ.
 */
export function twoSlopePairAverages(student: Slopes, teacher: Slopes): FieldAverages {
  const [a, b] = student;
  const [c, d] = teacher;
  const h = (a * a + b * b) / 2;
  const near = sideOf(student, teacher);
  const far = sideOf(student, [-d, -c]);
  // (aᵏ − bᵏ)(c − d)/2π, the same from both ends.
  const bend = ((a - b) * (c - d)) / (2 * Math.PI);
  const bend3 = ((a ** 3 - b ** 3) * (c - d)) / (2 * Math.PI);

  const sideAt = (phi: number): Side => (phi < Math.PI / 2 ? near : far);
  const fromEnd = (phi: number): number => (phi < Math.PI / 2 ? phi : supplement(phi));
  /** 1 − cos ψ at the angle ψ from the nearer end. */
  const versine = (sine: number, cosine: number): number => (sine * sine) / (1 + Math.abs(cosine));
  const gates = (a: number, b: number, phi: number): number =>
    ((a * c + b * d) * supplement(phi) + (a * d + b * c) * phi) / (2 * Math.PI);

  function write(
    gamma: number,
    phi: number,
    out: Float64Array,
    sine = Math.sin(phi),
    cosine = Math.cos(phi),
  ): void {
    if (gamma < 0) {
      write(-gamma, supplement(phi), out, sine, -cosine);
      out[0] = -out[0]!;
      return;
    }
    const { c, d, along, twist } = sideAt(phi);
    const psi = fromEnd(phi);
    const level = versine(sine, cosine);
    const arc = sineMinusArc(psi, sine, Math.abs(cosine));
    const right = c - gamma * a;
    const left = d - gamma * b;
    out[0] = (a * right + b * left) / 2 - (along[0] * level - bend * arc);
    out[1] = sine * sine * gates(a, b, phi);
    out[2] =
      ((a * right) ** 2 + (b * left) ** 2) / 2 +
      2 * gamma * (along[1] * level - bend3 * arc) -
      twist * arcMinusSine(psi, sine, Math.abs(cosine));
    out[3] = h;
  }

  function writeGradient(gamma: number, phi: number, out: Float64Array): void {
    if (gamma < 0) {
      writeGradient(-gamma, supplement(phi), out);
      reflectGradient(out);
      return;
    }
    const sine = Math.sin(phi);
    const cosine = Math.cos(phi);
    const { c, d, along } = sideAt(phi);
    const fall3 =
      along[1] * versine(sine, cosine) - bend3 * sineMinusArc(fromEnd(phi), sine, Math.abs(cosine));
    const open = gates(a, b, phi);
    out[0] = -h;
    out[1] = 0;
    out[2] = 2 * fall3 - a ** 3 * (c - gamma * a) - b ** 3 * (d - gamma * b);
    out[3] = 0;
    out[4] = -open;
    out[5] = 2 * cosine * open - bend * sine;
    out[6] = 2 * (gamma * gates(a ** 3, b ** 3, phi) - near.twist * sine);
    out[7] = 0;
  }

  function generalizationError(gamma: number, phi: number): number {
    if (gamma < 0) return generalizationError(-gamma, supplement(phi));
    const sine = Math.sin(phi);
    const cosine = Math.cos(phi);
    const { c, d, along } = sideAt(phi);
    const fall = along[0] * versine(sine, cosine) - bend * sineMinusArc(fromEnd(phi), sine, Math.abs(cosine));
    return ((c - gamma * a) ** 2 + (d - gamma * b) ** 2) / 2 + 2 * gamma * fall;
  }

  return { write, writeGradient, generalizationError };
}
