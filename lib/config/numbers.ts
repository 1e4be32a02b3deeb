import { rangeError } from '../foundation/checks.js';
import { equallySpaced } from '../numerics/equally-spaced.js';

const MOST = 1_000_000;

/**
 * Numbers from a list such as `0.5,1,2`, or from `from:to:n`, n equally spaced ones, both ends included.
 *
 * @throws RangeError, one line, for text that is neither, and for infinite numbers
 */
export function numbersOf(name: string, text: string): number[] {
  const number = (part: string): number => {
    const value = Number(part);
    if (part.trim() === '' || !Number.isFinite(value))
      throw rangeError(name, 'like 0.5,1,2 or 0.5:8:50 (from:to:count)', text);
    return value;
  };
  const parts = text.split(':').map((part) => part.trim());
  if (parts.length === 1) return text.split(',').map(number);
  if (parts.length !== 3) throw rangeError(name, 'like 0.5,1,2 or 0.5:8:50 (from:to:count)', text);
  const [from, to, count] = parts.map(number) as [number, number, number];
  if (!(Number.isInteger(count) && count >= 2 && count <= MOST))
    throw rangeError(name, `from:to:count with an integer count from 2 to ${MOST}`, text);
  return equallySpaced(from, to, count);
}
