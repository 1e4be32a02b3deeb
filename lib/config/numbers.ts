import { rangeError, requireInteger } from '../foundation/checks.js';
import { equallySpaced } from '../numerics/equally-spaced.js';

/** Numbers that a range may have. */
export const MOST_NUMBERS = 1_000_000;
const SHAPE = 'like 0.5,1,2 or 0.5:8:50 (from:to:count), or 0.5:8:50:log';

/**
 * Numbers at equal steps, or equal ratios, both ends included and exact.
 *
 * @param name how messages call them
 * @throws RangeError for fewer than two or more than a million, and for ratios of numbers that are not > 0
 */
export function spaced(
  name: string,
  from: number,
  to: number,
  count: number,
  scale: 'linear' | 'log',
): number[] {
  requireInteger(`${name} points`, count, 2, MOST_NUMBERS);
  if (scale === 'linear') return equallySpaced(from, to, count);
  for (const [end, value] of Object.entries({ from, to }))
    if (!(value > 0)) throw rangeError(`${name} ${end}`, 'a finite number > 0 where the scale is log', value);
  const logs = equallySpaced(Math.log(from), Math.log(to), count);
  return logs.map((value, i) => (i === 0 ? from : i === count - 1 ? to : Math.exp(value)));
}

/**
 * Numbers from a list such as `0.5,1,2`, or from `from:to:n`, n equally spaced ones, both ends included; `from:to:n:log` has
 * equal ratios.
 *
 * @throws RangeError, one line, for text that is neither, and for infinite numbers
 */
export function numbersOf(name: string, text: string): number[] {
  const number = (part: string): number => {
    const value = Number(part);
    if (part.trim() === '' || !Number.isFinite(value)) throw rangeError(name, SHAPE, text);
    return value;
  };
  const parts = text.split(':').map((part) => part.trim());
  if (parts.length === 1) return text.split(',').map(number);
  const isLog = parts.length === 4 && parts[3] === 'log';
  if (parts.length !== 3 && !isLog) throw rangeError(name, SHAPE, text);
  const [from, to, count] = parts.slice(0, 3).map(number) as [number, number, number];
  if (!(Number.isInteger(count) && count >= 2 && count <= MOST_NUMBERS))
    throw rangeError(name, `from:to:count with an integer count from 2 to ${MOST_NUMBERS}`, text);
  return spaced(name, from, to, count, isLog ? 'log' : 'linear');
}
