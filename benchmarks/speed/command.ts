import { Command } from 'commander';
import { rangeError } from '../../lib/foundation/checks.js';
import { compareRuns } from '../compare.js';
import { append, HISTORY, readLastRun, runOf, type Run } from '../history.js';
import { comparisonTable, RESULT_NOTE, resultTable, unsharedNote } from '../report.js';
import type { Benchmark, Mode } from './benchmark.js';
import { runBenchmarks } from './run.js';
import { suite } from './suite.js';

interface Options {
  readonly only?: string;
  readonly quick?: boolean;
  /** True where no file is named. */
  readonly compare?: string | true;
}

function chosen(only: string | undefined): Benchmark[] {
  const names = suite.map(({ name }) => name);
  const wanted = only?.split(',') ?? names;
  const stranger = wanted.find((name) => !names.includes(name));
  if (stranger !== undefined) throw rangeError('only', `one or more of ${names.join(', ')}`, stranger);
  return suite.filter(({ name }) => wanted.includes(name));
}

function earlierRun(compare: string | true | undefined): Run | undefined {
  if (compare === undefined) return undefined;
  return readLastRun(compare === true ? HISTORY : compare);
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

/** Why a benchmark is left out, if it is. */
function obstacleOf({ obstacle, pairs }: Benchmark, mode: Mode): string | undefined {
  return pairs[mode] === 0 ? `not part of --${mode}` : obstacle;
}

async function measureSpeed({ only, quick = false, compare }: Options): Promise<void> {
  const mode = quick ? 'quick' : 'full';
  const benchmarks = chosen(only);
  const earlier = earlierRun(compare);
  const possible = benchmarks.filter((benchmark) => obstacleOf(benchmark, mode) === undefined);
  const measurements = await runBenchmarks(possible, mode, showProgress);
  showProgress('');
  for (const benchmark of benchmarks) {
    const obstacle = obstacleOf(benchmark, mode);
    if (obstacle !== undefined) console.log(`skipped: ${benchmark.name}, ${obstacle}`);
  }
  if (measurements.length === 0) return;
  const run = runOf(measurements, quick);
  append(HISTORY, run);
  console.log(`${resultTable(measurements)}\n${RESULT_NOTE}`);
  if (earlier === undefined) return;
  const missing = unsharedNote(earlier, run);
  if (missing !== undefined) console.log(`\n${missing}`);
  const comparisons = compareRuns(earlier, run);
  if (comparisons.length > 0) console.log(`\n${comparisonTable(earlier, comparisons)}`);
}

/** The default suite: ratios of times, and their change since an earlier run. */
export function speed(): Command {
  return new Command('speed')
    .description(`ratios of times; each run is added to ${HISTORY}`)
    .option('--only <names>', `some of ${suite.map(({ name }) => name).join(',')}`)
    .option('--quick', 'fewer processes and pairs')
    .option(
      '--compare [file]',
      'compare with the last run of a history or a single result (default: the last run here)',
    )
    .action(measureSpeed);
}
