import { extname } from 'node:path';
import { loadConfig } from '../config/load.js';
import type { Executed, Result } from '../config/result.js';
import { commandNamed } from '../commands/execute-config.js';
import { parseConfig } from '../config/parse.js';
import type { Executor } from '../sweep/executor.js';
import { localExecutor } from '../sweep/local-executor.js';
import { mergeResults } from '../sweep/merge.js';
import type { SweepRecord } from '../sweep/record.js';
import { runSweep } from '../sweep/run-sweep.js';
import { shardOf } from '../sweep/shard.js';
import { sweepSchema, type SweepConfig } from '../sweep/sweep-config.js';
import { sweepTable } from '../sweep/sweep-table.js';
import { execute } from './execute.js';
import type { OutputFlags } from './options.js';
import { requireWritable } from './output.js';
import { UsageError } from './usage-error.js';

/** Options of `sweep`. */
export interface SweepFlags extends OutputFlags, WorkerFlags {
  readonly resume?: boolean;
  readonly shard?: string;
  readonly force?: boolean;
}

/** Options of `worker`. */
export interface WorkerFlags {
  readonly queue?: string;
  readonly workers?: number;
}

/** The results file: the configuration's name with another ending, unless it is named. */
function resultsPath(config: string, output: string | undefined): string {
  const path = output ?? `${config.slice(0, config.length - extname(config).length)}.jsonl`;
  if (extname(path) !== '.jsonl') throw new UsageError(`--output must end in .jsonl; got ${path}`);
  requireWritable(path);
  return path;
}

const MOST_ERRORS = 5;

function resultOf(sweep: SweepConfig, path: string, records: readonly SweepRecord[], points: number): Result {
  const counted = (outcome: SweepRecord['outcome']): number =>
    records.filter((record) => record.outcome === outcome).length;
  const errors = records
    .filter(({ outcome }) => outcome === 'error')
    .slice(0, MOST_ERRORS)
    .map(({ point, error }) => `point ${point}: ${error!}`);
  const statistics = {
    points,
    done: counted('done'),
    failed: counted('failed'),
    errors: counted('error'),
    left: points - records.length,
  };
  const outcome =
    statistics.left > 0 ? 'incomplete' : statistics.done < points ? 'failed-points' : 'complete';
  const message = `${statistics.done} of ${points} points done`;
  const warnings = errors.length > 0 ? { warnings: errors } : {};
  const entries = { outcome, message, statistics, ...warnings, file: path };
  return { kind: 'sweep', config: sweep, entries, table: sweepTable(records) };
}

async function executorOf(sweep: SweepConfig, { queue, workers }: SweepFlags): Promise<Executor> {
  if (queue === undefined) return localExecutor(sweep, workers);
  const { sweepQueue } = await import('../sweep/queue/submit.js');
  const { requireAddress } = await import('../sweep/queue/connection.js');
  requireAddress('queue', queue);
  return sweepQueue(sweep, queue);
}

/** `order-parameters sweep` */
export async function sweepCommand(flags: SweepFlags): Promise<void> {
  if (flags.config === undefined) throw new UsageError('--config FILE is needed');
  if (flags.queue !== undefined && flags.workers !== undefined)
    throw new UsageError('--workers is for this machine and does not go with --queue');
  const given = parseConfig(sweepSchema, await loadConfig(flags.config));
  // Commands that are never long know no such entry.
  const forced = flags.force === true && 'force' in (await commandNamed(given.command)).schema.shape;
  const sweep = forced ? { ...given, config: { ...given.config, force: true } } : given;
  const path = resultsPath(flags.config, flags.output);
  const shard = flags.shard === undefined ? undefined : shardOf(flags.shard);
  // The table is printed: the output is the results file.
  await execute('sweep', { ...flags, output: undefined }, async (signal, onProgress): Promise<Executed> => {
    const { outcome, records, points } = await runSweep(
      { sweep, path, resume: flags.resume === true, shard, executorOf: () => executorOf(sweep, flags) },
      { signal, onProgress },
    );
    const failed = records.some((record) => record.outcome !== 'done');
    return {
      result: resultOf(sweep, path, records, points),
      outcome: outcome === 'aborted' ? 'aborted' : failed ? 'failed' : 'done',
    };
  });
}

/** `order-parameters merge` */
export async function mergeCommand(paths: readonly string[], flags: OutputFlags): Promise<void> {
  if (flags.output === undefined) throw new UsageError('--output FILE.jsonl is needed');
  const path = resultsPath('', flags.output);
  await execute('merge', { ...flags, output: undefined }, () => {
    const { header, records } = mergeResults(paths, path);
    const complete = records.length === header.points && records.every(({ outcome }) => outcome === 'done');
    return Promise.resolve({
      result: resultOf(header.sweep, path, records, header.points),
      outcome: complete ? 'done' : 'failed',
    });
  });
}

/** `order-parameters worker`: until Ctrl-C, or until a scheduler sends SIGTERM. */
export async function workerCommand({ queue, workers }: WorkerFlags): Promise<void> {
  if (queue === undefined) throw new UsageError('--queue URL is needed');
  const { workOnQueue } = await import('../sweep/queue/work.js');
  const { requireAddress, withoutPassword } = await import('../sweep/queue/connection.js');
  requireAddress('queue', queue);
  await execute('worker', { quiet: true }, async (signal) => {
    const terminated = new AbortController();
    process.once('SIGTERM', () => {
      terminated.abort();
    });
    const points = await workOnQueue({
      url: queue,
      workers,
      signal: AbortSignal.any([signal, terminated.signal]),
    });
    const entries = { outcome: 'stopped', message: `${points} points done`, statistics: { points } };
    return {
      result: {
        kind: 'worker',
        config: { queue: withoutPassword(queue), workers },
        entries,
        table: undefined,
      },
      outcome: signal.aborted ? 'aborted' : 'done',
    };
  });
}
