import type { Activation } from '../../../gaussian/activation.js';
import { NORMAL } from '../../../numerics/normal.js';
import type { MissRange } from './miss-range.js';
import type { TeacherOutput } from './teacher-output.js';

/** A student that sees labels of a teacher's output with Gaussian noise. */
export interface LabelModel {
  readonly student: Activation;
  readonly output: TeacherOutput;
  /** Standard deviation of the noise. */
  readonly deviation: number;
}

/** Where the averages are taken; see `Channel`. */
export interface FieldState {
  mu: number;
  sigma: number;
  /** V */
  susceptibility: number;
}

/**
 * A place of the student's field after the step. A label that missed it by r = t − g(z) came from ω = z − V r s, so that
 * dω dt = (constant + linear r) dz dr, or the same with ds for dz at a kink.
 */
export interface Step extends MissRange {
  /** Where the step ends. */
  z: number;
  /** g(z) */
  output: number;
  /** s = g′(z), or any number between the two slopes of a kink. */
  slope: number;
  constant: number;
  linear: number;
  /** |dt/dz|, or |dt/ds|, along the jumps at the two ends of the range of misses. */
  lowRate: number;
  highRate: number;
}

/** A normal density of the miss r, with its weight: the joint density of u′, ω and t at a step. */
export interface MissDensity {
  weight: number;
  mean: number;
  deviation: number;
  /** ω − μu′ at r = 0 */
  offset: number;
}

/** Exponent beyond which a density adds nothing. */
export const FAR = 36;

/**
 * Writes the density of r at a step and a field u′ of the teacher; gives back whether there is any.
 *
 * With a = z − μu′ and b = g(z) − g*, the exponent (a − V s r)²/2σ² + (b + r)²/2S is (a + V s b)²/2W, W = σ² + V²s²S, and that of
 * a normal density of mean (V s a S − bσ²)/W and variance σ²S/W: finite at S = 0.
 */
export function writeMissDensity(
  { output, deviation }: LabelModel,
  { mu, sigma, susceptibility }: FieldState,
  { z, output: own, slope }: Step,
  field: number,
  out: MissDensity,
): boolean {
  const lever = susceptibility * slope;
  const offset = z - mu * field;
  const gap = own - output.value(field);
  const noise = lever * deviation;
  const variance = sigma * sigma + noise * noise;
  const distance = offset + lever * gap;
  const exponent = 0.5 * ((distance * distance) / variance + field * field);
  if (!(exponent < FAR)) return exponent !== exponent;
  const root = Math.sqrt(variance);
  out.weight = (NORMAL * NORMAL * Math.exp(-exponent)) / root;
  out.mean = (noise * deviation * offset - gap * sigma * sigma) / variance;
  out.deviation = (sigma * deviation) / root;
  out.offset = offset;
  return true;
}
