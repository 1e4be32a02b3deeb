import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { requireInteger } from '../foundation/checks.js';
import type { PoolTask } from './pool-worker.js';
import type { SweepRecord } from './record.js';

/** Threads that a pool may have. */
export const MOST_WORKERS = 1024;

/**
 * Starts a pool of worker threads.
 *
 * @param workers default: as many as the machine runs at once
 * @throws (as a rejection) RangeError naming `workers`
 */
export async function workerPool(workers = availableParallelism()): Promise<Piscina<PoolTask, SweepRecord>> {
  requireInteger('workers', workers, 1, MOST_WORKERS);
  return Promise.resolve(
    new Piscina<PoolTask, SweepRecord>({
      filename: new URL('./pool-worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: Infinity,
    }),
  );
}
