import { requireFunction, requireInteger } from '../foundation/checks.js';
import { requireObject } from '../foundation/options.js';
import type { SweepRecord } from './record.js';
import type { SweepPoint } from './sweep-config.js';

/** What runs points: a pool of workers on this machine, or a queue that other machines take them from. */
export interface Executor {
  /** Threads of this machine that share the work; undefined where others do it. */
  readonly threads?: number;
  /** Points that are worth handing over at once. */
  readonly capacity: number;
  /** Runs a point. Rejects where the point was lost, and when the signal ends it. */
  run(point: SweepPoint, signal: AbortSignal): Promise<SweepRecord>;
  /** Told when the record of a point is on the disk. */
  recorded?(point: SweepPoint): Promise<void>;
  /** Gives back the threads or the connection; no point is run afterwards. */
  close(): Promise<void>;
}

/** An executor: one that `localExecutor` or `sweepQueue` gives back, or an object of the same make. */
export function requireExecutor(name: string, value: unknown): Executor {
  const executor = requireObject(name, value, 'an Executor, such as localExecutor gives back');
  requireInteger(`${name}.capacity`, executor['capacity'], 1);
  for (const method of ['run', 'close']) requireFunction(`${name}.${method}`, executor[method]);
  return value as Executor;
}
