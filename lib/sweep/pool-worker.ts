import type { ConfiguredCommand } from '../config/commands.js';
import { runPoint, type SweepRecord } from './record.js';
import type { SweepPoint } from './sweep-config.js';

/** What a thread of the pool does with a point. */
export default function poolWorker(task: {
  readonly command: ConfiguredCommand;
  readonly point: SweepPoint;
}): Promise<SweepRecord> {
  return runPoint(task.command, task.point);
}
