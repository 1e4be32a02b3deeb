import { createHash } from 'node:crypto';
import type { Mutation } from './mutate.js';

// A fixed order by chance in which a mutation keeps its place while code around it changes or moves: its rank is made of
// what it does, not of where it stands.
const SEED = 1;

function rankOf(source: string, { kind, start, end, replacement, place }: Mutation, copy: number): string {
  const text = [SEED, place, kind, source.slice(start, end), replacement, copy].join('\n');
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Some of the mutations of a module, chosen by chance, the same ones every time.
 *
 * @param source the text of the module
 * @param size how many, or all if there are fewer
 */
export function sampled(source: string, mutations: readonly Mutation[], size: number): Mutation[] {
  const copies = new Map<string, number>();
  const ranked = mutations.map((mutation) => {
    const first = rankOf(source, mutation, 0);
    const copy = copies.get(first) ?? 0;
    copies.set(first, copy + 1);
    return { mutation, rank: rankOf(source, mutation, copy) };
  });
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked.slice(0, size).map(({ mutation }) => mutation);
}
