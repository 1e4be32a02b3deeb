import { MISSES, LEAST_CHANGE, type Comparison } from './compare.js';
import type { Measurement, Run } from './history.js';

/** Lines of cells in columns, the first lines their titles. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
const range = (lower: number, upper: number): string => `${lower.toPrecision(4)} to ${upper.toPrecision(4)}`;

/** The measured ratios. */
export function resultTable(measurements: readonly Measurement[]): string {
  return aligned([
    ['benchmark', 'time of / time of', 'ratio', 'interval', 'coverage', 'faster is', 'pairs'],
    ...measurements.map(({ name, ratio, median, interval, coverage, better, ratios }) => [
      name,
      ratio,
      median.toPrecision(4),
      range(...interval),
      percent(coverage),
      better,
      `${ratios.length} x ${ratios[0].length}`,
    ]),
  ]);
}

/** What the numbers of that table are. */
export const RESULT_NOTE =
  'ratio: median over processes of the median over pairs; interval: of that median, between order statistics of the ' +
  'processes; (ours): code of this package that serves as yardstick';

/** Old and new ratios with what is to be said of the change. */
export function comparisonTable(before: Run, comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ name, before: old, after, factor, verdict, differing }) => [
    name,
    old.toPrecision(4),
    after.toPrecision(4),
    factor.estimate.toFixed(3),
    `${factor.lower.toFixed(3)} to ${factor.upper.toFixed(3)}`,
    percent(factor.coverage),
    differing.length === 0 ? verdict : `${verdict}: ${differing.join('; ')}`,
  ]);
  const where = `${before.time}, version ${before.version}, commit ${before.commit ?? 'unknown'}`;
  return [
    `against the run of ${where}`,
    aligned([['benchmark', 'old', 'new', 'new/old', 'interval', 'coverage', 'verdict'], ...rows]),
    `intervals of new/old hold together with probability ${percent(1 - MISSES)} or more (Bonferroni); faster and slower: ` +
      `the whole interval lies beyond a change by ${percent(LEAST_CHANGE)}`,
  ].join('\n');
}

/** Benchmarks of one of two runs only. */
export function unsharedNote(before: Run, after: Run): string | undefined {
  const names = (run: Run): string[] => run.benchmarks.map(({ name }) => name);
  const missing = names(after).filter((name) => !names(before).includes(name));
  return missing.length === 0 ? undefined : `not in the earlier run: ${missing.join(', ')}`;
}
