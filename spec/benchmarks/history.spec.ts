import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { append, readLastRun, readRuns } from '../../benchmarks/history.js';
import { runOf } from './runs.js';

describe('a history', () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const run = runOf({ a: [[1, 2], [3]] });

  it('gives back the runs that were added, oldest first', () => {
    const path = join(folder, 'new', 'history.jsonl');
    const later = { ...run, time: '2026-01-02T00:00:00.000Z', commit: 'abc' };
    append(path, run);
    append(path, later);
    expect(readRuns(path)).toEqual([run, later]);
    expect(readLastRun(path)).toEqual(later);
  });

  it('may be a single result over many lines', () => {
    const path = join(folder, 'single.json');
    writeFileSync(path, JSON.stringify(run, null, 2));
    expect(readRuns(path)).toEqual([run]);
  });

  it('is refused in one line when it cannot be read or is something else', () => {
    const refusal = (text: string): string => {
      const path = join(folder, 'bad.jsonl');
      writeFileSync(path, text);
      try {
        readRuns(path);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return (error as Error).message.replace(path, 'FILE');
      }
      return 'accepted';
    };
    expect(refusal('\n')).toBe('FILE is not a benchmark result: it is empty');
    expect(refusal('a: 1\n')).toBe('FILE is not a benchmark result: line 1 is not JSON');
    expect(refusal(`${JSON.stringify(run)}\n{"suite":`)).toBe(
      'FILE is not a benchmark result: line 2 is not JSON',
    );
    expect(refusal('[1]')).toMatch(/^FILE is not a benchmark result: line 1: [^\n]+$/);
    expect(refusal(JSON.stringify({ ...run, benchmarks: [] }))).toMatch(/line 1: benchmarks: [^\n]+$/);
    expect(() => readRuns(join(folder, 'none'))).toThrow(/^cannot read .*none: no such file or directory$/);
  });
});
