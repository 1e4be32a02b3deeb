import { executeConfig } from '../commands/execute-config.js';
import type { CommandName } from '../commands/index.js';
import { plain, printedObject } from '../config/result.js';
import { oneLine } from '../config/one-line.js';
import { packageVersion } from '../config/package-version.js';
import type { Shard } from './shard.js';
import type { SweepConfig, SweepPoint } from './sweep-config.js';

/** The first line of a results file: what the sweep is, so that no other is mixed into it. */
export interface SweepHeader {
  /** Tells a results file of a sweep from other JSON Lines. */
  readonly kind: 'sweep';
  /** The version of this package that began the file, as 0.1.0. */
  readonly version: string;
  /** The sweep with its defaults filled in, without `force`, which changes no result. */
  readonly sweep: SweepConfig;
  /** Points of the whole sweep. */
  readonly points: number;
  /** Which part of them the file is for, as `2/5`; all without it. */
  readonly shard?: string;
}

/** A finished point, a line of a results file. */
export interface SweepRecord {
  /** Index of the point, from 0, in the order of the sweep. */
  readonly point: number;
  /** What this point has for itself. */
  readonly parameters: SweepPoint['parameters'];
  /** `done`; `failed` where the run itself says so (diverged …; its result is there); `error` where there is no result. */
  readonly outcome: 'done' | 'failed' | 'error';
  /** What the command prints in JSON. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** What went wrong, one line; with the outcome `error` alone. */
  readonly error?: string;
}

/** The header of a sweep's file. */
export function headerOf(sweep: SweepConfig, points: number, shard?: Shard): SweepHeader {
  const part = shard === undefined ? {} : { shard: `${shard.part}/${shard.of}` };
  // A sweep that is forced is the same sweep.
  const config = Object.fromEntries(Object.entries(sweep.config).filter(([name]) => name !== 'force'));
  return { kind: 'sweep', version: packageVersion(), sweep: { ...sweep, config }, points, ...part };
}

/** A header or a record as a line, numbers that are not finite as strings. */
export function lineOf(value: SweepHeader | SweepRecord): string {
  return `${JSON.stringify(value, plain)}\n`;
}

/** The record of a point that gave no result. */
export function errorRecord({ index, parameters }: SweepPoint, error: unknown): SweepRecord {
  const text = error instanceof Error ? error.message : String(error);
  return { point: index, parameters, outcome: 'error', error: oneLine(text) };
}

/** Runs a point. What goes wrong is recorded, so that a sweep goes on. The same point gives the same line everywhere. */
export async function runPoint(command: CommandName, point: SweepPoint): Promise<SweepRecord> {
  const { index, parameters, config } = point;
  try {
    const { result, outcome } = await executeConfig(command, config);
    return {
      point: index,
      parameters,
      outcome: outcome === 'done' ? 'done' : 'failed',
      result: printedObject(result),
    };
  } catch (error) {
    return errorRecord(point, error);
  }
}
