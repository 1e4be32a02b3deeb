import { requireNonNegative, requirePositive, typeError } from '../foundation/checks.js';

/** A learning rate: a number, or a function of time t = steps/N. */
export type Schedule = number | ((time: number) => number);

/** A constant > 0, or a function that is ≥ 0 and finite at time 0. */
export function requireSchedule(name: string, value: unknown): Schedule {
  if (typeof value === 'number') return requirePositive(name, value);
  if (typeof value !== 'function') throw typeError(name, 'a finite number > 0, or a function of time', value);
  const schedule = value as (time: number) => number;
  requireNonNegative(`${name}(0)`, schedule(0));
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
    return isRate(rate) ? rate : NaN;
  };
}

function isRate(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
