import { rangeError, requireInteger, requirePositive, typeError } from '../foundation/checks.js';
import { equallySpaced } from '../numerics/equally-spaced.js';

const DEFAULT_POINTS = 101;

interface TimesConfig {
  readonly until?: number | undefined;
  readonly points?: number | undefined;
  readonly times?: readonly number[] | undefined;
}

/** A configuration of times with its defaults filled in, and the times themselves. */
export interface CompleteTimes {
  readonly config: { until: number; points?: number; times?: number[] };
  readonly times: number[];
}

/**
 * Exactly the listed times, or `points` equally spaced ones from 0 to `until`, both included.
 *
 * @throws RangeError or TypeError, one line, when both or neither are given, or `until` is short of the last time
 */
export function completeTimes({ until, points, times }: TimesConfig): CompleteTimes {
  if (times !== undefined) {
    if (points !== undefined) throw rangeError('points', 'left out where times is given', points);
    const last = times.at(-1);
    if (last === undefined) throw rangeError('times', 'a list with at least one number', '');
    return { config: { until: until ?? last, times: [...times] }, times: [...times] };
  }
  if (until === undefined) throw typeError('until', 'given where times is not', until);
  requirePositive('until', until);
  const count = requireInteger('points', points ?? DEFAULT_POINTS, 2, 1e6);
  return { config: { until, points: count }, times: equallySpaced(0, until, count) };
}
