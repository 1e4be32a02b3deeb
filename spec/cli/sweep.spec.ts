import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsed, refusalOf, run, runInterruptedWhen } from '../support/command-line.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const rates = `command: learning-rates
config: { rule: sgd, learningRate: 1 }
grid: { batchSize: [1, 2, 4] }
`;

describe('sweep', () => {
  it('prints a table of all points, and keeps them beside its configuration', () => {
    const config = file('rates.yaml', rates);
    const ended = run('sweep', '--config', config, '--workers', '2');
    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const object = parsed(ended);
    expect(object['outcome']).toBe('complete');
    // The linear unit forgets its start up to an effective rate of 2M.
    const maximum = object.columns.indexOf('maximumLearningRate.effective');
    expect(object.rows.map((row) => row[maximum])).toEqual([
      expect.closeTo(2, 8),
      expect.closeTo(4, 8),
      expect.closeTo(8, 8),
    ]);
    expect(readFileSync(join(folder, 'rates.jsonl'), 'utf8').split('\n')).toHaveLength(5);
    const again = run('sweep', '--config', config);
    expect([again.status, again.stderr]).toEqual([
      2,
      `error: ${join(folder, 'rates.jsonl')} is there already; --resume goes on with it\n`,
    ]);
    expect(run('sweep', '--config', config, '--resume', '--format', 'csv').stdout).toMatch(
      /^point,batchSize,/,
    );
  });

  it('with a point that fails goes on, says which, and exits 1', () => {
    const config = file('bad.yaml', rates.replace('[1, 2, 4]', '[1, -2, 4]'));
    const ended = run('sweep', '--config', config);
    expect(ended.status).toBe(1);
    expect(parsed(ended)['warnings']).toEqual(['point 1: `batchSize` must be an integer >= 1; got -2']);
    expect(parsed(ended)['statistics']).toEqual({ points: 3, done: 2, failed: 0, errors: 1, left: 0 });
  });

  it('in shards, merged, is the sweep', () => {
    const config = file('rates.yaml', rates);
    const [one, two, merged] = ['one', 'two', 'merged'].map((name) => join(folder, `${name}.jsonl`));
    expect(run('sweep', '--config', config, '--shard', '1/2', '--output', one).status).toBe(0);
    const partial = run('merge', one, '--output', merged);
    expect([partial.status, parsed(partial)['outcome']]).toEqual([1, 'incomplete']);
    rmSync(merged);
    expect(run('sweep', '--config', config, '--shard', '2/2', '--output', two).status).toBe(0);
    expect(run('merge', one, two, '--output', merged).status).toBe(0);
    run('sweep', '--config', config);
    expect(readFileSync(merged, 'utf8')).toBe(readFileSync(join(folder, 'rates.jsonl'), 'utf8'));
  });

  it('stops at Ctrl-C with what was done kept, and goes on from there', async () => {
    const config = file(
      'long.yaml',
      `command: simulate
config: { rule: sgd, learningRate: 0.5, initial: { overlap: 0.1, length: 1 }, times: [1], dimension: 500, runs: 40 }
grid: { noiseVariance: 0:1:1000 }
`,
    );
    const results = join(folder, 'long.jsonl');
    // A header, and a record.
    const hasRecord = (): boolean =>
      existsSync(results) && readFileSync(results, 'utf8').split('\n').length > 2;
    const ended = await runInterruptedWhen(hasRecord, 'sweep', '--config', config, '--workers', '2');
    expect([ended.status, ended.stderr]).toEqual([130, '']);
    const { done, left } = parsed(ended)['statistics'] as { done: number; left: number };
    expect(done).toBeGreaterThan(0);
    expect(done + left).toBe(1000);
    const lines = readFileSync(results, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(done + 1);
  });

  it.each([
    [['sweep'], '--config FILE is needed'],
    [['sweep', '--config', 'CONFIG', '--workers', '0'], '--workers must be an integer from 1 to 1024; got 0'],
    [
      ['sweep', '--config', 'CONFIG', '--shard', '3/2'],
      '--shard must be k/n with integers 1 <= k <= n; got "3/2"',
    ],
    [['sweep', '--config', 'CONFIG', '--output', 'x.csv'], '--output must end in .jsonl; got x.csv'],
    [
      ['sweep', '--config', 'CONFIG', '--queue', 'here'],
      '--queue must be an address such as redis://host:6379',
    ],
    [['sweep', '--config', 'CONFIG', '--queue', 'redis://127.0.0.1:1'], 'cannot reach redis://127.0.0.1:1: '],
    [
      ['sweep', '--config', 'CONFIG', '--queue', 'redis://h', '--workers', '2'],
      '--workers is for this machine and does not go with --queue',
    ],
    [['worker'], '--queue URL is needed'],
    [['merge', 'CONFIG'], '--output FILE.jsonl is needed'],
    [['merge', 'CONFIG', '--output', 'OUT.jsonl'], 'rates.yaml is not a results file'],
  ])('%j is refused in one line', async (args, message) => {
    const config = file('rates.yaml', rates);
    const words = args.map((word) => word.replace('CONFIG', config).replace('OUT', join(folder, 'out')));
    const refusal = await refusalOf(...words);
    expect(refusal?.status).toBe(2);
    expect(refusal?.message).toMatch(/^[^\n]+$/);
    expect(refusal?.message).toContain(message);
  });
});
