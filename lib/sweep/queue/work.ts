import { once } from 'node:events';
import { integer, requireSignal } from '../../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../../foundation/options.js';
import type { PoolTask } from '../pool-worker.js';
import { lineOf } from '../record.js';
import { MOST_WORKERS, workerPool } from '../worker-pool.js';
import { CLOSING_MS, connect, queueName, queuePackages, requireAddress, within } from './connection.js';

/** Milliseconds after which a worker that gives no sign of life has lost its points, and between looks for such. */
const LOCK_MS = 10_000;
const LOOK_MS = 5000;
/** Workers that a point may lose before it counts as failed. */
const LOST_WORKERS = 10;

/** How a machine works on a queue. */
export interface QueueWork {
  /** Address of Redis, as redis://host:6379. */
  readonly url: string;
  /** Threads; default: as many as the machine runs at once. */
  readonly workers?: number | undefined;
  /** Ends the work, once the points that are under way are done. */
  readonly signal: AbortSignal;
}

const checks: OptionChecks<QueueWork> = {
  url: requireAddress,
  workers: optional(integer(1, MOST_WORKERS)),
  signal: requireSignal,
};

/**
 * Works on the points that sweeps hand over (`sweepQueue`) until the signal ends it, after the points that are under way.
 *
 * @returns the number of points done
 * @throws (as a rejection) RangeError, one line, as `sweepQueue` and `workerPool` do
 */
export async function workOnQueue(work: QueueWork): Promise<number> {
  const { url, workers, signal } = requireOptions('work', work, checks);
  const packages = await queuePackages();
  const pool = await workerPool(workers);
  const connection = await connect(url, packages).catch(async (error: unknown) => {
    await pool.destroy();
    throw error;
  });
  let count = 0;
  const worker = new packages.bullmq.Worker<PoolTask, string>(
    queueName(),
    async ({ data }) => lineOf(await pool.run(data)),
    {
      connection,
      concurrency: pool.options.maxThreads,
      lockDuration: LOCK_MS,
      stalledInterval: LOOK_MS,
      maxStalledCount: LOST_WORKERS,
    },
  );
  worker.on('completed', () => {
    count++;
  });
  // Connections that come and go are ioredis's to mend.
  worker.on('error', () => undefined);
  if (!signal.aborted) await once(signal, 'abort');
  // Points under way are finished, unless the server that waits for them is away.
  const answers = connection.status === 'ready';
  await (answers ? worker.close() : within(CLOSING_MS, worker.close(true)).catch(() => undefined));
  await pool.destroy();
  connection.disconnect();
  return count;
}
