import type { Activation } from '../../gaussian/activation.js';
import { Average, AVERAGES, MOST_CLOSED_AVERAGES, type Channel } from '../channel.js';
import { coneMoments } from './cone-moments.js';
import { twoSlopeError } from './field-error.js';
import { Moment, MOMENTS, sectorMoments, type SampleFields, type Wedge } from './sector-moments.js';
import { shortStepAverages } from './short-step.js';

/** A linear function of (u′, z, ξ′). */
type Linear = [number, number, number];

/** E[xy 1] over a region, for two linear functions. */
function contract(m: Float64Array, x: Linear, y: Linear): number {
  return (
    x[0] * (y[0] * m[Moment.uu]! + y[1] * m[Moment.uz]! + y[2] * m[Moment.un]!) +
    x[1] * (y[0] * m[Moment.uz]! + y[1] * m[Moment.zz]! + y[2] * m[Moment.zn]!) +
    x[2] * (y[0] * m[Moment.un]! + y[1] * m[Moment.zn]! + y[2] * m[Moment.nn]!)
  );
}

const ALONG: Linear = [1, 0, 0];
const ACROSS: Linear = [0, 1, 0];

/**
 * Averages of a student of two slopes, a > b ≥ 0 on the two sides of zero, and a teacher of any two, in closed form.
 *
 * In the plane of (ω, t) the Moreau step has three branches, each linear, in wedges from the origin (p = 1/V):
 *
 *     h > 0: F = a (t − aω)/(p + a²),   where pω + at > 0 and, at t > 0, ω > −κt
 *     h < 0: F = b (t − bω)/(p + b²),   where pω + bt < 0 and, at t > 0, ω < −κt
 *     h = 0: F = −ω,                    where t < 0 and pω + bt > 0 > pω + at
 *
 * At ω = −κt, κ = (A − B)/(aB − bA) with A² = 1 + a²/p, B² = 1 + b²/p, the two wells are equally deep and F jumps. With
 * the sign of u′ these are cones of the space of three normals: the averages are contractions of their second moments. Where V is
 * small the wedges are thin, and `shortStepAverages` takes over before their moments cancel.
 */
export function twoSlopeChannel(
  activation: Activation,
  noiseVariance: number,
  teacherLength: number,
  teacher = activation,
): Channel {
  const { student, labels } = orderedPair(activation, teacher);
  const [a, b] = student;
  const alike = labels[0] === a && labels[1] === b;
  const deviation = Math.sqrt(noiseVariance);
  const short = shortStepAverages(a, b, deviation, teacherLength, labels);
  const moments = new Float64Array(MOMENTS);
  const regionMoments = noiseVariance === 0 ? sectorMoments : coneMoments;
  const fields: SampleFields = { mu: 0, sigma: 1, along: 0, noise: deviation, side: 1 };
  const wedge: Wedge = { a: 0, b: 0, c: 0, d: 0 };
  const miss: Linear = [0, 0, 0];
  const field: Linear = [0, 0, 0];
  const label: Linear = [0, 0, 0];
  const scratch = new Float64Array(AVERAGES);
  let slopeSquare = 0;

  /** Adds a region where F = s (t − sω)/(p + s²) and the residual is p (t − sω)/(p + s²); `along` is the part of t − sω along u′. */
  function addBranch(slope: number, p: number, along: number, out: Float64Array): void {
    regionMoments(fields, wedge, moments);
    const gain = slope / (p + slope * slope);
    const rest = p / (p + slope * slope);
    miss[0] = along;
    miss[1] = -slope * fields.sigma;
    miss[2] = fields.noise;
    const square = contract(moments, miss, miss);
    out[Average.alongTeacher]! += gain * contract(moments, miss, ALONG);
    out[Average.acrossTeacher]! += gain * contract(moments, miss, ACROSS);
    out[Average.square]! += gain * gain * square;
    out[Average.residual]! += rest * rest * square;
    slopeSquare += (slope * gain) ** 2 * moments[Moment.probability]!;
  }

  /** Adds the region where the step rests at zero: F = −ω, and the residual is t. */
  function addRest(out: Float64Array): void {
    regionMoments(fields, wedge, moments);
    field[0] = fields.mu;
    field[1] = fields.sigma;
    label[0] = fields.along;
    label[2] = fields.noise;
    out[Average.alongTeacher]! -= contract(moments, field, ALONG);
    out[Average.acrossTeacher]! -= contract(moments, field, ACROSS);
    out[Average.square]! += contract(moments, field, field);
    out[Average.residual]! += contract(moments, label, label);
    slopeSquare += moments[Moment.probability]!;
  }

  function set(wa: number, wb: number, wc: number, wd: number): void {
    wedge.a = wa;
    wedge.b = wb;
    wedge.c = wc;
    wedge.d = wd;
  }

  function average(
    mu: number,
    sigma: number,
    p: number,
    out: Float64Array,
    gap = teacherLength - mu,
  ): number {
    if (short.holds(mu, sigma, p, gap)) {
      slopeSquare = short.average(mu, sigma, p, gap, out);
      return 0;
    }
    out.fill(0);
    slopeSquare = 0;
    fields.mu = mu;
    fields.sigma = sigma;
    const [jumpOmega, jumpT] = jumpPlane(a, b, p);
    for (fields.side = 1; fields.side >= -1; fields.side -= 2) {
      const own = fields.side > 0 ? labels[0] : labels[1];
      fields.along = teacherLength * own;
      // On the teacher's own branch t − sω is s (T − μ) u′ and more: the gap, which does not cancel.
      set(jumpOmega, jumpT, p, a);
      addBranch(a, p, own === a ? a * gap : fields.along - a * mu, out);
      out[Average.jumpDensity]! += jumpDensity(jumpOmega, jumpT);
      set(b === 0 ? 1 : p, b, -p, -a);
      addRest(out);
      set(-jumpOmega, -jumpT, b === 0 ? -1 : -p, -b);
      addBranch(b, p, own === b ? b * gap : fields.along - b * mu, out);
    }
    return 0;
  }

  /** Density of ω at −κt, averaged over t > 0: the density of a plane through the origin, times the share of its angle. */
  function jumpDensity(jumpOmega: number, jumpT: number): number {
    if (noiseVariance === 0 && fields.side * fields.along <= 0) return 0; // t ≤ 0
    const length = Math.hypot(
      jumpOmega * fields.mu + jumpT * fields.along,
      jumpOmega * fields.sigma,
      jumpT * fields.noise,
    );
    return ((jumpOmega / length) * moments[Moment.faceAngle]!) / (2 * Math.PI * Math.sqrt(2 * Math.PI));
  }

  return {
    // A flat side lets a label go if it is below |ω|/√V.
    exponent: b === 0 ? 0.5 : 1,
    mostAverages: MOST_CLOSED_AVERAGES,
    ...(alike ? { teacherLength } : {}),
    average,
    slopeSquare(mu, sigma, p) {
      average(mu, sigma, p, scratch);
      return slopeSquare;
    },
    generalizationError: twoSlopeError(student, labels, teacherLength),
  };
}

/** The plane where the wells are equally deep, jumpω ω + jumpT t = 0, free of cancellation at b = 0 and at p → 0. */
export function jumpPlane(a: number, b: number, p: number): readonly [jumpOmega: number, jumpT: number] {
  const [rootA, rootB] = [Math.sqrt(p + a * a), Math.sqrt(p + b * b)];
  const jumpOmega = b === 0 ? a * rootB : (p * (a * a - b * b)) / (a * rootB + b * rootA);
  return [jumpOmega, (a * a - b * b) / (rootA + rootB)];
}

/**
 * The student's slopes as a ≥ b ≥ 0, and how to get there: turning the sign of the labels changes all signs, and turning that of all
 * fields and labels swaps slopes; the averages are the same.
 */
export function orderedSlopes([x, y]: readonly [number, number]): {
  readonly student: readonly [number, number];
  /** −1 where labels are to be turned, too. */
  readonly sign: number;
  readonly swapped: boolean;
} {
  const sign = x + y < 0 ? -1 : 1;
  const swapped = sign * x < sign * y;
  return { student: swapped ? [sign * y, sign * x] : [sign * x, sign * y], sign, swapped };
}

/** The slopes of student and teacher, those of the student in order. */
export function orderedPair(
  student: Activation,
  teacher: Activation,
): Record<'student' | 'labels', readonly [number, number]> {
  const [above, below] = teacher.slopes ?? [1, 1];
  const { student: slopes, sign, swapped } = orderedSlopes(student.slopes ?? [1, 1]);
  return {
    student: slopes,
    labels: swapped ? [sign * below, sign * above] : [sign * above, sign * below],
  };
}
