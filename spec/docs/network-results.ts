import { readFileSync } from 'node:fs';
import { estimate, type Estimate } from '../../lib/numerics/statistics.js';
import type { Cell } from '../../lib/config/result.js';

/** A run as `network` prints it. */
export interface PrintedRun {
  readonly ending: string;
  readonly trainingLoss: readonly number[];
  readonly validationLoss: readonly number[];
  readonly testLoss: readonly number[];
  readonly reliance?: readonly number[];
}

/** A loss of a run. */
export type Loss = 'trainingLoss' | 'validationLoss' | 'testLoss';

/** What `network` prints of a point of a sweep. */
export interface PrintedNetworks {
  readonly choice: { readonly learningRate: number; readonly gammaDecay: number | 'published' };
  readonly runs: readonly PrintedRun[];
  readonly mimicries: readonly {
    readonly gammaDecay: number | 'published';
    readonly distances: Readonly<Record<Loss, readonly number[]>>;
  }[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface NetworkPoint {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly result: PrintedNetworks;
}

/** The points of a results file of the figures, all of whose runs came to their end. */
export function networkPoints(path: string): NetworkPoint[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const points = lines.map((line) => JSON.parse(line) as NetworkPoint & { outcome: string });
  const failed = points.find(({ outcome }) => outcome !== 'done');
  if (failed !== undefined)
    throw new Error(`${path}: ${JSON.stringify(failed.parameters)} is ${failed.outcome}`);
  return points;
}

/** The point with these parameters. */
export function pointWith(
  points: readonly NetworkPoint[],
  wanted: Readonly<Record<string, unknown>>,
): PrintedNetworks {
  const found = points.filter(({ parameters }) =>
    Object.entries(wanted).every(
      ([name, value]) => JSON.stringify(parameters[name]) === JSON.stringify(value),
    ),
  );
  if (found.length !== 1) throw new Error(`${found.length} points with ${JSON.stringify(wanted)}`);
  return found[0].result;
}

/** The loss of each run after the last epoch. */
export function lastLosses({ runs }: PrintedNetworks, loss: Loss): number[] {
  return runs.map((run) => run[loss].at(-1)!);
}

/** A number of the table, of its last row by default. */
export function cellAt({ columns, rows }: PrintedNetworks, column: string, row = -1): number {
  const value = rows.at(row)![columns.indexOf(column)];
  if (typeof value !== 'number') throw new Error(`no number in column ${column}`);
  return value;
}

/** The mean of a column after some epoch, with its standard error; after the last by default. */
export function columnAt(found: PrintedNetworks, name: string, row = -1): Estimate {
  return { mean: cellAt(found, name, row), standardError: cellAt(found, `${name}StandardError`, row) };
}

/** Mean and standard error of differences, run by run. */
export function pairedDifference(one: readonly number[], other: readonly number[]): Estimate {
  return estimate(one.map((value, k) => value - other[k]));
}

/** A mean with its standard error in units of the last digit: 0.544(6); the error has one digit, two where the first is 1. */
export function withError({ mean, standardError }: Estimate, sign = false): string {
  const digits = Math.max(
    0,
    -Math.floor(Math.log10(standardError)) + (/^[^1-9]*1/.test(standardError.toExponential()) ? 1 : 0),
  );
  const text = `${mean.toFixed(digits)}(${Math.round(standardError * 10 ** digits)})`.replace('-', '−');
  return sign && mean > 0 ? `+${text}` : text;
}

/** A table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
