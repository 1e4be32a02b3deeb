import { argumentError, requireInteger, type Check } from '../../foundation/checks.js';
import { smallestBatch, type BatchStatistics } from '../../gaussian/batch/statistics.js';
import { batchDrift } from '../batch-drift.js';
import { batchNormalizedStep } from '../batch-normalized-step.js';
import { normalizedSystem, ratesOf, type NormalizedOrderParameter } from '../normalized-system.js';
import {
  commonParameters,
  declareParameters,
  gammaDecay,
  gammaLearningRate,
  teacherParameters,
  type DeclaredParameters,
  type Parameter,
  type RuleParameters,
  type TeacherParameters,
} from '../parameters.js';
import { batchStepCovariance } from '../step-covariance.js';
import type { Schedule } from '../schedule.js';
import type { OrderParameterSystem } from '../system.js';

/** Parameters of batch normalization, by one statistic of the batch or both; the batch size has no default. */
export interface BatchNormalizationParameters extends RuleParameters, TeacherParameters {
  /** M ≥ 4, by the deviation alone ≥ 8: the variance of a step is infinite below; by the mean alone ≥ 2. */
  readonly batchSize: number;
  /** η_γ, the learning rate of γ; default η. */
  readonly gammaLearningRate?: Schedule;
  /** ζ, the strength of gamma decay in ½ζγ²; default 0. */
  readonly gammaDecay?: number;
}

const reasons: Readonly<Record<BatchStatistics, string>> = {
  both: 'the power of the gradient noise is infinite',
  deviation: 'the power of the gradient noise of a unit that grows as z does is infinite',
  mean: 'a sample is its own mean',
};

/** The batch size of a rule that normalizes by a batch; says why small ones are refused. */
function normalizedBatch(statistics: BatchStatistics): Check<number> {
  const smallest = smallestBatch[statistics];
  return (name, value) => {
    if (Number.isInteger(value) && (value as number) > 0 && (value as number) < smallest) {
      const refusal = `\`${name}\` must be an integer >= ${smallest}; got ${value as number}`;
      throw argumentError(`${refusal}: below, ${reasons[statistics]}`);
    }
    return requireInteger(name, value, smallest);
  };
}

/** What a rule that normalizes by these statistics is told. */
export function batchParameters(
  statistics: BatchStatistics,
): DeclaredParameters<BatchNormalizationParameters> {
  const check = normalizedBatch(statistics);
  return declareParameters<BatchNormalizationParameters>([
    ...commonParameters.map((parameter): Parameter =>
      parameter.name === 'batchSize' ? { ...parameter, check, default: undefined } : parameter,
    ),
    ...teacherParameters,
    gammaLearningRate,
    gammaDecay,
  ]);
}

/** What batch normalization is told. */
export const batchNormalizationParameters = batchParameters('both');

/** A rule that normalizes by these statistics of its batch, under a name. */
export function batchNormalized(
  rule: string,
  statistics: BatchStatistics,
  declared: DeclaredParameters<BatchNormalizationParameters>,
  parameters: BatchNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  const complete = declared.complete(parameters);
  const rates = ratesOf(complete);
  const compute = batchNormalizedStep(statistics, complete, rates);
  return {
    ...normalizedSystem(rule, complete, rates, batchDrift(statistics, complete), compute),
    stepCovariance: batchStepCovariance(statistics, complete, rates),
  };
}

/**
 * Batch normalization with its own minibatch statistics, exact at finite M (docs/theory/batch-normalization.md).
 *
 *     dγ/dt = η_γ(A − ζγ),  dR/dt = (ηγ/L²)B − R η²γ²C/(2L⁴),  dL/dt = η²γ²C/(2L³)
 *
 * The averages A, B, C are exact. For units that are linear on each side of zero they are tabulated once per batch size
 * and pair of activations, to 1e-9 of their largest values. For other activations they are integrals, to 1e-7 of their terms, tabulated
 * over (γ, R) as a run comes by: seconds of work, or minutes where one has kinks away from zero and M is small.
 *
 * @throws RangeError or TypeError when η, η_γ ≤ 0, ζ or S < 0, or M is not an integer ≥ 4
 * @example
 * batchNormalization({ activation: relu, learningRate: 0.5, batchSize: 8 }).layout.names; // ['gamma', 'overlap', 'length']
 */
export function batchNormalization(
  parameters: BatchNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  return batchNormalized('batch-normalization', 'both', batchNormalizationParameters, parameters);
}
