import { smallestBatch, type BatchStatistics } from '../../gaussian/batch/statistics.js';
import type { Parameter } from '../parameters.js';
import type { OrderParameterSystem } from '../system.js';
import { batchDeviation, batchDeviationParameters } from './batch-deviation.js';
import { batchMean, batchMeanParameters } from './batch-mean.js';
import { batchNormalization, batchNormalizationParameters } from './batch-normalization.js';
import { populationNormalization } from './population-normalization.js';
import { sgd, sgdParameters } from './sgd.js';
import { weightNormalization, weightNormalizationParameters } from './weight-normalization.js';

/** A rule that can be made by its name. */
export interface RuleEntry {
  /** What it is told. */
  readonly parameters: readonly Parameter[];
  /** Makes it from values for these parameters, which it checks. */
  readonly make: (parameters: never) => OrderParameterSystem;
}

/** The learning rules by their names on the command line. */
export const rules = {
  sgd: { parameters: sgdParameters.list, make: sgd },
  'weight-normalization': { parameters: weightNormalizationParameters.list, make: weightNormalization },
  'population-normalization': {
    parameters: weightNormalizationParameters.list,
    make: populationNormalization,
  },
  'batch-normalization': { parameters: batchNormalizationParameters.list, make: batchNormalization },
  'batch-deviation': { parameters: batchDeviationParameters.list, make: batchDeviation },
  'batch-mean': { parameters: batchMeanParameters.list, make: batchMean },
} satisfies Readonly<Record<string, RuleEntry>>;

/** The name of a learning rule. */
export type RuleName = keyof typeof rules;

/** The statistics of the minibatch that rules normalize by, of those that do. */
export const batchStatistics = {
  'batch-normalization': 'both',
  'batch-deviation': 'deviation',
  'batch-mean': 'mean',
} as const satisfies Partial<Record<RuleName, BatchStatistics>>;

/** The name of a rule that normalizes by its minibatch. */
export type BatchRuleName = keyof typeof batchStatistics;

/** Whether a rule normalizes by its minibatch. */
export function normalizesByBatch(rule: RuleName): rule is BatchRuleName {
  return rule in batchStatistics;
}

/** The smallest M of a rule that normalizes by its minibatch. */
export function smallestBatchOf(rule: BatchRuleName): number {
  return smallestBatch[batchStatistics[rule]];
}
