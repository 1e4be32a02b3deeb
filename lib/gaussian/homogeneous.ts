import type { Activation, FieldAverages } from './activation.js';
import { arcMinusSine, sineMinusArc, supplement } from './angle.js';

/** Turns derivatives of the averages at −γ and −R into those at γ and R: γ and r both change sign under the reflection, and so does E[δv]. */
export function reflectGradient(out: Float64Array): void {
  for (let i = 1; i < 8; i++) if (i !== 4) out[i] = -out[i]!;
}

/**
 * Closed-form averages of g(z) = a z for z > 0 and b z for z < 0, a and b of any size and sign but not both zero: identity
 * (1, 1), ReLU (1, 0), leaky ReLU (1, b), |z| (1, −1).
 *
 * With h = E[g²] = (a² + b²)/2, h₄ = E[g′²g²] = (a⁴ + b⁴)/2 and the correlations
 * A = E[g(u)g(v)]/h = 1 − K, K = (1 − cos φ) − c (sin φ − φ cos φ)/π, c = (a − b)²/(a² + b²),
 * A₄ = 1 − K₄ the same with c₄ = 1 − ab(a² + b²)/(a⁴ + b⁴), one has for γ ≥ 0
 *
 *     E[δv]       = h (A − γ)
 *     E[δ(u−Rv)]  = h sin²φ (1 − cφ/π)
 *     E[δ²]       = h₄ ((γ − A₄)² + B − A₄²),  B = E[g′(v)²g(u)²]/h₄ = 1 − d (φ − sin φ cos φ)/2π,
 *                   d = 2(a² − b²)²/(a⁴ + b⁴)
 *     ε           = h ((γ − A)² + K(2 − K))
 *
 * from the quadrant moments of docs/theory/averages.md. Below φ = π/2 everything is written in K, above it in π − φ, so that
 * no term cancels at either end. A negative γ is the field −v with −γ.
 */
function homogeneousAverages(a: number, b: number): FieldAverages {
  const h = (a * a + b * b) / 2;
  const h4 = (a ** 4 + b ** 4) / 2;
  const c = ((a - b) * (a - b)) / (2 * h);
  const c4 = 1 - (a * b * h) / h4;
  const d = (a * a - b * b) ** 2 / h4;

  // Below φ = π/2 `arc` and `area` belong to φ, above it to π − φ. They are handed on as arguments: a variable that several
  // functions share and change costs an allocation at each write.

  /** (sin ψ − ψ cos ψ)/π. */
  const arcOf = (psi: number, sine: number, cosine: number): number =>
    sineMinusArc(psi, sine, Math.abs(cosine)) / Math.PI;
  /** (ψ − sin ψ cos ψ)/2π. */
  const areaOf = (psi: number, sine: number, cosine: number): number =>
    arcMinusSine(psi, sine, Math.abs(cosine)) / (2 * Math.PI);
  /** K (weight c) or K₄ (weight c₄), for φ < π/2. */
  const shortfall = (weight: number, sine: number, cosine: number, arc: number): number =>
    (sine * sine) / (1 + cosine) - weight * arc;
  /** A or A₄, for φ ≥ π/2. */
  const correlation = (weight: number, cosine: number, arc: number): number =>
    (1 - weight) * cosine + weight * arc;
  /** 1 − weight·φ/π. */
  const gateAgreement = (phi: number, weight: number): number =>
    1 - weight + (weight * supplement(phi)) / Math.PI;

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
    out[1] = h * sine * sine * gateAgreement(phi, c);
    out[3] = h;
    if (phi < Math.PI / 2) {
      const arc = arcOf(phi, sine, cosine);
      const k4 = shortfall(c4, sine, cosine, arc);
      const gap4 = gamma - 1 + k4;
      out[0] = -h * (gamma - 1 + shortfall(c, sine, cosine, arc));
      out[2] = h4 * (gap4 * gap4 + k4 * (2 - k4) - d * areaOf(phi, sine, cosine));
    } else {
      const psi = supplement(phi);
      const arc = arcOf(psi, sine, cosine);
      const a4 = correlation(c4, cosine, arc);
      const gap4 = gamma - a4;
      out[0] = -h * (gamma - correlation(c, cosine, arc));
      out[2] = h4 * (gap4 * gap4 + (1 - d / 2 + d * areaOf(psi, sine, cosine) - a4 * a4));
    }
  }

  function writeGradient(gamma: number, phi: number, out: Float64Array): void {
    if (gamma < 0) {
      writeGradient(-gamma, supplement(phi), out);
      reflectGradient(out);
      return;
    }
    const sine = Math.sin(phi);
    const cosine = Math.cos(phi);
    out[0] = -h;
    out[1] = 0;
    out[2] =
      2 *
      h4 *
      (phi < Math.PI / 2
        ? gamma - 1 + shortfall(c4, sine, cosine, arcOf(phi, sine, cosine))
        : gamma - correlation(c4, cosine, arcOf(supplement(phi), sine, cosine)));
    out[3] = 0;
    out[4] = -h * gateAgreement(phi, c);
    out[5] = h * (2 * cosine * gateAgreement(phi, c) - (c * sine) / Math.PI);
    out[6] = h4 * (2 * gamma * gateAgreement(phi, c4) - (d * sine) / Math.PI);
    out[7] = 0;
  }

  function generalizationError(gamma: number, phi: number): number {
    if (gamma < 0) return generalizationError(-gamma, supplement(phi));
    const sine = Math.sin(phi);
    const cosine = Math.cos(phi);
    if (phi < Math.PI / 2) {
      const k = shortfall(c, sine, cosine, arcOf(phi, sine, cosine));
      return h * ((gamma - 1 + k) ** 2 + k * (2 - k));
    }
    const a1 = correlation(c, cosine, arcOf(supplement(phi), sine, cosine));
    return h * ((gamma - a1) ** 2 + (1 - a1) * (1 + a1));
  }

  return { write, writeGradient, generalizationError };
}

/** A unit with slopes a for z > 0 and b for z < 0, any finite numbers not both zero, its averages in closed form. */
export function homogeneousUnit(name: string, [a, b]: readonly [number, number]): Activation {
  const bent = a !== b;
  return {
    name,
    value: bent ? (z) => (z > 0 ? a : b) * z : (z) => a * z,
    derivative: bent ? (z) => (z >= 0 ? a : b) : () => a,
    kinks: bent ? [0] : [],
    slopes: [a, b],
    averages: homogeneousAverages(a, b),
  };
}
