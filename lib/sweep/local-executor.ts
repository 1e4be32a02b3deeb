import type { Executor } from './executor.js';
import { commandOf, type SweepConfig } from './sweep-config.js';
import { workerPool } from './worker-pool.js';

/**
 * Runs the points of a sweep on threads of this machine.
 *
 * @param workers default: as many as the machine runs at once
 * @throws (as a rejection) RangeError naming `workers`
 */
export async function localExecutor(sweep: SweepConfig, workers?: number): Promise<Executor> {
  const command = commandOf(sweep);
  const pool = await workerPool(workers);
  return {
    threads: pool.workers,
    // As many again wait in the pool, so that no thread does.
    capacity: 2 * pool.workers,
    run: (point, signal) => pool.run(command, point, signal),
    close: () => pool.close(),
  };
}
