/**
 * Many points of one command: `order-parameters/sweep`.
 */
export type { Executor } from './executor.js';
export { localExecutor } from './local-executor.js';
export { mergeResults, type Merged } from './merge.js';
export type { SweepHeader, SweepRecord } from './record.js';
export { readResults, type StoredSweep } from './read-results.js';
export { runSweep, type RunSweepOptions, type SweepOutcome } from './run-sweep.js';
export { shardOf, type Shard } from './shard.js';
export { pointsOf, type SweepConfig, type SweepPoint } from './sweep-config.js';
export { sweepTable } from './sweep-table.js';
