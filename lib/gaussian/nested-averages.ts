import { beat } from '../foundation/turns.js';
import { adaptiveQuadrature, type VectorIntegrand } from '../numerics/adaptive-quadrature.js';
import { NORMAL } from '../numerics/normal.js';
import { studentPanels, teacherPanels, type Fields } from './field-panels.js';

/** Integrands over v, times the normal density of v, and the sizes of their terms, made of averages over z at this v. */
export type StudentIntegrand = (v: number, conditional: Float64Array, out: Float64Array) => void;

/**
 * Averages over both fields by nested adaptive quadrature: over v, and at fixed v over z, the part of the teacher's field
 * u = Rv + sz that the student does not see. At s = 0 one integral is left.
 *
 * @param teacher gives the integrands over z, times its normal density, at given v and centre Rv
 * @param out the averages, then the sizes of their terms; all NaN where quadrature cannot bring them below the error allowed
 * @returns the estimated error, relative to the sizes
 */
export type NestedAverages = (
  fields: Fields,
  teacher: (v: number, centre: number) => VectorIntegrand,
  student: StudentIntegrand,
  out: Float64Array,
) => number;

/**
 * Nested quadrature of so many integrands over z and over v; its buffers are allocated once.
 *
 * @param tolerance relative error of averages over z; a hundred times that over v
 * @param allowed relative error from which on averages are of no use
 */
export function nestedAverages(
  teacherCount: number,
  studentCount: number,
  tolerance: number,
  allowed: number,
): NestedAverages {
  const inner = adaptiveQuadrature(teacherCount, tolerance);
  const outer = adaptiveQuadrature(studentCount, 100 * tolerance);
  const conditional = new Float64Array(2 * teacherCount);

  return (fields, teacher, student, out) => {
    const { overlap, sine, teacherKinks } = fields;
    let innerError = 0;

    function averageOverTeacher(v: number): void {
      const centre = overlap * v;
      const integrand = teacher(v, centre);
      if (sine === 0) {
        integrand(0, conditional);
        for (let i = 0; i < conditional.length; i++) conditional[i] = conditional[i]! / NORMAL;
        return;
      }
      const error = inner.integrate(integrand, teacherPanels(teacherKinks, centre, sine), conditional);
      if (!(error <= innerError)) innerError = error; // NaN stays
    }

    const integrand: VectorIntegrand = (v, at) => {
      if (!(innerError < allowed)) {
        at.fill(NaN); // nothing would come of the rest
        return;
      }
      beat();
      averageOverTeacher(v);
      student(v, conditional, at);
    };
    const outerError = outer.integrate(integrand, studentPanels(fields), out);
    const error = innerError > outerError ? innerError : outerError;
    if (!(error < allowed)) out.fill(NaN);
    return error;
  };
}
