import {
  listOf,
  requireFunction,
  requireNonNegative,
  requirePositive,
  requireString,
  typeError,
} from '../foundation/checks.js';
import { parseExpression } from '../expression/parse-expression.js';

/**
 * A learning rate that depends on time t = steps/N.
 *
 * @example
 * const learningRate = (time) => 0.5 / (1 + time / 10);
 * solve({ rule: sgd({ activation: relu, learningRate }), initial: { overlap: 0, length: 1 }, until: 10 }).end; // 10
 */
export interface VaryingRate {
  /** The rate at a time: finite and ≥ 0. */
  (time: number): number;
  /**
   * The times from 0 to `until` at which it jumps or bends, increasing. Steps of a solver end there, so that a rate switched on for a
   * short while is not stepped over.
   */
  readonly breaks?: (until: number) => readonly number[];
}

/** A learning rate that depends on time and knows its breaks. */
export interface PiecewiseRate extends VaryingRate {
  /** The times from 0 to `until` at which it jumps or bends, increasing; an empty list where it is smooth. */
  readonly breaks: (until: number) => readonly number[];
}

/** A learning rate: a number, or a function of time t = steps/N. */
export type Schedule = number | VaryingRate;

const requireBreaks = listOf(requireNonNegative, 'a list of times');

/** A constant > 0, or a function that is ≥ 0 and finite at time 0. */
export function requireSchedule(name: string, value: unknown): Schedule {
  if (typeof value === 'number') return requirePositive(name, value);
  if (typeof value !== 'function') throw typeError(name, 'a finite number > 0, or a function of time', value);
  const schedule = value as VaryingRate;
  requireNonNegative(`${name}(0)`, schedule(0));
  if (schedule.breaks !== undefined) {
    requireFunction(`${name}.breaks`, schedule.breaks);
    requireBreaks(`${name}.breaks(1)`, schedule.breaks(1));
  }
  return schedule;
}

/**
 * A learning rate as a function of time. Where it is not finite or < 0, later, it gives NaN, which ends a run in the outcome
 * `diverged` and keeps what was computed.
 */
export function scheduleFunction(schedule: Schedule): (time: number) => number {
  if (typeof schedule === 'number') return () => schedule;
  return (time) => {
    const rate = schedule(time);
    return Number.isFinite(rate) && rate >= 0 ? rate : NaN;
  };
}

/** Those learning rates that depend on time. */
export function varyingRates(...schedules: readonly Schedule[]): VaryingRate[] {
  return schedules.filter((schedule) => typeof schedule !== 'number');
}

/**
 * A learning rate typed as an expression in t, such as `0.5/(1 + t/10)` or `t < 50 ? 0.5 : 0.05`, which knows where it jumps or
 * bends.
 *
 * @param text an expression as the command line takes it (docs/guide/own-activation.md)
 * @param name how messages call it
 * @throws (as a rejection) RangeError or TypeError, one line, for text that is no expression in t
 * @example
 * const learningRate = await expressionSchedule('t < 50 ? 0.5 : 0.05');
 * learningRate.breaks(100); // [50]
 */
export async function expressionSchedule(text: string, name = 'learningRate'): Promise<PiecewiseRate> {
  const { value, kinks } = await parseExpression(text, 't', requireString('name', name));
  const breaks = (until: number): readonly number[] => kinks(until).filter((time) => time >= 0);
  return Object.assign((time: number) => value(time), { breaks });
}

/**
 * A learning rate that is smooth between the given times.
 *
 * @param rate the rate at a time t = steps/N
 * @param breaks times ≥ 0 at which it jumps or bends
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const learningRate = piecewiseSchedule((t) => (t < 50 ? 0.5 : 0.05), [50]);
 * learningRate(60); // 0.05
 */
export function piecewiseSchedule(rate: (time: number) => number, breaks: readonly number[]): PiecewiseRate {
  requireSchedule('rate', requireFunction('rate', rate));
  const sorted = [...requireBreaks('breaks', breaks)].sort((a, b) => a - b);
  return Object.assign((time: number) => rate(time), {
    breaks: (until: number) => sorted.filter((time) => time <= until),
  });
}
