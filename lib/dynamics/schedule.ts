import { rangeError, requirePositive } from '../foundation/checks.js';

/** A learning rate: a number, or a function of time t = steps/N. */
export type Schedule = number | ((time: number) => number);

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
