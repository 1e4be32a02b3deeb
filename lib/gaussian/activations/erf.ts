import { erf as errorFunction } from '../../numerics/special-functions.js';
import type { Activation, FieldAverages } from '../activation.js';

const GAIN = 2 / Math.PI; // g′(0)²

/**
 * E[(g(x) − g(y))²] for g(z) = erf(z/√2) and zero-mean Gaussian x, y of variances q₁, q₂ at angle ω (the arccosine of
 * their correlation): (2/π)(α + β − 2χ′), sin α = q₁/(1+q₁), sin β = q₂/(1+q₂), sin χ′ = cos ω √(sin α sin β)
 * (Saad & Solla, Phys. Rev. E 52, 4225 (1995)).
 *
 * The three arcs cancel where x → y. With sin²χ = sin α sin β the sum splits into two terms that are each ≥ 0:
 * α + β − 2χ = 2 arcsin[sin²((α−β)/2)/sin((α+β)/2 + χ)] and 2(χ − χ′), the latter by the sine of a difference.
 *
 * @param difference q₁ − q₂, given apart because the caller knows it without cancellation
 */
function meanSquaredDifference(q1: number, q2: number, difference: number, omega: number): number {
  const sinAlpha = q1 / (1 + q1);
  const sinBeta = q2 / (1 + q2);
  const cosAlpha = Math.sqrt(1 + 2 * q1) / (1 + q1);
  const cosBeta = Math.sqrt(1 + 2 * q2) / (1 + q2);
  const sineGap =
    ((difference / ((1 + q1) * (1 + q2))) * (sinAlpha + sinBeta)) / (sinAlpha * cosBeta + sinBeta * cosAlpha);
  const halfGapSine = Math.sin(Math.asin(sineGap) / 2);
  const sinChi = Math.sqrt(sinAlpha * sinBeta);
  const chi = Math.asin(sinChi);
  const mean = (Math.asin(sinAlpha) + Math.asin(sinBeta)) / 2;
  const unequalVariance = 2 * Math.asin((halfGapSine * halfGapSine) / Math.sin(mean + chi));

  const cosine = Math.cos(omega);
  const sinChiPrime = sinChi * cosine;
  if (cosine <= 0) return (2 / Math.PI) * (unequalVariance + 2 * (chi - Math.asin(sinChiPrime)));
  const sine = Math.sin(omega);
  const arcSine =
    (sinChi * sine * sine) /
    (Math.sqrt(1 - sinChiPrime * sinChiPrime) + cosine * Math.sqrt((1 - sinChi) * (1 + sinChi)));
  return (2 / Math.PI) * (unequalVariance + 2 * Math.asin(arcSine));
}

/** E[δ²]/E[g′²]: the factor g′(γv)² turns v into a normal field of variance τ = 1/(1 + 2γ²). */
function reweightedError(gamma: number, teacherLength: number, sine: number, cosineOfAngle: number): number {
  const power = teacherLength * teacherLength;
  const size = Math.abs(gamma);
  const square = gamma * gamma;
  const tau = 1 / (1 + 2 * square);
  const cosine = gamma < 0 ? -cosineOfAngle : cosineOfAngle;
  const teacherVariance = power * (cosine * cosine * tau + sine * sine);
  const difference =
    tau * ((teacherLength - size) * (teacherLength + size) + 2 * power * square * sine * sine);
  const omega = Math.atan2(sine, cosine * Math.sqrt(tau));
  return meanSquaredDifference(teacherVariance, square * tau, difference, omega);
}

/** ∂ arcsin(q₁₂/√((1+q₁)(1+q₂))) and ∂ arcsin(q/(1+q)) assembled into the derivative of the arc sum. */
function arcSumDerivative(
  q1: number,
  q2: number,
  q12: number,
  dq1: number,
  dq2: number,
  dq12: number,
): number {
  const norm = Math.sqrt((1 + q1) * (1 + q2));
  const dSine = dq12 / norm - (q12 / norm) * (dq1 / (2 * (1 + q1)) + dq2 / (2 * (1 + q2)));
  const cosine = Math.sqrt(1 - (q12 / norm) * (q12 / norm));
  const teacherArc = dq1 / ((1 + q1) * Math.sqrt(1 + 2 * q1));
  const studentArc = dq2 / ((1 + q2) * Math.sqrt(1 + 2 * q2));
  return (2 / Math.PI) * (teacherArc + studentArc - (2 * dSine) / cosine);
}

/**
 * Closed forms for g(z) = erf(z/√2), every Gaussian weight g′ absorbed into the variance of v, and a teacher g(Tu)
 * (docs/theory/averages.md#the-error-function).
 *
 * @param teacherLength T > 0
 */
export function erfAverages(teacherLength: number): FieldAverages {
  const power = teacherLength * teacherLength;

  function write(
    gamma: number,
    phi: number,
    out: Float64Array,
    sine = Math.sin(phi),
    cosine = Math.cos(phi),
  ): void {
    const square = gamma * gamma;
    const root = Math.sqrt(1 + power + square * (1 + power * sine * sine));
    const width = Math.sqrt(1 + 2 * square);
    out[0] = (GAIN / (1 + square)) * ((teacherLength * cosine) / root - gamma / width);
    out[1] = (GAIN * teacherLength * sine * sine) / root;
    out[3] = GAIN / width;
    out[2] = out[3] * reweightedError(gamma, teacherLength, sine, cosine);
  }

  function writeGradient(gamma: number, phi: number, out: Float64Array): void {
    const square = gamma * gamma;
    const overlap = Math.cos(phi);
    const sineSquare = Math.sin(phi) ** 2;
    const turned = 1 + power * sineSquare;
    const p = 1 + power + square * turned;
    const p32 = p * Math.sqrt(p);
    const width = 1 + 2 * square;
    const width32 = width * Math.sqrt(width);
    const tau = 1 / width;
    const envelope = GAIN / (1 + square);

    const drift = envelope * ((teacherLength * overlap) / Math.sqrt(p) - gamma / Math.sqrt(width));
    out[0] =
      (-2 * gamma * drift) / (1 + square) -
      envelope * ((teacherLength * overlap * gamma * turned) / p32 + 1 / width32);
    out[4] = (-(1 + power) * teacherLength * GAIN) / p32;
    out[1] = (-GAIN * teacherLength * sineSquare * gamma * turned) / p32;
    out[5] = GAIN * teacherLength * overlap * (2 / Math.sqrt(p) - (power * sineSquare * square) / p32);
    out[3] = (-2 * GAIN * gamma) / width32;
    out[7] = 0;

    const q1 = power * (overlap * overlap * tau + sineSquare);
    const q2 = square * tau;
    const q12 = teacherLength * gamma * overlap * tau;
    const dTau = -4 * gamma * tau * tau;
    const alongGamma = arcSumDerivative(
      q1,
      q2,
      q12,
      power * overlap * overlap * dTau,
      2 * gamma * tau * tau,
      teacherLength * overlap * tau * (1 - 4 * square * tau),
    );
    const alongR = arcSumDerivative(
      q1,
      q2,
      q12,
      2 * power * overlap * (1 - tau),
      0,
      -teacherLength * gamma * tau,
    );
    const gain = GAIN / Math.sqrt(width);
    out[2] = out[3] * reweightedError(gamma, teacherLength, Math.sin(phi), overlap) + gain * alongGamma;
    out[6] = gain * alongR;
  }

  return {
    write,
    writeGradient,
    generalizationError(gamma, phi) {
      const size = Math.abs(gamma);
      const omega = gamma < 0 ? Math.PI - phi : phi;
      const difference = (teacherLength - size) * (teacherLength + size);
      return meanSquaredDifference(power, size * size, difference, omega);
    },
  };
}

/** The sigmoidal unit g(z) = erf(z/√2) of the soft-committee literature. */
export const erf: Activation = {
  name: 'erf',
  value: (z) => errorFunction(z * Math.SQRT1_2),
  derivative: (z) => Math.sqrt(GAIN) * Math.exp((-z * z) / 2),
  kinks: [],
  averages: erfAverages(1),
};
