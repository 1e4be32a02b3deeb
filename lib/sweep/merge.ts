import { existsSync } from 'node:fs';
import { argumentError, listOf, requireString } from '../foundation/checks.js';
import { configDiff } from './config-diff.js';
import type { SweepHeader, SweepRecord } from './record.js';
import { readResults } from './read-results.js';
import { writeComplete } from './results-file.js';

/** What came of putting results files together. */
export interface Merged {
  /** Points of the sweep that no file holds. */
  readonly missing: readonly number[];
  /** What the sweep is, without a shard. */
  readonly header: SweepHeader;
  /** The points that the files hold, in the order of the sweep. */
  readonly records: readonly SweepRecord[];
}

const requireNames = listOf(requireString, 'a list of file names');

function withoutShard({ kind, version, sweep, points }: SweepHeader): SweepHeader {
  return { kind, version, sweep, points };
}

/**
 * Puts the results files of a sweep's shards together: where no point is missing, the bytes that one run of the whole sweep
 * would have written. Points of several files must agree.
 *
 * @throws RangeError, one line, for an output that is there already, for files of different sweeps, or of different results for one point
 */
export function mergeResults(paths: readonly string[], output: string): Merged {
  if (requireNames('paths', paths).length === 0) throw argumentError('merge needs a file; `paths` is empty');
  if (existsSync(requireString('output', output))) throw argumentError(`${output} is there already`);
  const files = paths.map((path) => ({ path, ...readResults(path) }));
  const points = new Map<number, SweepRecord>();
  let header: SweepHeader | undefined;
  for (const file of files) {
    if (file.header === undefined) throw argumentError(`${file.path} is empty`);
    header ??= withoutShard(file.header);
    const diff = configDiff(header, withoutShard(file.header));
    if (diff !== '') throw argumentError(`${file.path} is of another sweep than ${paths[0]!}: ${diff}`);
    for (const record of file.records) {
      const there = points.get(record.point);
      if (there !== undefined && JSON.stringify(there) !== JSON.stringify(record))
        throw argumentError(
          `${file.path} has another result for point ${record.point} than a file before it`,
        );
      points.set(record.point, record);
    }
  }
  const { points: count } = header!;
  const missing = Array.from({ length: count }, (_, i) => i).filter((point) => !points.has(point));
  const records = [...points.values()].sort((a, b) => a.point - b.point);
  writeComplete(output, header!, records);
  return { missing, header: header!, records };
}
