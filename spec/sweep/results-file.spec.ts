import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeResults } from '../../lib/sweep/merge.js';
import { headerOf, lineOf, type SweepRecord } from '../../lib/sweep/record.js';
import { readResults } from '../../lib/sweep/read-results.js';
import { openResults } from '../../lib/sweep/results-file.js';
import { isInShard, shardOf } from '../../lib/sweep/shard.js';
import type { SweepConfig } from '../../lib/sweep/sweep-config.js';

const sweep: SweepConfig = {
  command: 'learning-rates',
  config: { rule: 'sgd' },
  grid: { learningRate: [1, 2, 3] },
};
const header = headerOf(sweep, 3);
const record = (point: number): SweepRecord => ({
  point,
  parameters: { learningRate: point + 1 },
  outcome: 'done',
  result: { maximum: Infinity, name: 'η' },
});

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-'));
  path = join(folder, 'sweep.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes points, in the order given, as a run that was cut short. */
function writeSome(points: readonly number[], to = path, first = header): void {
  const file = openResults(to, first, true);
  for (const point of points) file.append(record(point));
  file.close();
}

describe('a results file', () => {
  it('has a header and a line for each point as it was finished, and the order of the points once complete', () => {
    writeSome([2, 0]);
    expect(readFileSync(path, 'utf8')).toBe(lineOf(header) + lineOf(record(2)) + lineOf(record(0)));
    const file = openResults(path, header, true);
    expect(file.finished.map(({ point }) => point)).toEqual([2, 0]);
    file.append(record(1));
    file.complete();
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(
      lineOf(header) + [0, 1, 2].map((point) => lineOf(record(point))).join(''),
    );
  });

  it('is the same for numbers that are not finite after it was read again', () => {
    writeSome([0]);
    const [read] = readResults(path).records;
    expect(read.result).toEqual({ maximum: 'Infinity', name: 'η' });
    expect(lineOf(read)).toBe(lineOf(record(0)));
  });

  it('is repaired at any byte where it was torn: whole points stay, the rest is cut off', () => {
    writeSome([1, 0]);
    const whole = readFileSync(path);
    const ends = [...whole.keys()].filter((at) => whole[at] === 10).map((at) => at + 1);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      writeSome([]);
      const lines = ends.filter((end) => end <= length).length;
      // Below two lines there is no point in it, and it is begun anew: a header.
      expect(readFileSync(path).length).toBe(lines < 2 ? ends[0] : ends[lines - 1]);
    }
  });

  it('is repaired where a crash left a last line without its content', () => {
    writeSome([1]);
    const before = readFileSync(path, 'utf8');
    appendFileSync(path, Buffer.concat([Buffer.alloc(50), Buffer.from('\n')]));
    writeSome([]);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('that holds points is not written over unless it is to be gone on with', () => {
    writeSome([]);
    openResults(path, header, false).close();
    writeSome([1]);
    expect(() => openResults(path, header, false)).toThrow(/is there already; `resume` goes on with it$/);
  });

  it('of another sweep is refused with what differs', () => {
    writeSome([1]);
    const refused = (changed: SweepConfig): (() => void) => {
      return () => openResults(path, headerOf(changed, 3), true);
    };
    expect(refused({ ...sweep, config: { rule: 'sgd', batchSize: 2 } })).toThrow(
      /is of another sweep; delete it to begin anew, or name another file: sweep.config.batchSize: nothing in the file, 2 now$/,
    );
    expect(refused({ ...sweep, grid: { learningRate: [1, 2, 4] } })).toThrow(
      /sweep.grid.learningRate: \[1,2,3\] in the file, \[1,2,4\] now$/,
    );
    const two = { ...sweep, grid: { learningRate: [1], batchSize: [2] } };
    const other = { ...sweep, grid: { batchSize: [2], learningRate: [1] } };
    const elsewhere = join(folder, 'two.jsonl');
    writeSome([0], elsewhere, headerOf(two, 1));
    expect(() => openResults(elsewhere, headerOf(other, 1), true)).toThrow(
      /the order of entries in sweep.grid$/,
    );
    expect(() => openResults(path, headerOf(sweep, 3, { part: 1, of: 2 }), true)).toThrow(
      /shard: nothing in the/,
    );
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`name${i}`, i]));
    expect(refused({ ...sweep, config: { rule: 'sgd', ...many } })).toThrow(/; and 4 more$/);
  });

  it.each([
    ['of something else', '{"kind":"dynamics"}\n', /is not a results file of a sweep/],
    ['of text', 'notes\n', /is not a results file of a sweep/],
    ['of text without an end', 'notes', /is not a results file of a sweep/],
    [
      'with a line that is none',
      `${lineOf(header)}nonsense\n${lineOf(record(1))}`,
      /is damaged: line 2 is no/,
    ],
    [
      'with a point twice',
      lineOf(header) + lineOf(record(1)) + lineOf(record(1)),
      /is damaged: line 3 is no/,
    ],
  ])('%s is refused', (_name, text, message) => {
    writeFileSync(path, text);
    expect(() => openResults(path, header, true)).toThrow(message);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it.each([
    ['beyond the last', { ...record(1), point: 3 }],
    ['below the first', { ...record(1), point: -1 }],
    ['without parameters', { point: 1, outcome: 'done', result: {} }],
    ['without a result', { ...record(1), result: null }],
    ['of an error that says nothing', { point: 1, parameters: {}, outcome: 'error' }],
  ])('with a point %s is refused', (_name, line) => {
    writeFileSync(path, `${lineOf(header)}${JSON.stringify(line)}\n`);
    expect(() => openResults(path, header, true)).toThrow(/is damaged: line 2 is no/);
  });

  it.each([
    ['a header alone of kind', '{"kind":"sweep"}\n'],
    ['too many points', '{"kind":"sweep","version":"1","sweep":{},"points":1e9}\n'],
    ['what a sweep prints', '{"kind":"sweep","version":"0.1.0","config":{},"outcome":"complete"}\n'],
  ])('that says %s is none', (_name, text) => {
    writeFileSync(path, text);
    expect(() => openResults(path, header, true)).toThrow(/is not a results file/);
  });

  it('is for one process at a time: a lock is refused, and taken over where its process is gone', () => {
    const file = openResults(path, header, true);
    expect(() => openResults(path, header, true)).toThrow(
      new RegExp(`is being written by process ${process.pid} on`),
    );
    file.close();
    // No process has this number: the largest there can be is 2²².
    writeFileSync(`${path}.lock`, `${hostname()} 4194305\n`);
    openResults(path, header, true).close();
    writeFileSync(`${path}.lock`, 'elsewhere 1\n');
    expect(() => openResults(path, header, true)).toThrow(/by process 1 on elsewhere/);
  });

  it('must be a regular file, and is the same for a sweep that is forced', () => {
    expect(() => readResults('/dev/null')).toThrow(/it is no regular file$/);
    expect(headerOf({ ...sweep, config: { rule: 'sgd', force: true } }, 3)).toEqual(header);
  });

  it('that cannot be read is named', () => {
    expect(() => readResults(join(folder, 'none.jsonl'))).toThrow(/^cannot read .*none.jsonl: no such file/);
  });
});

describe('shards', () => {
  it('share out the points, every one to one of them', () => {
    for (const of of [1, 2, 7]) {
      const counts = Array.from({ length: 20 }, (_, point) => {
        return Array.from({ length: of }, (_part, i) => isInShard(point, shardOf(`${i + 1}/${of}`))).filter(
          Boolean,
        ).length;
      });
      expect(counts).toEqual(Array.from({ length: 20 }, () => 1));
    }
    expect(isInShard(5, undefined)).toBe(true);
  });

  it.each(['0/2', '3/2', '1', 'a/b', '1/2/3', '-1/2', '1/0'])('%s is none', (text) => {
    expect(() => shardOf(text)).toThrow(/^`shard` must be k\/n with integers 1 <= k <= n; got/);
  });
});

describe('merging', () => {
  const shard = (part: number): string => {
    const to = join(folder, `shard-${part}.jsonl`);
    const points = [0, 1, 2].filter((point) => isInShard(point, { part, of: 2 }));
    writeSome(points, to, headerOf(sweep, 3, { part, of: 2 }));
    return to;
  };

  it('gives the file of the whole sweep, in any order, doubles included', () => {
    const [one, two] = [shard(1), shard(2)];
    const merged = mergeResults([two, one, one], path);
    expect(merged.missing).toEqual([]);
    expect(merged.records.map(({ point }) => point)).toEqual([0, 1, 2]);
    expect(readFileSync(path, 'utf8')).toBe(
      lineOf(header) + [0, 1, 2].map((point) => lineOf(record(point))).join(''),
    );
  });

  it('tells the points that are missing, and leaves a file to go on with', () => {
    expect(mergeResults([shard(1)], path).missing).toEqual([1]);
    expect(() => mergeResults([shard(1)], path)).toThrow(/is there already$/);
    writeSome([1]);
    expect(readResults(path).records).toHaveLength(3);
  });

  it('refuses files of different sweeps, of different results, without a header, and no file', () => {
    const one = shard(1);
    const other = join(folder, 'other.jsonl');
    writeSome([0], other, headerOf({ ...sweep, command: 'dynamics' }, 3));
    expect(() => mergeResults([one, other], path)).toThrow(
      /other.jsonl is of another sweep than .*sweep.command/,
    );
    const changed = join(folder, 'changed.jsonl');
    writeFileSync(changed, lineOf(header) + lineOf({ ...record(0), outcome: 'failed' }));
    expect(() => mergeResults([one, changed], path)).toThrow(/another result for point 0/);
    writeFileSync(changed, '');
    expect(() => mergeResults([changed], path)).toThrow(/changed.jsonl is empty$/);
    expect(() => mergeResults([], path)).toThrow(/needs a file/);
  });
});
