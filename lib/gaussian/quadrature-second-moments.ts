import type { VectorIntegrand } from '../numerics/adaptive-quadrature.js';
import { normalDensity } from '../numerics/normal.js';
import { nestedAverages, type StudentIntegrand } from './nested-averages.js';
import type { ActivationFunction } from './activation.js';
import type { SecondMoments } from './second-moments.js';

const TOLERANCE = 1e-11;
// Moments that quadrature cannot bring below this relative error are given as NaN, not as numbers.
const USELESS = 1e-6;

/** Writes size·Δᵏ⁻¹ for k = 1…4, then size times z, Δz, Δz², Δ²z, to the eight entries from `at`. */
function writePowers(gap: number, z: number, size: number, at: number, out: Float64Array): void {
  out[at] = size;
  out[at + 1] = size * gap;
  out[at + 2] = size * gap * gap;
  out[at + 3] = size * gap * gap * gap;
  out[at + 4] = size * z;
  out[at + 5] = size * gap * z;
  out[at + 6] = size * gap * z * z;
  out[at + 7] = size * gap * gap * z;
}

/**
 * Second moments of any continuous activations of student and teacher by nested quadrature, over v and at fixed v over z = u − Rv, normal of deviation
 * s = sin φ. With Δ = g*(u) − g(γv), averages over z alone in brackets:
 *
 *     E[p₁²] = E[g′²v²(⟨Δ²⟩ + S)],   E[p₁p₂] = E[g′²v⟨Δ²z⟩],   E[p₂²] = E[g′²(⟨Δ²z²⟩ + S s²)],
 *     E[p₁p₃] = E[g′³v(⟨Δ³⟩ + 3S⟨Δ⟩)],   E[p₂p₃] = E[g′³(⟨Δ³z⟩ + 3S⟨Δz⟩)],   E[p₃²] = E[g′⁴(⟨Δ⁴⟩ + 6S⟨Δ²⟩ + 3S²)],
 *
 * g′ at γv. Panels as for `quadratureAverages`. Accuracy: 1e-8 of E|f| for |γ| ≤ 100, estimated at each call; NaN where
 * the estimate exceeds 1e-6.
 */
export function quadratureSecondMoments(
  student: ActivationFunction,
  teacher: ActivationFunction,
  noiseVariance: number,
): SecondMoments {
  const { value, derivative, kinks } = student;
  const average = nestedAverages(8, 6, TOLERANCE, USELESS);
  const result = new Float64Array(12);

  /** ⟨Δ⟩, ⟨Δ²⟩, ⟨Δ³⟩, ⟨Δ⁴⟩, ⟨Δz⟩, ⟨Δ²z⟩, ⟨Δ²z²⟩, ⟨Δ³z⟩ at fixed v, and what their terms add up to before they cancel. */
  function teacherIntegrand(centre: number, sine: number, output: number): VectorIntegrand {
    return (x, out) => {
      const z = sine * x;
      const weight = normalDensity(x);
      const label = teacher.value(centre + z);
      const gap = label - output;
      writePowers(gap, z, weight * gap, 0, out);
      writePowers(Math.abs(gap), Math.abs(z), weight * (Math.abs(label) + Math.abs(output)), 8, out);
    };
  }

  /** The six integrands from the conditional averages that begin at `from`. */
  function combine(
    c: Float64Array,
    from: number,
    v: number,
    slope: number,
    sine: number,
    weight: number,
    out: Float64Array,
  ): void {
    const at = from === 0 ? 0 : 6;
    const noise = noiseVariance;
    const square = weight * slope * slope;
    const cube = square * slope;
    out[at] = square * v * v * (c[from + 1]! + noise);
    out[at + 1] = square * v * c[from + 5]!;
    out[at + 2] = cube * v * (c[from + 2]! + 3 * noise * c[from]!);
    out[at + 3] = square * (c[from + 6]! + noise * sine * sine);
    out[at + 4] = cube * (c[from + 7]! + 3 * noise * c[from + 4]!);
    out[at + 5] = cube * slope * (c[from + 3]! + 6 * noise * c[from + 1]! + 3 * noise * noise);
  }

  return (gamma, phi, out) => {
    const sine = Math.sin(phi);
    const fields = { gamma, overlap: Math.cos(phi), sine, teacherKinks: teacher.kinks, studentKinks: kinks };
    const overTeacher = (v: number, centre: number): VectorIntegrand =>
      teacherIntegrand(centre, sine, value(gamma * v));
    const overStudent: StudentIntegrand = (v, conditional, at) => {
      const slope = derivative(gamma * v);
      const weight = normalDensity(v);
      combine(conditional, 0, v, slope, sine, weight, at);
      combine(conditional, 8, Math.abs(v), Math.abs(slope), sine, weight, at);
    };
    average(fields, overTeacher, overStudent, result);
    for (let i = 0; i < 6; i++) out[i] = result[i]!;
  };
}
