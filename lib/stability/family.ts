import { requireFunction, requirePositive } from '../foundation/checks.js';
import { optional } from '../foundation/options.js';
import { studentPlaces } from '../dynamics/student.js';
import { observableOf, requireRule, type OrderParameterSystem } from '../dynamics/system.js';

/** A rule for each learning rate η, everything else fixed. Whether η_γ follows η is the family's choice. */
export type LearningRateFamily<Name extends string = string> = (
  learningRate: number,
) => OrderParameterSystem<Name>;

/** A function that gives a rule for a learning rate; returns the rule at η = 1. */
export function requireFamily(family: unknown): OrderParameterSystem {
  requireFunction('family', family);
  return requireRule('family(1)', (family as LearningRateFamily)(1));
}

/** A rule for each learning rate, where the length of normalized rules is held. */
export interface FamilyOptions<Name extends string> {
  /** The rule for each learning rate. */
  readonly family: LearningRateFamily<Name>;
  /** L > 0, held fixed for normalized rules; default 1. */
  readonly length?: number;
}

/** Checks of these options. */
export const familyChecks = {
  family: (_name: string, value: unknown): LearningRateFamily => {
    requireFamily(value);
    return value as LearningRateFamily;
  },
  length: optional(requirePositive),
} as const;

/** Places in a rule's state of its settling order parameters: all of them, the overlap, and the scale, γ or else L. */
export function settlingIndices<Name extends string>(
  rule: OrderParameterSystem<Name>,
): { settling: number[]; overlap: number; scale: number } {
  const { overlap } = studentPlaces(rule);
  const settling = rule.settling.map((name) => rule.layout.names.indexOf(name));
  return { settling, overlap, scale: settling.find((index) => index !== overlap)! };
}

/** A state with R = 1, everything else of order one, and the length held fixed for normalized rules. */
export function alignedStart<Name extends string>(
  rule: OrderParameterSystem<Name>,
  length: number,
): Float64Array {
  const { kinds } = rule.layout;
  const start = { scale: 1, overlap: 0, length };
  return Float64Array.from(kinds, (kind) => start[kind]);
}

/** A learning rate in the two forms in which papers give it. */
export interface LearningRateForms {
  /** ηγ/L² (SGD: η). */
  readonly effective: number;
  /** η/L² (SGD: η). */
  readonly reduced: number;
}

/**
 * Both forms of a learning rate η, Infinity allowed, at a state.
 *
 * @param unit the rule at η = 1, to which both forms are proportional
 */
export function learningRateForms<Name extends string>(
  unit: OrderParameterSystem<Name>,
  state: Float64Array,
  learningRate: number,
): LearningRateForms {
  return {
    effective: learningRate * observableOf(unit, 'effectiveLearningRate')(0, state),
    reduced: learningRate * observableOf(unit, 'reducedLearningRate')(0, state),
  };
}

/** M in units of η: M L² for normalized rules, M for SGD. Maxima are of its order whatever M and L. */
export function naturalRate<Name extends string>(
  unit: OrderParameterSystem<Name>,
  state: Float64Array,
): number {
  return unit.batchStep.batchSize / learningRateForms(unit, state, 1).reduced;
}
