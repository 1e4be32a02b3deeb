import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { argumentError } from '../foundation/checks.js';
import { configDiff } from './config-diff.js';
import { lockFile } from './lock.js';
import { readResults } from './read-results.js';
import { lineOf, type SweepHeader, type SweepRecord } from './record.js';

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
    throw argumentError(`${path} is there already; \`resume\` goes on with it`);
  const diff = stored === undefined ? '' : configDiff(stored.header, header);
  if (diff !== '')
    throw argumentError(
      `${path} is of another sweep; delete it to begin anew, or name another file: ${diff}`,
    );
  const { records: finished, wholeBytes } = stored ?? { records: [], wholeBytes: 0 };
  const descriptor = openSync(path, stored === undefined ? 'w' : 'r+');
  ftruncateSync(descriptor, wholeBytes);
  let at = wholeBytes;
  const added: SweepRecord[] = [];
  function append(text: string): void {
    at = writeAt(descriptor, text, at);
    fsyncSync(descriptor);
  }
  if (stored === undefined) {
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
