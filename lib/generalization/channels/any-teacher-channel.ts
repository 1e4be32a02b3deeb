import type { Activation } from '../../gaussian/activation.js';
import { adaptiveQuadrature, type AdaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import { NORMAL_BOUND, normalDensity, normalPanels } from '../../numerics/normal.js';
import { Average, AVERAGES, type Channel } from '../channel.js';
import { fieldError } from './field-error.js';
import { graded } from './labels/step-edges.js';
import { teacherOutput } from './labels/teacher-output.js';
import { writeTruncatedMoments } from './labels/truncated-moments.js';
import { jumpPlane, orderedSlopes } from './two-slope-channel.js';

const TOLERANCE = 1e-9;
const MOST_ZEROS = 8; // labels with more are zero in an interval
const MOST_AVERAGES = 1000; // a search takes some hundreds, of milliseconds each
const SLOPE_SQUARE = AVERAGES;
const SUMS = AVERAGES + 1;

/** The branch of a Moreau step that rests at zero: F = −ω. */
const REST = NaN;

/** The teacher that a student with its slopes in order has: that of labels and fields of the other sign. */
function mirrored(teacher: Activation, sign: number, swapped: boolean): Activation {
  const turn = swapped ? -1 : 1;
  return {
    ...teacher,
    value: (z) => sign * turn * teacher.value(turn * z),
    kinks: swapped ? teacher.kinks.map((kink) => -kink).reverse() : teacher.kinks,
  };
}

/**
 * Averages of a student of two slopes, a > b ≥ 0 on the two sides of zero, and any teacher: by quadrature over the two fields, their error
 * estimated, and in closed form over the label, for which the Moreau step has the three branches of `twoSlopeChannel`. The limit p → 0
 * is as good as any other place.
 */
export function anyTeacherChannel(
  student: Activation,
  teacher: Activation,
  noiseVariance: number,
  teacherLength: number,
): Channel {
  const { student: slopes, sign, swapped } = orderedSlopes(student.slopes ?? [1, 1]);
  const [a, b] = slopes;
  const output = teacherOutput(mirrored(teacher, sign, swapped), teacherLength);
  const zeros = output.roots(0, 0, 1, 0).slice(0, MOST_ZEROS);
  const deviation = Math.sqrt(noiseVariance);
  const rough = adaptiveQuadrature(SUMS, Infinity);
  const inner = adaptiveQuadrature(SUMS, TOLERANCE);
  const outer = adaptiveQuadrature(2 * SUMS, TOLERANCE);
  const part = new Float64Array(2 * SUMS);
  const sums = new Float64Array(4 * SUMS);
  const [least, floors] = [new Float64Array(SUMS), new Float64Array(SUMS)];
  const moments = new Float64Array(4);
  // p and κ of the step, and the label without noise.
  let [p, kappa, label] = [1, 1, 0];

  /** Adds a range of labels where F = s (t − sω)/(p + s²) to averages at one ω. */
  function addRange(low: number, high: number, slope: number, omega: number, out: Float64Array): void {
    if (!(low < high)) return;
    writeTruncatedMoments(label, deviation, low, high, moments);
    const [m0, m1, m2] = [moments[0]!, moments[1]!, moments[2]!];
    const rests = Number.isNaN(slope);
    const gain = rests ? 1 : slope / (p + slope * slope);
    const force = rests ? -omega * m0 : gain * (m1 - slope * omega * m0);
    const miss = m2 - slope * omega * (2 * m1 - slope * omega * m0); // E[(t − sω)²]
    out[Average.alongTeacher]! += force;
    out[Average.square]! += rests ? omega * omega * m0 : gain * gain * miss;
    out[Average.residual]! += rests ? m2 : (p / (p + slope * slope)) ** 2 * miss;
    out[SLOPE_SQUARE]! += rests ? m0 : (slope * gain) ** 2 * m0;
  }

  /** Writes densities of the averages at u′ and z, and their sizes. */
  function writeAt(field: number, z: number, omega: number, out: Float64Array): void {
    out.fill(0, 0, SUMS);
    if (omega < 0) {
      const jump = -omega / kappa;
      addRange(jump, Infinity, a, omega, out);
      addRange(-Infinity, jump, b, omega, out);
      if (deviation > 0)
        out[Average.jumpDensity] = normalDensity((jump - label) / deviation) / (deviation * kappa);
    } else {
      const [above, below] = [(-p * omega) / a, b === 0 ? -Infinity : (-p * omega) / b];
      addRange(above, Infinity, a, omega, out);
      addRange(below, above, REST, omega, out);
      addRange(-Infinity, below, b, omega, out);
    }
    const weight = normalDensity(z);
    for (let i = 0; i < SUMS; i++) out[i] = weight * out[i]!;
    out[Average.acrossTeacher] = z * out[Average.alongTeacher]!;
    out[Average.alongTeacher]! *= field;
    for (let i = 0; i < SUMS; i++) out[SUMS + i] = Math.abs(out[i]!);
    // A diagnostic, which panels are not refined for where it is small.
    out[SUMS + Average.jumpDensity]! += weight;
  }

  /** Panels in z: split at ω = 0 and where the branch of the mean label ends, finely in the width that noise gives to that. */
  function fieldEdges(centre: number, sigma: number): number[] {
    const points = [-centre / sigma];
    const ends = label > 0 ? [kappa] : b === 0 ? [a / p] : [a / p, b / p];
    for (const end of ends) {
      const place = (-end * label - centre) / sigma;
      const width = (end * deviation) / sigma;
      points.push(place);
      if (width > 0 && Math.abs(place) < NORMAL_BOUND + 1)
        points.push(...graded(width).map((distance) => place + distance));
    }
    return normalPanels(points);
  }

  /** Panels in u′: split at the teacher's kinks and where its labels change sign, finely where the student notices that late. */
  function teacherEdges(sigma: number): number[] {
    const width = Math.max(deviation, sigma / Math.max(kappa, a / p)) / 4;
    const points = zeros.flatMap((zero) => {
      const layer = width / Math.max(Math.abs(output.slopeAt(zero)), TOLERANCE);
      return [zero, ...graded(Math.max(layer, TOLERANCE)).map((distance) => zero + distance)];
    });
    return normalPanels([0, ...output.kinks, ...points]);
  }

  /** Averages over ω at one u′, by a quadrature. */
  function averageFields(by: AdaptiveQuadrature, field: number, mu: number, sigma: number): number {
    label = output.value(field);
    const centre = mu * field;
    const error = by(
      (z, out) => {
        writeAt(field, z, centre + sigma * z, out);
      },
      fieldEdges(centre, sigma),
      part,
      by === inner ? floors : undefined,
    );
    if (deviation === 0 && label > 0)
      part[Average.jumpDensity] = normalDensity((-kappa * label - centre) / sigma) / sigma;
    return error;
  }

  /** Sizes of the averages, without which parts that matter to nobody would be refined. */
  function setLeast(edges: readonly number[], mu: number, sigma: number): void {
    least.fill(0);
    for (let k = 0; k + 1 < edges.length; k++) {
      const field = (edges[k]! + edges[k + 1]!) / 2;
      averageFields(rough, field, mu, sigma);
      const weight = (edges[k + 1]! - edges[k]!) * normalDensity(field);
      for (let i = 0; i < SUMS; i++) least[i]! += weight * part[SUMS + i]!;
    }
  }

  function integrate(mu: number, sigma: number, inverse: number): number {
    const [jumpOmega, jumpT] = jumpPlane(a, b, inverse);
    [p, kappa] = [inverse, jumpT / jumpOmega];
    const edges = teacherEdges(sigma);
    setLeast(edges, mu, sigma);
    const outerError = outer(
      (field, value) => {
        const weight = normalDensity(field);
        for (let i = 0; i < SUMS; i++) floors[i] = least[i]! / weight;
        const error = averageFields(inner, field, mu, sigma);
        for (let i = 0; i < SUMS; i++) {
          value[i] = weight * part[i]!;
          value[2 * SUMS + i] = weight * part[SUMS + i]!;
          value[SUMS + i] = error * value[2 * SUMS + i]!;
          value[3 * SUMS + i] = Infinity; // not refined for
        }
      },
      edges,
      sums,
    );
    let innerError = 0;
    for (let i = 0; i < SUMS; i++) {
      const relative = sums[SUMS + i]! === 0 ? 0 : sums[SUMS + i]! / sums[2 * SUMS + i]!;
      if (!(relative <= innerError)) innerError = relative; // NaN stays
    }
    return outerError + innerError;
  }

  return {
    exponent: b === 0 ? 0.5 : 1,
    mostAverages: MOST_AVERAGES,
    average(mu, sigma, inverse, out) {
      const error = integrate(mu, sigma, inverse);
      for (let i = 0; i < AVERAGES; i++) out[i] = sums[i]!;
      return error;
    },
    slopeSquare(mu, sigma, inverse) {
      integrate(mu, sigma, inverse);
      return sums[SLOPE_SQUARE]!;
    },
    generalizationError: fieldError(student, teacher, teacherLength),
  };
}
