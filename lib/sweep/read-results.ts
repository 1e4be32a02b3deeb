import { readFileSync, statSync } from 'node:fs';
import { argumentError, requireString } from '../foundation/checks.js';
import { fileProblem } from '../foundation/file-problem.js';
import { isMapping } from '../config/read-text.js';
import type { SweepHeader, SweepRecord } from './record.js';
import { MOST_NUMBERS } from '../config/numbers.js';

/** What a results file holds, and how much of it is whole lines. */
export interface StoredSweep {
  /** Undefined where not even the first line is whole. */
  readonly header: SweepHeader | undefined;
  /** Finished points, in the order in which the file holds them. */
  readonly records: readonly SweepRecord[];
  /** Bytes of whole lines; what follows was torn when its writer was killed. */
  readonly wholeBytes: number;
}

function parseLine(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Whole lines, without their ends. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0, to = bytes.indexOf(10); to >= 0; from = to + 1, to = bytes.indexOf(10, from))
    lines.push(bytes.subarray(from, to));
  return lines;
}

function isHeader(value: unknown): value is SweepHeader {
  if (!isMapping(value) || value['kind'] !== 'sweep' || !isMapping(value['sweep'])) return false;
  const { version, points } = value;
  return typeof version === 'string' && Number.isInteger(points) && Number(points) <= MOST_NUMBERS;
}

function isRecord(value: unknown, points: number): value is SweepRecord {
  if (!isMapping(value) || !isMapping(value['parameters'])) return false;
  const { point, outcome, result, error } = value;
  if (!Number.isInteger(point) || Number(point) < 0 || Number(point) >= points) return false;
  return outcome === 'error' ? typeof error === 'string' : isMapping(result);
}

const HEADER_START = '{"kind":"sweep"';

/** Whether a file without a whole first line may be one whose writer was killed in it. */
function mayBecomeHeader(bytes: Buffer): boolean {
  const start = bytes.toString('utf8', 0, HEADER_START.length);
  return HEADER_START.startsWith(start);
}

/**
 * Reads a results file. A last line that is cut short, or that a crash left without its content, does not count; any other line
 * that cannot be read is an error, since what stood there is lost.
 *
 * @throws RangeError, one line, for a file that cannot be read or is no results file
 */
export function readResults(path: string): StoredSweep {
  requireString('path', path);
  let bytes: Buffer;
  try {
    // A pipe or a device may never come to an end.
    if (!statSync(path).isFile()) throw new Error('it is no regular file');
    bytes = readFileSync(path);
  } catch (error) {
    throw argumentError(`cannot read ${path}: ${fileProblem(error)}`, { cause: error });
  }
  const lines = linesOf(bytes);
  const values = lines.map(parseLine);
  let wholeBytes = bytes.lastIndexOf(10) + 1;
  // A crash may leave a hole of zeros where the last line should stand.
  if (values.length > 0 && values.at(-1) === undefined && lines.at(-1)!.includes(0)) {
    values.pop();
    wholeBytes -= lines.at(-1)!.length + 1;
  }
  const [header, ...records] = values;
  if (header === undefined && mayBecomeHeader(bytes))
    return { header: undefined, records: [], wholeBytes: 0 };
  if (!isHeader(header))
    throw argumentError(`${path} is not a results file of a sweep: its first line says nothing of one`);
  const points = new Set<number>();
  const bad = records.findIndex((value) => {
    if (!isRecord(value, header.points) || points.has(value.point)) return true;
    points.add(value.point);
    return false;
  });
  if (bad >= 0)
    throw argumentError(
      `${path} is damaged: line ${bad + 2} is no result of a point, or of one that was there`,
    );
  return { header, records: records as SweepRecord[], wholeBytes };
}
