import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { CommandName } from '../commands/index.js';
import { requireInteger } from '../foundation/checks.js';
import type { SweepRecord } from './record.js';
import type { SweepPoint } from './sweep-config.js';

/** Threads that a pool may have. */
export const MOST_WORKERS = 1024;

/** Threads on this machine that run points. */
export interface WorkerPool {
  readonly workers: number;
  /** Runs a point; rejects when the signal ends it, and where its thread is lost. */
  run(command: CommandName, point: SweepPoint, signal?: AbortSignal): Promise<SweepRecord>;
  close(): Promise<void>;
}

/**
 * Starts a pool of worker threads.
 *
 * @param workers default: as many as the machine runs at once
 * @throws (as a rejection) RangeError naming `workers`
 */
export async function workerPool(workers = availableParallelism()): Promise<WorkerPool> {
  requireInteger('workers', workers, 1, MOST_WORKERS);
  const pool = new Piscina<unknown, SweepRecord>({
    filename: new URL('./pool-worker.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Infinity,
  });
  return Promise.resolve({
    workers,
    run: (command, point, signal) => pool.run({ command, point }, signal === undefined ? {} : { signal }),
    close: () => pool.destroy(),
  });
}
