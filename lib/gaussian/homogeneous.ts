import { requireFinite, rangeError } from '../foundation/checks.js';
import type { Activation, FieldAverages } from './activation.js';
import { arcMinusSine, sineMinusArc, supplement } from './angle.js';

/**
 * Closed-form averages of g(z) = a z for z > 0 and b z for z < 0: identity (1, 1), ReLU (1, 0), leaky ReLU (1, b).
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
 * from the quadrant moments of THEORY.md section 2. Below φ = π/2 everything is written in K, above it in π − φ, so that
 * no term cancels at either end. A negative γ is the field −v with −γ.
 */
function homogeneousAverages(a: number, b: number): FieldAverages {
  const h = (a * a + b * b) / 2;
  const h4 = (a ** 4 + b ** 4) / 2;
  const c = ((a - b) * (a - b)) / (2 * h);
  const c4 = 1 - (a * b * h) / h4;
  const d = (a * a - b * b) ** 2 / h4;

  // What all averages at one φ share, computed once. Below φ = π/2 `arc` and `area` belong to φ, above it to π − φ.
  let near = true;
  let sine = 0;
  let cosine = 0;
  let arc = 0;
  let area = 0;
  function setAngle(phi: number): void {
    near = phi < Math.PI / 2;
    sine = Math.sin(phi);
    cosine = Math.cos(phi);
    const angle = near ? phi : supplement(phi);
    arc = sineMinusArc(angle, sine, Math.abs(cosine)) / Math.PI;
    area = arcMinusSine(angle, sine, Math.abs(cosine)) / (2 * Math.PI);
  }
  /** 1 − cos φ − weight (sin φ − φ cos φ)/π, for φ < π/2. */
  function shortfall(weight: number): number {
    return (sine * sine) / (1 + cosine) - weight * arc;
  }
  /** The same subtracted from one, for φ ≥ π/2. */
  function correlation(weight: number): number {
    return (1 - weight) * cosine + weight * arc;
  }
  /** γ minus the correlation A (weight c) or A₄ (weight c₄). */
  function scaleGap(gamma: number, weight: number): number {
    return near ? gamma - 1 + shortfall(weight) : gamma - correlation(weight);
  }
  /** 1 − weight·φ/π. */
  function gateAgreement(phi: number, weight: number): number {
    return 1 - weight + (weight * supplement(phi)) / Math.PI;
  }
  /** B − A₄². */
  function squaredDeltaFloor(): number {
    if (near) {
      const k4 = shortfall(c4);
      return k4 * (2 - k4) - d * area;
    }
    const a4 = correlation(c4);
    return 1 - d / 2 + d * area - a4 * a4;
  }

  function write(gamma: number, phi: number, out: Float64Array): void {
    if (gamma < 0) {
      write(-gamma, supplement(phi), out);
      out[0] = -out[0]!;
      return;
    }
    setAngle(phi);
    const gap4 = scaleGap(gamma, c4);
    out[0] = -h * scaleGap(gamma, c);
    out[1] = h * sine * sine * gateAgreement(phi, c);
    out[2] = h4 * (gap4 * gap4 + squaredDeltaFloor());
    out[3] = h;
  }

  function writeGradient(gamma: number, phi: number, out: Float64Array): void {
    if (gamma < 0) {
      writeGradient(-gamma, supplement(phi), out);
      // γ and r both change sign under the reflection, and so does E[δv].
      for (let i = 1; i < 8; i++) if (i !== 4) out[i] = -out[i]!;
      return;
    }
    setAngle(phi);
    out[0] = -h;
    out[1] = 0;
    out[2] = 2 * h4 * scaleGap(gamma, c4);
    out[3] = 0;
    out[4] = -h * gateAgreement(phi, c);
    out[5] = h * (2 * cosine * gateAgreement(phi, c) - (c * sine) / Math.PI);
    out[6] = h4 * (2 * gamma * gateAgreement(phi, c4) - (d * sine) / Math.PI);
    out[7] = 0;
  }

  function generalizationError(gamma: number, phi: number): number {
    if (gamma < 0) return generalizationError(-gamma, supplement(phi));
    setAngle(phi);
    const gap = scaleGap(gamma, c);
    const k = near ? shortfall(c) : 1 - correlation(c);
    return h * (gap * gap + k * (2 - k));
  }

  return { write, writeGradient, generalizationError };
}

/** The linear unit g(z) = z. */
export const identity: Activation = {
  name: 'identity',
  value: (z) => z,
  derivative: () => 1,
  kinks: [],
  slopes: [1, 1],
  averages: homogeneousAverages(1, 1),
};

/** The rectified linear unit g(z) = max(z, 0). */
export const relu: Activation = {
  name: 'relu',
  value: (z) => (z > 0 ? z : 0),
  derivative: (z) => (z >= 0 ? 1 : 0),
  kinks: [0],
  slopes: [1, 0],
  averages: homogeneousAverages(1, 0),
};

/**
 * The leaky rectified linear unit g(z) = z for z > 0 and slope·z for z < 0.
 *
 * @param slope slope on the negative side, any finite number but 1 (which is `identity`)
 * @throws RangeError when the slope is not finite or is 1
 * @example
 * leakyRelu(0.1).value(-2); // −0.2
 */
export function leakyRelu(slope = 0.01): Activation {
  requireFinite('slope', slope);
  if (slope === 1) throw rangeError('slope', 'different from 1 (use identity)', slope);
  return {
    name: `leaky-relu(${slope})`,
    value: (z) => (z > 0 ? z : slope * z),
    derivative: (z) => (z >= 0 ? 1 : slope),
    kinks: [0],
    slopes: [1, slope],
    averages: homogeneousAverages(1, slope),
  };
}
