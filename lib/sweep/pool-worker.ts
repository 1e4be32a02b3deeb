import type { CommandName } from '../commands/index.js';
import { runPoint, type SweepRecord } from './record.js';
import type { SweepPoint } from './sweep-config.js';

/** What a thread of the pool does with a point. */
export default function poolWorker(task: {
  readonly command: CommandName;
  readonly point: SweepPoint;
}): Promise<SweepRecord> {
  return runPoint(task.command, task.point);
}
