import { nestedAverages, type FieldFunctions } from './nested-averages.js';
import type { ActivationFunction } from './activation.js';
import type { SecondMoments } from './second-moments.js';

const TOLERANCE = 1e-11;
// Moments that quadrature cannot bring below this relative error are given as NaN, not as numbers.
const USELESS = 1e-6;

/**
 * Second moments of any continuous activations of student and teacher by nested quadrature, over v and at fixed v over
 * z = u − Rv, normal of deviation sin φ. With Δ = g*(u) − g(γv):
 *
 *     E[p₁²] = E[g′²v²(Δ² + S)],   E[p₁p₂] = E[g′²vzΔ²],   E[p₂²] = E[g′²z²(Δ² + S)],
 *     E[p₁p₃] = E[g′³v(Δ³ + 3SΔ)],   E[p₂p₃] = E[g′³z(Δ³ + 3SΔ)],   E[p₃²] = E[g′⁴(Δ⁴ + 6SΔ² + 3S²)],
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
  const average = nestedAverages(6, TOLERANCE, USELESS);
  const result = new Float64Array(12);

  /** The six integrands, one factor Δ of each power taken as `size`, to the entries from `at`. */
  function write(
    gap: number,
    size: number,
    v: number,
    z: number,
    slope: number,
    at: number,
    out: Float64Array,
  ): void {
    const square = slope * slope;
    const power = square * (size * gap + noiseVariance);
    const cube = square * slope * size * (gap * gap + 3 * noiseVariance);
    out[at] = power * v * v;
    out[at + 1] = square * size * gap * v * z;
    out[at + 2] = cube * v;
    out[at + 3] = power * z * z;
    out[at + 4] = cube * z;
    out[at + 5] =
      square * square * (size * gap * (gap * gap + 6 * noiseVariance) + 3 * noiseVariance * noiseVariance);
  }

  return (gamma, phi, out) => {
    const sine = Math.sin(phi);
    const fields = { gamma, overlap: Math.cos(phi), sine, teacherKinks: teacher.kinks, studentKinks: kinks };
    const functions: FieldFunctions = (v) => {
      const output = value(gamma * v);
      const slope = derivative(gamma * v);
      return (u, z, at) => {
        const label = teacher.value(u);
        const gap = label - output;
        const size = Math.abs(label) + Math.abs(output);
        write(gap, gap, v, z, slope, 0, at);
        write(Math.abs(gap), size, Math.abs(v), Math.abs(z), Math.abs(slope), 6, at);
      };
    };
    average(fields, functions, result);
    for (let i = 0; i < 6; i++) out[i] = result[i]!;
  };
}
