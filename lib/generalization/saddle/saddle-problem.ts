import { requireNonNegative, within } from '../../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../../foundation/options.js';
import { areAlike, requireActivation, type Activation } from '../../gaussian/activation.js';
import type { Channel } from '../channel.js';
import { anyTeacherChannel } from '../channels/any-teacher-channel.js';
import { quadratureChannel } from '../channels/quadrature-channel.js';
import { twoSlopeChannel } from '../channels/two-slope-channel.js';

/** A student, its teacher and the way it is regularized; all of a learning curve but the load. */
export interface GeneralizationProblem {
  /** The student's activation g. */
  readonly activation: Activation;
  /** The teacher's activation g*; default g. */
  readonly teacherActivation?: Activation;
  /** ζ ≥ 0, the strength of gamma decay; 0 stands for the limit ζ → 0⁺. */
  readonly gammaDecay: number;
  /** S ≥ 0, the variance of the label noise; default 0. */
  readonly noiseVariance?: number;
  /** T, the standard deviation of the teacher's field, from 1e-140 to 1e140; default 1. */
  readonly teacherLength?: number;
}

/** The same with every default filled in. */
export type CompleteProblem = Required<GeneralizationProblem>;

/** A problem at one load, with its averages. */
export interface SaddleTask extends CompleteProblem {
  readonly channel: Channel;
  readonly load: number;
}

const problemChecks: OptionChecks<GeneralizationProblem> = {
  activation: requireActivation,
  teacherActivation: optional(requireActivation),
  gammaDecay: requireNonNegative,
  noiseVariance: optional(requireNonNegative),
  // Squares of order parameters stay far from under- and overflow.
  teacherLength: optional(within(1e-140, 1e140)),
};

/**
 * Checks a problem and fills in its defaults.
 *
 * @param others checks of the options that are not the problem's
 */
export function completeProblem<Problem extends GeneralizationProblem>(
  problem: Problem,
  others?: Omit<OptionChecks<Problem>, keyof GeneralizationProblem>,
): CompleteProblem {
  requireOptions<GeneralizationProblem>('problem', problem, { ...problemChecks, ...others });
  const { activation, gammaDecay, noiseVariance = 0, teacherLength = 1 } = problem;
  const { teacherActivation: teacher = activation } = problem;
  const teacherActivation = areAlike(activation, teacher) ? activation : teacher;
  return { activation, teacherActivation, gammaDecay, noiseVariance, teacherLength };
}

/**
 * The averages of a problem that is not linear: for a student linear on each side of zero, its slopes of one sign, with the limit V → ∞,
 * in closed form where the teacher is such, too; by quadrature otherwise.
 */
export function channelOf(problem: CompleteProblem): Channel {
  const { activation, teacherActivation, noiseVariance, teacherLength } = problem;
  const [a, b] = activation.slopes ?? [NaN, NaN];
  if (a * b >= 0 && teacherActivation.slopes === undefined)
    return anyTeacherChannel(activation, teacherActivation, noiseVariance, teacherLength);
  if (a * b >= 0) return twoSlopeChannel(activation, noiseVariance, teacherLength, teacherActivation);
  return quadratureChannel(activation, teacherActivation, noiseVariance, teacherLength);
}
