import { setMaxListeners } from 'node:events';
import type * as z from 'zod';
import { commandNamed } from '../commands/execute-config.js';
import { costOf, isForced } from '../config/command.js';
import { requireAffordable } from '../config/cost.js';
import { parseConfig } from '../config/parse.js';
import { requireControl, type RunControl } from '../foundation/turns.js';
import { requireBoolean, requireFunction, requireString } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { requireExecutor, type Executor } from './executor.js';
import { localExecutor } from './local-executor.js';
import { errorRecord, headerOf, type SweepRecord } from './record.js';
import { openResults } from './results-file.js';
import { isInShard, requireShard, type Shard } from './shard.js';
import {
  pointsOf,
  requireSweep,
  type sweepSchema,
  type SweepConfig,
  type SweepPoint,
} from './sweep-config.js';

/** How a sweep is run. */
export interface RunSweepOptions {
  /** Command, configuration, grid and list; what is left out takes its default. */
  readonly sweep: z.input<typeof sweepSchema>;
  /** The results file, JSON Lines. */
  readonly path: string;
  /** Whether to go on with a file that is there; default false. */
  readonly resume?: boolean;
  /** Which points; default all. */
  readonly shard?: Shard | undefined;
  /** What runs them; default threads on all cores of this machine. */
  readonly executorOf?: (sweep: SweepConfig) => Promise<Executor>;
}

const checks: OptionChecks<RunSweepOptions> = {
  sweep: elsewhere,
  path: requireString,
  resume: optional(requireBoolean),
  shard: optional(requireShard),
  executorOf: optional(requireFunction),
};

/** How a sweep ended. */
export interface SweepOutcome {
  /** `aborted` where the signal came before all points of this shard were finished. */
  readonly outcome: 'complete' | 'aborted';
  /** Finished points in order, those of earlier runs included. */
  readonly records: readonly SweepRecord[];
  /** Points asked for, of this shard. */
  readonly points: number;
}

/**
 * Runs points, as many at once as the executor takes, and hands each record on as it comes. What goes wrong in handing it on,
 * such as a full disk, ends it all.
 */
async function runPoints(
  points: readonly SweepPoint[],
  executor: Executor,
  signal: AbortSignal,
  onRecord: (record: SweepRecord) => void,
): Promise<void> {
  const broken = new AbortController();
  const ending = AbortSignal.any([signal, broken.signal]);
  setMaxListeners(0, ending);
  async function runOne(point: SweepPoint): Promise<void> {
    const record = await executor.run(point, ending).catch((error: unknown) => {
      return ending.aborted ? undefined : errorRecord(point, error);
    });
    if (record === undefined || broken.signal.aborted) return;
    try {
      onRecord(record);
      await executor.recorded?.(point);
    } catch (error) {
      broken.abort();
      throw error;
    }
  }
  let next = 0;
  async function lane(): Promise<void> {
    while (next < points.length && !ending.aborted) await runOne(points[next++]!);
  }
  await Promise.all(Array.from({ length: Math.min(executor.capacity, points.length) }, lane));
}

/** Refuses points that this machine would take more than a month for. */
async function checkCost(sweep: SweepConfig, points: readonly SweepPoint[], threads: number): Promise<void> {
  const command = await commandNamed(sweep.command);
  let seconds = 0;
  for (const { config } of points) {
    const parsed = parseConfig(command.schema, config);
    if (!isForced(parsed)) seconds += costOf(command, parsed).seconds;
  }
  requireAffordable({ seconds, bytes: 0 }, threads);
}

/**
 * Runs the points of a sweep that its results file does not hold yet. Every finished point is appended and synced to the disk
 * (fsync) before it counts as done, so that a crash at any moment costs only the points under way; a complete file is rewritten
 * in the order of its points, the same bytes whatever the workers, the order of work and the interruptions.
 *
 * @throws (as a rejection) RangeError, one line, for a bad sweep or a file that it cannot go on with
 * @example
 * const config = { rule: 'sgd', learningRate: 1, activation: 'relu' };
 * await runSweep({ sweep: { command: 'learning-rates', config, grid: { noiseVariance: '0:1:11' } }, path: 'noise.jsonl' });
 */
export async function runSweep(options: RunSweepOptions, control: RunControl = {}): Promise<SweepOutcome> {
  requireOptions('options', options, checks);
  const { path, resume = false, shard, executorOf = localExecutor } = options;
  const { signal = new AbortController().signal, onProgress } = requireControl(control);
  const sweep = requireSweep(options.sweep);
  const all = await pointsOf(sweep);
  const points = all.filter(({ index }) => isInShard(index, shard));
  const file = openResults(path, headerOf(sweep, all.length, shard), resume);
  try {
    const records = [...file.finished];
    const finished = new Set(records.map(({ point }) => point));
    const left = points.filter(({ index }) => !finished.has(index));
    const executor =
      left.length > 0 ? requireExecutor('executorOf(sweep)', await executorOf(sweep)) : undefined;
    try {
      if (executor?.threads !== undefined) await checkCost(sweep, left, executor.threads);
      if (executor !== undefined)
        await runPoints(left, executor, signal, (record) => {
          file.append(record);
          records.push(record);
          onProgress?.(records.length / points.length);
        });
    } finally {
      await executor?.close();
    }
    const complete = records.length === points.length;
    if (complete) file.complete();
    records.sort((a, b) => a.point - b.point);
    return { outcome: complete ? 'complete' : 'aborted', records, points: points.length };
  } finally {
    file.close();
  }
}
