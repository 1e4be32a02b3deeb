import { rangeError } from '../foundation/checks.js';
import type { OrderParameterSystem } from './system.js';

/** What a simulation needs of a rule. */
export type SimulatedRule = Pick<OrderParameterSystem, 'rule' | 'layout' | 'batchStep'>;

/** Places in the state of a rule whose student has one weight vector. */
export interface StudentPlaces {
  /** That of the output scale; −1 where the rule has none. */
  readonly scale: number;
  /** That of r = 1 − R. */
  readonly overlap: number;
  /** That of L. */
  readonly length: number;
}

/**
 * Where a student of one weight vector stands in the state of a rule.
 *
 * @throws RangeError for a rule with more or fewer overlaps and lengths than one
 */
export function studentPlaces({
  rule,
  layout: { kinds },
}: Pick<OrderParameterSystem, 'rule' | 'layout'>): StudentPlaces {
  const scale = kinds.indexOf('scale');
  const overlap = kinds.indexOf('overlap');
  const length = kinds.indexOf('length');
  const others = kinds.length - (scale < 0 ? 2 : 3);
  if (overlap < 0 || length < 0 || others !== 0)
    throw rangeError('rule', 'one with a single overlap, a single length and at most one scale', rule);
  return { scale, overlap, length };
}
