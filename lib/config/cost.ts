import { argumentError } from '../foundation/checks.js';

/** What a run is expected to take: an order of magnitude, from rates seen on one core of a server of 2020. */
export interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

const MOST_SECONDS = 30 * 86_400;
const MOST_BYTES = 2e9;

function duration(seconds: number): string {
  const [unit, name] =
    [[31_557_600, 'years'] as const, [86_400, 'days'] as const, [3600, 'hours'] as const].find(
      ([length]) => seconds >= length,
    ) ?? ([1, 'seconds'] as const);
  return `${Number((seconds / unit).toPrecision(2))} ${name}`;
}

/**
 * Refuses what would take longer than a month of one core, or more memory than 2 GB.
 *
 * @param cores cores that share the work
 * @throws RangeError, one line, with the estimate
 */
export function requireAffordable({ seconds, bytes }: Cost, cores: number): void {
  if (seconds / cores <= MOST_SECONDS && bytes <= MOST_BYTES) return;
  const estimate = `about ${duration(seconds / cores)} and ${Number((bytes / 1e9).toPrecision(2))} GB`;
  throw argumentError(
    `this would take ${estimate}; more than 30 days or 2 GB are refused, unless \`force\` is given`,
  );
}
