import type { Measurement, Run } from './history.js';
import { factorBetween, median, type Factor } from './statistics.js';

/** Chance that any of the intervals of one comparison misses, if nothing but the process differs between two runs. */
export const MISSES = 0.05;
/** Changes that may be smaller than this are not called one: what differs between runs of the same code, see docs/findings/speed.md. */
export const LEAST_CHANGE = 0.03;

/** What is said of a benchmark's change. */
export type Verdict = 'faster' | 'slower' | 'no change seen' | 'not comparable' | 'too few processes';

/** A benchmark now and then. */
export interface Comparison {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** New over old. */
  readonly factor: Factor;
  readonly verdict: Verdict;
  /** What differs, where that makes the two not comparable. */
  readonly differing: readonly string[];
}

/** Each process counts once: processes differ by more than the pairs of one do. */
export function processMedians({ ratios }: Pick<Measurement, 'ratios'>): number[] {
  return ratios.map(median);
}

function differences(before: Run, after: Run, old: Measurement, now: Measurement): string[] {
  const machine = (['cpu', 'node'] as const)
    .filter((key) => before[key] !== after[key])
    .map((key) => `${key} ${before[key]} then, ${after[key]} now`);
  const defined = (['ratio', 'problem', 'better'] as const).some((key) => old[key] !== now[key]);
  return defined ? [...machine, 'problem definition'] : machine;
}

/** A change counts where the interval as a whole lies beyond the least change. */
function verdictOf(
  { lower, upper, coverage }: Factor,
  level: number,
  better: Measurement['better'],
): Verdict {
  if (coverage < level) return 'too few processes';
  if (lower > 1 + LEAST_CHANGE) return better === 'larger' ? 'faster' : 'slower';
  if (upper < 1 / (1 + LEAST_CHANGE)) return better === 'larger' ? 'slower' : 'faster';
  return 'no change seen';
}

/**
 * Compares the benchmarks that two runs share. The intervals are those of the factor between the laws of the process medians, at
 * such a level that all of them together hold with probability 1 − `MISSES` (Bonferroni).
 */
export function compareRuns(before: Run, after: Run): Comparison[] {
  const shared = after.benchmarks.flatMap((now) => {
    const old = before.benchmarks.find(({ name }) => name === now.name);
    return old === undefined ? [] : [{ old, now }];
  });
  const level = 1 - MISSES / shared.length;
  return shared.map(({ old, now }) => {
    const factor = factorBetween(processMedians(old), processMedians(now), level);
    const differing = differences(before, after, old, now);
    return {
      name: now.name,
      before: old.median,
      after: now.median,
      factor,
      verdict: differing.length > 0 ? 'not comparable' : verdictOf(factor, level, now.better),
      differing,
    };
  });
}
