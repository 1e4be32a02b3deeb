import { requireAnyNumber, requireInteger } from '../foundation/checks.js';
import { requireObject } from '../foundation/options.js';
import type { Estimate } from '../numerics/statistics.js';
import type { TrainedStudents } from '../training/train-students.js';
import { deviation } from './deviation.js';

/** What a theory of learning curves says of students at one load. */
export interface StudentTheory {
  /** ε = E[(g(u) − ŷ)²] ≥ 0, without label noise. */
  readonly generalizationError: number;
  /** γ ≥ 0, scale of the student. */
  readonly gamma: number;
  /** R from −1 to 1, cosine of the angle to the teacher. */
  readonly overlap: number;
  /** (1/P) Σ (t − ŷ)² ≥ 0 over the noisy labels learned from. */
  readonly trainingError: number;
}

/** One quantity of trained students beside its theory. */
export interface StudentComparison {
  /** Mean over runs, in the unit of the quantity. */
  readonly mean: number;
  /** Standard error of the mean, ≥ 0, from the scatter of the runs. */
  readonly standardError: number;
  /** The value as N → ∞. */
  readonly theory: number;
  /** Deviation as a normal deviate: Student's t with runs − 1 degrees of freedom, mapped to the normal of equal tail. */
  readonly z: number;
}

/** A mean over runs beside its theory. */
export function besideTheory(
  { mean, standardError }: Estimate,
  theory: number,
  runs: number,
): StudentComparison {
  return { mean, standardError, theory, z: deviation(mean, standardError, theory, runs) };
}

/** The quantities that students and theory share. */
export const studentQuantities = ['generalizationError', 'gamma', 'overlap', 'trainingError'] as const;

/** Whether these are students as `trainStudents` gives them back. */
function checkStudents(students: unknown): void {
  const given = requireObject('students', students, 'what trainStudents gives back');
  requireInteger('students.runs', given['runs'], 2);
  for (const name of studentQuantities) {
    const estimate = requireObject(`students.${name}`, given[name], 'an estimate: mean and standardError');
    requireAnyNumber(`students.${name}.mean`, estimate['mean']);
    requireAnyNumber(`students.${name}.standardError`, estimate['standardError']);
  }
}

/**
 * Students trained on finite training sets beside the theory of N → ∞. Their means carry a bias of order 1/N besides their
 * standard error, and where training has several minima depend on where it began (`starts`).
 *
 * @throws RangeError or TypeError for fewer than two runs that were measured, and for a theory without one of the numbers
 * @example
 * const task = { load: 2, noiseVariance: 0.1 };
 * const students = trainStudents({
 *   ...{ rule: 'weight-normalization', activation: identity, ...task, gammaDecay: 0.1 },
 *   ...{ dimension: 50, runs: 8, seed: 1 },
 * });
 * Math.abs(compareStudents(students, linearGeneralization({ ...task, gammaDecay: 0.1 })).gamma.z) < 4; // true
 */
export function compareStudents(
  students: TrainedStudents,
  theory: StudentTheory,
): Record<(typeof studentQuantities)[number], StudentComparison> {
  checkStudents(students);
  const expected = requireObject('theory', theory);
  for (const name of studentQuantities) requireAnyNumber(`theory.${name}`, expected[name]);
  const compared = studentQuantities.map((name) => [
    name,
    besideTheory(students[name], theory[name], students.runs),
  ]);
  return Object.fromEntries(compared) as Record<(typeof studentQuantities)[number], StudentComparison>;
}
