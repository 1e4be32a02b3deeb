import { argumentError } from '../foundation/checks.js';
import type { Activation } from './activation.js';
import { nestedAverages } from './nested-averages.js';

/** Writes functions of the fields u of the teacher and v of the student to `out`. */
export type FieldIntegrand = (u: number, v: number, out: Float64Array) => void;

/** Where to average: u and v standard normal with correlation R, the student's pre-activation is γv. */
export interface FieldPoint {
  readonly activation: Pick<Activation, 'name' | 'kinks'>;
  readonly gamma: number;
  readonly overlap: number;
  /** Where the teacher has kinks in u; default those of the activation. */
  readonly teacherKinks?: readonly number[];
}

const TOLERANCE = 1e-13;
const LARGEST_ERROR = 1e-8;

/**
 * Averages of functions of both fields by nested adaptive quadrature, split at the kinks of the activation and of the teacher.
 *
 * @param count how many functions the integrand writes
 * @throws RangeError when the estimated error exceeds 1e-8 of the average size of a function
 */
export function averageOverFields(point: FieldPoint, count: number, integrand: FieldIntegrand): Float64Array {
  const { activation, gamma, overlap } = point;
  const { kinks } = activation;
  const { teacherKinks = kinks } = point;
  const sine = Math.sqrt((1 - overlap) * (1 + overlap));
  const result = new Float64Array(2 * count);
  const error = nestedAverages(count, TOLERANCE, LARGEST_ERROR)(
    { gamma, overlap, sine, teacherKinks, studentKinks: kinks },
    (v) => (u, _z, out) => {
      integrand(u, v, out);
      for (let i = 0; i < count; i++) out[count + i] = Math.abs(out[i]!);
    },
    result,
  );
  if (!(error < LARGEST_ERROR)) {
    throw argumentError(
      `averages of ${activation.name} do not converge at gamma = ${gamma}, overlap = ${overlap}`,
    );
  }
  return result.subarray(0, count);
}
