import type { ActivationFunction, FieldAverages } from './activation.js';
import { finiteDifferenceGradient } from './finite-difference-gradient.js';
import type { Fields } from './field-panels.js';
import { nestedAverages, type FieldFunctions } from './nested-averages.js';

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
 * s = sin φ, Δ = g*(u) − g(γv):
 *
 *     E[δv] = E[g′(γv) v Δ],  E[δ(u−Rv)] = s² E[g′(γv) g*′(u)] (Stein's lemma),  E[δ²] = E[g′(γv)² Δ²],  ε = E[Δ²].
 *
 * Accuracy: 1e-9 of E|f| for |γ| ≤ 100 and activations that vary on the scale of 1, estimated at each call.
 *
 * @param teacher its output as a function of u; default that of the student
 * @param teacherLength T where that is g*(Tu) and g* varies on the scale of 1
 */
export function quadratureAverages(
  student: ActivationFunction,
  teacher: ActivationFunction = student,
  teacherLength = 1,
): QuadratureAverages {
  const { value, derivative, kinks } = student;
  const averages = nestedAverages(4, TOLERANCE, USELESS);
  const squaredGap = nestedAverages(1, TOLERANCE, USELESS);
  const result = new Float64Array(8);
  const error = new Float64Array(2);
  let last = { gamma: NaN, phi: NaN, error: NaN };

  function fieldsAt(gamma: number, phi: number): Fields {
    const [overlap, sine] = [Math.cos(phi), Math.sin(phi)];
    return { gamma, overlap, sine, teacherKinks: teacher.kinks, studentKinks: kinks };
  }

  function evaluate(gamma: number, phi: number): number {
    if (last.gamma === gamma && last.phi === phi) return last.error;
    const fields = fieldsAt(gamma, phi);
    const square = fields.sine * fields.sine;
    const functions: FieldFunctions = (v) => {
      const output = value(gamma * v);
      const slope = derivative(gamma * v);
      return (u, _z, out) => {
        const label = teacher.value(u);
        const gap = label - output;
        const size = Math.abs(label) + Math.abs(output);
        out[0] = slope * v * gap;
        out[1] = square * slope * teacher.derivative(u);
        out[2] = slope * slope * gap * gap;
        out[3] = slope * slope;
        out[4] = Math.abs(slope * v) * size;
        out[5] = Math.abs(out[1]);
        out[6] = slope * slope * size * Math.abs(gap);
        out[7] = out[3];
      };
    };
    last = { gamma, phi, error: averages(fields, functions, result) };
    return last.error;
  }

  function write(gamma: number, phi: number, out: Float64Array): void {
    evaluate(gamma, phi);
    for (let i = 0; i < 4; i++) out[i] = result[i]!;
  }

  return {
    write,
    writeGradient: finiteDifferenceGradient(write, teacherLength),
    generalizationError(gamma, phi) {
      const functions: FieldFunctions = (v) => {
        const output = value(gamma * v);
        return (u, _z, out) => {
          const label = teacher.value(u);
          const gap = label - output;
          out[0] = gap * gap;
          out[1] = (Math.abs(label) + Math.abs(output)) * Math.abs(gap);
        };
      };
      squaredGap(fieldsAt(gamma, phi), functions, error);
      return error[0]!;
    },
    relativeError: evaluate,
  };
}
