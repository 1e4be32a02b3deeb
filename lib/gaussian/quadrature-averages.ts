import type { ActivationFunction, FieldAverages } from './activation.js';
import { finiteDifferenceGradient } from './finite-difference-gradient.js';
import type { VectorIntegrand } from '../numerics/adaptive-quadrature.js';
import { normalDensity } from '../numerics/normal.js';
import { nestedAverages, type StudentIntegrand } from './nested-averages.js';

/** Field averages by quadrature, which know how accurate they are. */
export interface QuadratureAverages extends FieldAverages {
  /** Estimated error of the averages at (γ, φ), relative to E|f| of each. */
  relativeError(gamma: number, phi: number): number;
}

const TOLERANCE = 1e-13;
// An average that quadrature cannot bring below this relative error is given as NaN, not as a number.
const USELESS = 1e-6;

/**
 * Averages of any continuous activations of student and teacher by nested quadrature: over v, and at fixed v over
 * z = (u − Rv)/sin φ, the part of the teacher's field that the student does not see. Panels are split at the kinks of both
 * functions, and at the layers of width sin φ that the inner average leaves around them. With
 * s = sin φ, D₁ = E_z[g*(u) − g(γv)], D₂ = E_z[(g*(u) − g(γv))²], G = E_z[g*′(u)]:
 *
 *     E[δv] = E[g′(γv) v D₁],  E[δ(u−Rv)] = s² E[g′(γv) G] (Stein's lemma),  E[δ²] = E[g′(γv)² D₂],  ε = E[D₂].
 *
 * Accuracy: 1e-9 of E|f| for |γ| ≤ 100 and activations that vary on the scale of 1, estimated at each call.
 */
export function quadratureAverages(
  student: ActivationFunction,
  teacher: ActivationFunction = student,
  teacherLength = 1,
): QuadratureAverages {
  const { value, derivative, kinks } = student;
  const average = nestedAverages(3, 5, TOLERANCE, USELESS);
  const result = new Float64Array(10);
  let last = { gamma: NaN, phi: NaN, error: NaN };

  /** D₁, D₂, G at fixed v. */
  function teacherIntegrand(centre: number, sine: number, output: number): VectorIntegrand {
    return (z, out) => {
      const u = centre + sine * z;
      const weight = normalDensity(z);
      const label = teacher.value(u);
      const gap = label - output;
      out[0] = weight * gap;
      out[1] = weight * gap * gap;
      out[2] = weight * teacher.derivative(u);
      const size = Math.abs(label) + Math.abs(output);
      out[3] = weight * size;
      out[4] = out[3] * Math.abs(gap);
      out[5] = Math.abs(out[2]);
    };
  }

  function evaluate(gamma: number, phi: number): number {
    if (last.gamma === gamma && last.phi === phi) return last.error;
    const sine = Math.sin(phi);
    const fields = { gamma, overlap: Math.cos(phi), sine, teacherKinks: teacher.kinks, studentKinks: kinks };
    const overTeacher = (v: number, centre: number): VectorIntegrand =>
      teacherIntegrand(centre, sine, value(gamma * v));
    const overStudent: StudentIntegrand = (v, conditional, out) => {
      const weight = normalDensity(v);
      const slope = derivative(gamma * v);
      out[0] = weight * slope * v * conditional[0]!;
      out[1] = weight * sine * sine * slope * conditional[2]!;
      out[2] = weight * slope * slope * conditional[1]!;
      out[3] = weight * slope * slope;
      out[4] = weight * conditional[1]!;
      out[5] = Math.abs(weight * slope * v) * conditional[3]!;
      out[6] = Math.abs(weight * sine * sine * slope) * conditional[5]!;
      out[7] = weight * slope * slope * conditional[4]!;
      out[8] = out[3];
      out[9] = weight * conditional[4]!;
    };
    const error = average(fields, overTeacher, overStudent, result);
    last = { gamma, phi, error };
    return error;
  }

  function write(gamma: number, phi: number, out: Float64Array): void {
    evaluate(gamma, phi);
    for (let i = 0; i < 4; i++) out[i] = result[i]!;
  }

  return {
    write,
    writeGradient: finiteDifferenceGradient(write, teacherLength),
    generalizationError(gamma, phi) {
      evaluate(gamma, phi);
      return result[4]!;
    },
    relativeError: evaluate,
  };
}
