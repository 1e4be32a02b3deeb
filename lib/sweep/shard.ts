import { integer, rangeError, requireString } from '../foundation/checks.js';
import { shape } from '../foundation/options.js';

/** One of several parts of a sweep: every `of`-th point, counted from `part` = 1. */
export interface Shard {
  /** Which of the parts, an integer from 1 to `of`. */
  readonly part: number;
  /** How many parts there are, an integer ≥ 1. */
  readonly of: number;
}

/**
 * A shard written as `k/n`.
 *
 * @throws RangeError, one line, for anything else
 * @example
 * shardOf('2/5').part; // 2
 */
export function shardOf(text: string): Shard {
  const [part, of] = /^(\d{1,7})\/(\d{1,7})$/.exec(requireString('shard', text))?.slice(1).map(Number) ?? [];
  if (part === undefined || of === undefined || part < 1 || part > of)
    throw rangeError('shard', 'k/n with integers 1 <= k <= n', text);
  return { part, of };
}

/** A shard as numbers. */
export function requireShard(name: string, value: unknown): Shard {
  const { part, of } = shape<Shard>({ part: integer(1), of: integer(1) })(name, value);
  if (part > of) throw rangeError(`${name}.part`, `at most ${name}.of, ${of}`, part);
  return { part, of };
}

/** Whether a point belongs to a shard; every point belongs to the whole. */
export function isInShard(index: number, shard: Shard | undefined): boolean {
  return shard === undefined || index % shard.of === shard.part - 1;
}
