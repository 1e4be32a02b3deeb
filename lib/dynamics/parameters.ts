import {
  integer,
  requireFinite,
  requireNonNegative,
  requirePositive,
  requireWithin,
  typeError,
} from '../foundation/checks.js';
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

/** Checks the named starting values: overlap in [−1, 1], length > 0, finite γ, and nothing else. */
export function checkInitial(initial: unknown, names: readonly string[]): void {
  const allowed = `an object with ${names.join(', ')}`;
  if (typeof initial !== 'object' || initial === null) throw typeError('initial', allowed, initial);
  const stranger = Object.keys(initial).find((name) => !names.includes(name));
  if (stranger !== undefined) throw typeError('initial', allowed, stranger);
  for (const name of names) {
    const value: unknown = Object.hasOwn(initial, name) ? initial[name as never] : undefined;
    if (typeof value !== 'number' || Number.isNaN(value))
      throw typeError(`initial.${name}`, 'a number', value);
    if (name === 'overlap') requireWithin('initial.overlap', value, -1, 1);
    else if (name === 'length') requirePositive('initial.length', value);
    else requireFinite(`initial.${name}`, value);
  }
}
