import type { TrainedStudents } from '../simulation/train-students.js';
import { deviation } from './deviation.js';

/** What a theory of learning curves says of students at one load. */
export interface StudentTheory {
  readonly generalizationError: number;
  readonly gamma: number;
  readonly overlap: number;
  readonly trainingError: number;
}

/** One quantity of trained students beside its theory. */
export interface StudentComparison {
  readonly mean: number;
  readonly standardError: number;
  readonly theory: number;
  /** Deviation as a normal deviate. */
  readonly z: number;
}

/** The quantities that students and theory share. */
export const studentQuantities = ['generalizationError', 'gamma', 'overlap', 'trainingError'] as const;

/**
 * Students trained on finite training sets beside the theory of N → ∞. Their means carry a bias of order 1/N besides their
 * standard error, and where training has several minima depend on where it began (`starts`).
 *
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
  const compared = (name: (typeof studentQuantities)[number]): StudentComparison => {
    const { mean, standardError } = students[name];
    return {
      mean,
      standardError,
      theory: theory[name],
      z: deviation(mean, standardError, theory[name], students.runs),
    };
  };
  return {
    generalizationError: compared('generalizationError'),
    gamma: compared('gamma'),
    overlap: compared('overlap'),
    trainingError: compared('trainingError'),
  };
}
