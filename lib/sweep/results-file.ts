import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fileProblem } from '../foundation/file-problem.js';
import { configDiff } from './config-diff.js';
import { lockFile } from './lock.js';
import { lineOf, type SweepHeader, type SweepRecord } from './record.js';
import { MOST_POINTS } from './sweep-config.js';

/** What a results file holds, and how much of it is whole lines. */
export interface StoredSweep {
  /** Undefined where not even the first line is whole. */
  readonly header: SweepHeader | undefined;
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

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHeader(value: unknown): value is SweepHeader {
  if (!isMapping(value) || value['kind'] !== 'sweep' || !isMapping(value['sweep'])) return false;
  const { version, points } = value;
  return typeof version === 'string' && Number.isInteger(points) && Number(points) <= MOST_POINTS;
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
  let bytes: Buffer;
  try {
    // A pipe or a device may never come to an end.
    if (!statSync(path).isFile()) throw new Error('it is no regular file');
    bytes = readFileSync(path);
  } catch (error) {
    throw new RangeError(`cannot read ${path}: ${fileProblem(error)}`, { cause: error });
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
    throw new RangeError(`${path} is not a results file of a sweep: its first line says nothing of one`);
  const points = new Set<number>();
  const bad = records.findIndex((value) => {
    if (!isRecord(value, header.points) || points.has(value.point)) return true;
    points.add(value.point);
    return false;
  });
  if (bad >= 0)
    throw new RangeError(
      `${path} is damaged: line ${bad + 2} is no result of a point, or of one that was there`,
    );
  return { header, records: records as SweepRecord[], wholeBytes };
}

/** A results file that finished points are added to. */
export interface ResultsFile {
  /** Points that were finished before. */
  readonly finished: readonly SweepRecord[];
  /** Adds a finished point. It is on the disk (fsync) when this returns. */
  append(record: SweepRecord): void;
  /** Rewrites the file in the order of the points, all at once: a crash leaves the old file or the new one. */
  complete(): void;
  close(): void;
}

/** Writes text at a place of a file; returns the place after it. */
function writeAt(descriptor: number, text: string, at: number): number {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
  return at + bytes.length;
}

function checkHeader(path: string, stored: SweepHeader, header: SweepHeader): void {
  const diff = configDiff(stored, header);
  if (diff !== '') throw new RangeError(`${path} is of another sweep: ${diff}`);
}

/** Makes a rename last: the directory that holds the name has to reach the disk too. */
function syncDirectory(path: string): void {
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** Writes a complete results file in the order of the points, under another name first. */
export function writeComplete(path: string, header: SweepHeader, records: readonly SweepRecord[]): void {
  const beside = `${path}.partial`;
  const descriptor = openSync(beside, 'w');
  try {
    let at = writeAt(descriptor, lineOf(header), 0);
    for (const record of [...records].sort((a, b) => a.point - b.point))
      at = writeAt(descriptor, lineOf(record), at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(beside, path);
  syncDirectory(path);
}

/**
 * Opens a results file to add to it; begins it where there is none with a point in it, repairs a torn end.
 *
 * @param resume whether what is there may be gone on with; without it a file that holds points is refused
 * @throws RangeError, one line: for a file that is there already, is being written, is of another sweep (with what differs), or is damaged
 */
export function openResults(path: string, header: SweepHeader, resume: boolean): ResultsFile {
  const unlock = lockFile(path);
  try {
    return openLocked(path, header, resume, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function openLocked(path: string, header: SweepHeader, resume: boolean, unlock: () => void): ResultsFile {
  const found = existsSync(path) ? readResults(path) : undefined;
  // A file without a point holds nothing to lose.
  const stored = found !== undefined && found.records.length > 0 ? found : undefined;
  if (stored !== undefined && !resume)
    throw new RangeError(`${path} is there already; \`resume\` goes on with it`);
  if (stored?.header !== undefined) checkHeader(path, stored.header, header);
  const begun = stored !== undefined;
  const descriptor = openSync(path, begun ? 'r+' : 'w');
  let at = 0;
  if (begun) {
    ftruncateSync(descriptor, stored.wholeBytes);
    at = stored.wholeBytes;
  }
  const finished = begun ? stored.records : [];
  const added: SweepRecord[] = [];
  function append(text: string): void {
    at = writeAt(descriptor, text, at);
    fsyncSync(descriptor);
  }
  if (!begun) {
    append(lineOf(header));
    syncDirectory(path);
  }
  return {
    finished,
    append(record) {
      append(lineOf(record));
      added.push(record);
    },
    complete: () => {
      writeComplete(path, header, [...finished, ...added]);
    },
    close: () => {
      closeSync(descriptor);
      unlock();
    },
  };
}
