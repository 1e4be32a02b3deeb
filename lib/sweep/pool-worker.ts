import type { CommandName } from '../commands/index.js';
import { runPoint, type SweepRecord } from './record.js';
import type { SweepPoint } from './sweep-config.js';

/** A point, and the command that is run there. */
export interface PoolTask {
  readonly command: CommandName;
  readonly point: SweepPoint;
}

/** What a thread of the pool does with a point. */
export default function poolWorker({ command, point }: PoolTask): Promise<SweepRecord> {
  return runPoint(command, point);
}
