import { rangeError, requirePositive } from '../foundation/checks.js';
import { parseExpression } from '../foundation/expression.js';

/** A learning rate that depends on time t = steps/N. */
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
  readonly breaks: (until: number) => readonly number[];
}

/** A learning rate: a number, or a function of time t = steps/N. */
export type Schedule = number | VaryingRate;

/**
 * A learning rate as a function of time.
 *
 * A constant must be > 0. A function is probed at time 0 and must be ≥ 0 and finite there; where it is not, later, it
 * gives NaN, which ends a run in the outcome `diverged` and keeps what was computed.
 *
 * @throws RangeError naming the argument when the rate is not allowed
 */
export function scheduleFunction(name: string, schedule: Schedule): (time: number) => number {
  if (typeof schedule === 'number') {
    requirePositive(name, schedule);
    return () => schedule;
  }
  const atStart = schedule(0);
  if (!isRate(atStart)) throw rangeError(`${name}(0)`, 'a finite number >= 0', atStart);
  return (time) => {
    const rate = schedule(time);
    return isRate(rate) ? rate : NaN;
  };
}

function isRate(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

/** Those learning rates that depend on time. */
export function varyingRates(...schedules: readonly Schedule[]): VaryingRate[] {
  return schedules.filter((schedule) => typeof schedule !== 'number');
}

/**
 * A learning rate typed as an expression in t, such as `0.5/(1 + t/10)` or `t < 50 ? 0.5 : 0.05`, which knows where it jumps or
 * bends.
 *
 * @param text an expression as the command line takes it (docs/guide/configuration.md)
 * @param name how messages call it
 * @throws (as a rejection) RangeError or TypeError, one line, for text that is no expression in t
 * @example
 * const learningRate = await expressionSchedule('t < 50 ? 0.5 : 0.05');
 * learningRate.breaks(100); // [50]
 */
export async function expressionSchedule(text: string, name = 'learningRate'): Promise<PiecewiseRate> {
  const { value, kinks } = await parseExpression(text, 't', name);
  const breaks = (until: number): readonly number[] => kinks(until).filter((time) => time >= 0);
  return Object.assign((time: number) => value(time), { breaks });
}

/**
 * A learning rate that is smooth between the given times.
 *
 * @param rate the rate at a time t = steps/N
 * @param breaks times ≥ 0 at which it jumps or bends
 * @example
 * const learningRate = piecewiseSchedule((t) => (t < 50 ? 0.5 : 0.05), [50]);
 * learningRate(60); // 0.05
 */
export function piecewiseSchedule(
  rate: (time: number) => number,
  breaks: readonly number[],
): PiecewiseRate {
  const sorted = [...breaks].sort((a, b) => a - b);
  return Object.assign((time: number) => rate(time), {
    breaks: (until: number) => sorted.filter((time) => time <= until),
  });
}
