import { integer, requireNonNegative } from '../foundation/checks.js';
import { optional, type OptionChecks } from '../foundation/options.js';
import { requireActivation, type Activation } from '../gaussian/activation.js';
import { requireSchedule, type Schedule } from './schedule.js';

/** What every rule has. */
export interface RuleParameters {
  /** g, shared by teacher and student. */
  readonly activation: Activation;
  /** η, a number > 0 or a function of time. */
  readonly learningRate: Schedule;
  /** M, samples per step; default 1. */
  readonly batchSize?: number;
  /** S, variance of the label noise; default 0. */
  readonly noiseVariance?: number;
}

/** What every rule has, checked. */
export const ruleChecks: OptionChecks<RuleParameters> = {
  activation: requireActivation,
  learningRate: requireSchedule,
  batchSize: optional(integer(1)),
  noiseVariance: optional(requireNonNegative),
};
