import {
  requireInteger,
  requireNonNegative,
  requirePositive,
  requireWithin,
  typeError,
} from '../foundation/checks.js';
import type { Activation } from '../gaussian/activation.js';
import type { Schedule } from './schedule.js';

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

/** Checks what every rule shares and fills in the defaults. */
export function checkedParameters(
  parameters: RuleParameters,
  smallestBatch: number,
): { activation: Activation; batchSize: number; noiseVariance: number } {
  const { activation, batchSize = 1, noiseVariance = 0 } = parameters;
  if (typeof (activation as Partial<Activation> | undefined)?.averages?.write !== 'function') {
    throw typeError('activation', 'an Activation such as identity, relu or erf', activation);
  }
  requireInteger('batchSize', batchSize, smallestBatch);
  requireNonNegative('noiseVariance', noiseVariance);
  return { activation, batchSize, noiseVariance };
}

/** Checks the named starting values: overlap in [−1, 1], length > 0, finite γ, and nothing else. */
export function checkInitial(initial: Readonly<Record<string, number>>, names: readonly string[]): void {
  for (const name of Object.keys(initial)) {
    if (!names.includes(name)) throw typeError('initial', `an object with ${names.join(', ')}`, name);
  }
  for (const name of names) {
    const value = initial[name];
    if (typeof value !== 'number' || Number.isNaN(value))
      throw typeError(`initial.${name}`, 'a number', value);
    if (name === 'overlap') requireWithin('initial.overlap', value, -1, 1);
    else if (name === 'length') requirePositive('initial.length', value);
    else requireWithin(`initial.${name}`, value, -Number.MAX_VALUE, Number.MAX_VALUE);
  }
}
