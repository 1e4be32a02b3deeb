import { execute } from './execute.js';
import { UsageError } from './usage-error.js';

/** Options of `worker`. */
export interface WorkerFlags {
  readonly queue?: string;
  readonly workers?: number;
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
