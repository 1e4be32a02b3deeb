import { rangeError } from '../foundation/checks.js';
import { quantityNames } from '../dynamics/quantity.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import type { LevelEvent } from '../trajectory/solve.js';

/**
 * A condition from text such as `generalizationError<1e-6` or `length>10`, met where it comes to hold, at the start if it holds
 * there.
 *
 * @throws RangeError, one line, for any other text
 */
export function stopCondition(text: string, rule: OrderParameterSystem): LevelEvent<string> {
  const match = /^\s*([A-Za-z]+)\s*([<>])\s*(\S+)\s*$/.exec(text);
  const level = Number(match?.[3] ?? NaN);
  if (match === null || !Number.isFinite(level)) {
    throw rangeError('stopWhen', 'like generalizationError<1e-6 or length>10', text);
  }
  const quantity = match[1]!;
  const known = quantityNames(rule);
  if (!known.includes(quantity)) throw rangeError('stopWhen', `about one of ${known.join(', ')}`, quantity);
  return { quantity, level, direction: match[2] === '<' ? 'falling' : 'rising', condition: true };
}
