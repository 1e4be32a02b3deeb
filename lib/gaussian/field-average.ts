import { argumentError } from '../foundation/checks.js';
import type { Activation } from './activation.js';
import { adaptiveQuadrature } from '../numerics/adaptive-quadrature.js';
import { panelEdges } from '../numerics/panels.js';
import { normalDensity, NORMAL_BOUND, NORMAL_PANEL } from '../numerics/normal.js';
import { studentPoints } from './field-panels.js';

/** Writes functions of the fields u of the teacher and v of the student to `out`. */
export type FieldIntegrand = (u: number, v: number, out: Float64Array) => void;

/** Where to average: u and v standard normal with correlation R, the student's pre-activation is γv. */
export interface FieldPoint {
  readonly activation: Activation;
  readonly gamma: number;
  readonly overlap: number;
}

const INNER_TOLERANCE = 1e-13;
const OUTER_TOLERANCE = 1e-11;
const LARGEST_ERROR = 1e-8;

/** Panels in v: kinks of the student, the middles of the layers around those of the teacher, and the student's scale 1/γ. */
function outerEdges({ activation, gamma, overlap }: FieldPoint): number[] {
  const { kinks } = activation;
  const layers = overlap === 0 ? [] : kinks.map((kink) => kink / overlap);
  return panelEdges([...studentPoints(gamma, kinks), ...layers], NORMAL_BOUND, NORMAL_PANEL);
}

/**
 * Averages of functions of both fields by nested adaptive quadrature, over v and at fixed v over the part of u that the
 * student does not see, split at the kinks of the activation. At R = ±1 one integral is left.
 *
 * @param count how many functions the integrand writes
 * @throws RangeError when the estimated error exceeds 1e-8 of the average size of a function
 */
export function averageOverFields(point: FieldPoint, count: number, integrand: FieldIntegrand): Float64Array {
  const { activation, gamma, overlap } = point;
  const sine = Math.sqrt((1 - overlap) * (1 + overlap));
  const inner = adaptiveQuadrature(count, INNER_TOLERANCE);
  const outer = adaptiveQuadrature(count, OUTER_TOLERANCE);
  const conditional = new Float64Array(2 * count);
  const result = new Float64Array(2 * count);
  let innerError = 0;

  function averageOverTeacher(v: number): void {
    const centre = overlap * v;
    if (sine === 0) {
      integrand(centre, v, conditional);
      for (let i = 0; i < count; i++) conditional[count + i] = Math.abs(conditional[i]!);
      return;
    }
    const weighted = (z: number, out: Float64Array): void => {
      const weight = normalDensity(z);
      integrand(centre + sine * z, v, out);
      for (let i = 0; i < count; i++) {
        out[i] = weight * out[i]!;
        out[count + i] = Math.abs(out[i]!);
      }
    };
    const splits = [0, ...activation.kinks].map((kink) => (kink - centre) / sine);
    const error = inner.integrate(weighted, panelEdges(splits, NORMAL_BOUND, NORMAL_PANEL), conditional);
    if (!(error <= innerError)) innerError = error; // NaN stays
  }

  const weighted = (v: number, out: Float64Array): void => {
    averageOverTeacher(v);
    const weight = normalDensity(v);
    for (let i = 0; i < 2 * count; i++) out[i] = weight * conditional[i]!;
  };
  const outerError = outer.integrate(weighted, outerEdges(point), result);
  if (!(innerError < LARGEST_ERROR && outerError < LARGEST_ERROR)) {
    throw argumentError(
      `averages of ${activation.name} do not converge at gamma = ${gamma}, overlap = ${overlap}`,
    );
  }
  return result.subarray(0, count);
}
