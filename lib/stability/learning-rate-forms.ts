import { observableOf, type OrderParameterSystem } from '../dynamics/system.js';

/** A learning rate in the two forms in which papers give it. */
export interface LearningRateForms {
  /** ηγ/L² (SGD: η). */
  readonly effective: number;
  /** η/L² (SGD: η). */
  readonly reduced: number;
}

/** A limit of the learning rate in both forms; undefined where there is none. */
export interface LearningRateLimit {
  /** ηγ/L² (SGD: η). */
  readonly effective: number | undefined;
  /** η/L² (SGD: η). */
  readonly reduced: number | undefined;
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
