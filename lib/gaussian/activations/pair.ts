import { requirePositive } from '../../foundation/checks.js';
import {
  requireActivation,
  type Activation,
  type ActivationPair,
  type FieldAverages,
  type FieldFunction,
} from '../activation.js';
import { quadratureAverages } from '../quadrature-averages.js';
import { twoSlopePairAverages } from '../two-slope-pair.js';
import { erf, erfAverages } from './erf.js';
import { unitOfSlopes } from './unit-of-slopes.js';

/** g*(Tu) as a function of u. */
function stretched(activation: Activation, length: number): FieldFunction {
  const { name, value, derivative, kinks, slopes } = activation;
  if (length === 1) return activation;
  if (slopes !== undefined) return unitOfSlopes(name, [length * slopes[0], length * slopes[1]]);
  return {
    value: (u) => value(length * u),
    derivative: (u) => length * derivative(length * u),
    kinks: kinks.map((kink) => kink / length),
  };
}

function isSame({ slopes }: Activation, teacher: FieldFunction): boolean {
  return slopes !== undefined && slopes[0] === teacher.slopes?.[0] && slopes[1] === teacher.slopes[1];
}

function makePair(student: Activation, teacherActivation: Activation, teacherLength: number): ActivationPair {
  const teacher = stretched(teacherActivation, teacherLength);
  const pairOf = (averages: FieldAverages): ActivationPair => ({ student, teacher, averages });
  if (teacher === student || isSame(student, teacher))
    return { student, teacher: student, averages: student.averages };
  if (student.slopes && teacher.slopes) return pairOf(twoSlopePairAverages(student.slopes, teacher.slopes));
  if (student === erf && teacherActivation === erf) return pairOf(erfAverages(teacherLength));
  return pairOf(quadratureAverages(student, teacher));
}

const pairs = new WeakMap<Activation, WeakMap<Activation, Map<number, ActivationPair>>>();

/**
 * A student beside a teacher of another activation, or of another length: labels are t = g*(Tu) + ξ, u standard normal
 * (docs/theory/averages.md#a-teacher-of-another-kind).
 *
 * Its averages are those of the student's activation where the two functions are one; in closed form for units that are linear on
 * each side of zero, in any pairing, and for erf with erf; else by quadrature, to 1e-9 of E|f|. The same arguments give the same pair.
 *
 * @param teacherLength T > 0; default 1
 * @throws RangeError or TypeError naming a bad argument
 * @example
 * const { averages } = activationPair(relu, identity, 2);
 * averages.generalizationError(2, 0); // E[(2v − 2 max(v, 0))²] = 2
 */
export function activationPair(
  student: Activation,
  teacherActivation = student,
  teacherLength = 1,
): ActivationPair {
  requireActivation('student', student);
  requireActivation('teacherActivation', teacherActivation);
  requirePositive('teacherLength', teacherLength);
  const ofStudent = pairs.get(student) ?? new WeakMap<Activation, Map<number, ActivationPair>>();
  pairs.set(student, ofStudent);
  const ofTeacher = ofStudent.get(teacherActivation) ?? new Map<number, ActivationPair>();
  ofStudent.set(teacherActivation, ofTeacher);
  const pair = ofTeacher.get(teacherLength) ?? makePair(student, teacherActivation, teacherLength);
  ofTeacher.set(teacherLength, pair);
  return pair;
}
