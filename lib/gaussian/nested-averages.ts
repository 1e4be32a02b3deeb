import { beat } from '../foundation/turns.js';
import { adaptiveQuadrature, type VectorIntegrand } from '../numerics/adaptive-quadrature.js';
import { normalDensity } from '../numerics/normal.js';
import { studentPanels, teacherPanels, type Fields } from './field-panels.js';

/** Functions of both fields at a given v: writes them at u = Rv + z, and then the sizes of their terms before they cancel. */
export type FieldFunctions = (v: number) => (u: number, z: number, out: Float64Array) => void;

/**
 * Averages over both fields by nested adaptive quadrature: over v, and at fixed v over z, the part of the teacher's field
 * u = Rv + z that the student does not see, of deviation s. At s = 0 one integral is left.
 *
 * @param out the averages, then the sizes of their terms; all NaN where quadrature cannot bring them below the error allowed
 * @returns the estimated error, relative to the sizes
 */
export type NestedAverages = (fields: Fields, functions: FieldFunctions, out: Float64Array) => number;

function scale(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] = factor * values[i]!;
}

/**
 * Nested quadrature of so many functions; its buffers are allocated once.
 *
 * @param tolerance relative error of averages over z; a hundred times that over v
 * @param allowed relative error from which on averages are of no use
 */
export function nestedAverages(count: number, tolerance: number, allowed: number): NestedAverages {
  const inner = adaptiveQuadrature(count, tolerance);
  const outer = adaptiveQuadrature(count, 100 * tolerance);

  return (fields, functions, out) => {
    const { overlap, sine, teacherKinks } = fields;
    let innerError = 0;

    const integrand: VectorIntegrand = (v, at) => {
      if (!(innerError < allowed)) {
        at.fill(NaN); // nothing would come of the rest
        return;
      }
      beat();
      const centre = overlap * v;
      const given = functions(v);
      const overTeacher: VectorIntegrand = (x, values) => {
        given(centre + sine * x, sine * x, values);
        scale(values, normalDensity(x));
      };
      if (sine === 0) given(centre, 0, at);
      else {
        const error = inner(overTeacher, teacherPanels(teacherKinks, centre, sine), at);
        if (!(error <= innerError)) innerError = error; // NaN stays
      }
      scale(at, normalDensity(v));
    };
    const outerError = outer(integrand, studentPanels(fields), out);
    const error = innerError > outerError ? innerError : outerError;
    if (!(error < allowed)) out.fill(NaN);
    return error;
  };
}
