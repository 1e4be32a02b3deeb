import * as z from 'zod';
import { rangeError, requireInteger, requirePositive, typeError } from '../foundation/checks.js';
import { equallySpaced } from '../numerics/equally-spaced.js';
import { entry, numbers } from './entries.js';
import { MOST_NUMBERS } from './numbers.js';

/** Times where a run says nothing of them. */
export const DEFAULT_POINTS = 101;

/** Where a run starts, and the times to answer at: a list, or a number of equally spaced ones from 0 to `until`. */
export const courseShape = {
  initial: entry(
    z.strictObject({
      gamma: z.number().optional(),
      overlap: z.number().optional(),
      length: z.number().optional(),
    }),
    'values',
    'order parameters at time 0, as gamma=0.5,overlap=0.1,length=0.8',
  ),
  until: entry(z.number().optional(), 'T', 'last time', {
    unit: 'units of steps/N',
    otherwise: 'the last of the times',
  }),
  points: entry(z.number().optional(), 'n', 'number of equally spaced times from 0 to T, both included', {
    otherwise: String(DEFAULT_POINTS),
  }),
  times: entry(numbers('times').optional(), 'list', 'exactly these times, as 1,2,5 or 0:50:11', {
    unit: 'units of steps/N',
  }),
};

type TimesConfig = Omit<z.infer<z.ZodObject<typeof courseShape>>, 'initial'>;

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
  const count = requireInteger('points', points ?? DEFAULT_POINTS, 2, MOST_NUMBERS);
  return { config: { until, points: count }, times: equallySpaced(0, until, count) };
}

/**
 * Entries of a file with others given beside it, which win. A list of times replaces a number of points, and the other way round.
 */
export function mergedEntries(
  file: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = { ...file, ...given };
  if ('times' in given && !('points' in given)) delete merged['points'];
  if ('points' in given && !('times' in given)) delete merged['times'];
  return merged;
}
