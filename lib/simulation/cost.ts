import type { Engine } from './engine.js';

/** Seconds of a step for each input drawn, on one core of a server of 2020. */
export const DRAWN_INPUT = 1e-8;
/** Seconds for each sample whose fields are drawn instead of its inputs. */
export const DRAWN_FIELD = 2e-7;
// Bytes of a state that is kept.
const KEPT_STATE = 80;

/** What a Monte Carlo experiment does. */
interface Experiment {
  readonly engine: Engine;
  readonly dimension: number;
  readonly batchSize: number;
  readonly runs: number;
  /** Last time, in units of steps/N. */
  readonly until: number;
  /** Times at which it is measured. */
  readonly measurements: number;
  readonly load?: number | undefined;
}

/** Seconds and bytes that a Monte Carlo experiment is expected to take, in order of magnitude. */
export function simulationCost({
  engine,
  dimension,
  batchSize,
  runs,
  until,
  measurements,
  load = 0,
}: Experiment): { seconds: number; bytes: number } {
  const explicit = engine === 'explicit';
  const step = explicit ? DRAWN_INPUT * dimension * batchSize : DRAWN_FIELD * (1 + batchSize);
  const student = explicit ? dimension * (1 + batchSize + load * dimension) : 0;
  return {
    seconds: runs * until * dimension * step,
    bytes: 8 * student + KEPT_STATE * runs * measurements,
  };
}
