import type { Executor } from './executor.js';
import { commandOf, type SweepConfig } from './sweep-config.js';
import { workerPool } from './worker-pool.js';

/**
 * Runs the points of a sweep on threads of this machine.
 *
 * @param workers threads, from 1 to 1024; default: as many as the machine runs at once
 * @throws (as a rejection) RangeError naming `workers`
 * @example
 * const config = { rule: 'sgd', learningRate: 1, activation: 'relu' };
 * const executor = await localExecutor({ command: 'learning-rates', config, grid: {} }, 1);
 * const { outcome } = await executor.run({ index: 0, parameters: {}, config }, new AbortController().signal);
 * await executor.close();
 * outcome; // 'done'
 */
export async function localExecutor(sweep: SweepConfig, workers?: number): Promise<Executor> {
  const command = commandOf(sweep);
  const pool = await workerPool(workers);
  return {
    threads: pool.options.maxThreads,
    // As many again wait in the pool, so that no thread does.
    capacity: 2 * pool.options.maxThreads,
    run: (point, signal) => pool.run({ command, point }, { signal }),
    close: () => pool.destroy(),
  };
}
