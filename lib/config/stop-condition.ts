import { rangeError } from '../foundation/checks.js';
import type { LevelEvent } from '../solver/solve.js';

/**
 * An event from text such as `generalizationError<1e-6` or `length>10`: < is met falling, > rising.
 *
 * @throws RangeError, one line, for any other text
 */
export function stopCondition(text: string): LevelEvent<string> {
  const match = /^\s*([A-Za-z]+)\s*([<>])\s*(\S+)\s*$/.exec(text);
  const level = Number(match?.[3] ?? NaN);
  if (match === null || !Number.isFinite(level)) {
    throw rangeError('stopWhen', 'like generalizationError<1e-6 or length>10', text);
  }
  return { quantity: match[1]!, level, direction: match[2] === '<' ? 'falling' : 'rising' };
}
