import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SweepRecord } from '../../lib/sweep/record.js';
import { quartersFolder } from '../networks/data-folder.js';
import { plainEnvironment } from '../support/plain-environment.js';

const POINTS = 12;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'network-sweep-'));
  const config = { data: quartersFolder(), epochs: 3, widths: [8], images: 64, heldOut: 32, runs: 2 };
  const list = [
    { method: 'none', learningRate: [0.003, 0.02], choiceRuns: 1 },
    { method: 'batch-normalization', learningRate: 0.02, gammaDecay: 'published' },
    { method: 'none', learningRate: 1e30 },
    { method: 'layer-normalization', learningRate: 0.02, images: 500 },
    { method: 'population-normalization', learningRate: 0.02, dropout: 0.2, schedule: '(1 + cos(pi t))/2' },
    {
      method: 'population-normalization',
      learningRate: 0.02,
      mimic: 'batch-normalization',
      gammaDecay: '0,0.1',
    },
  ];
  const sweep = { command: 'network', config, list, grid: { batchSize: [8, 16] } };
  writeFileSync(join(folder, 'sweep.yaml'), JSON.stringify(sweep));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const place = (name: string): string => join(folder, `${name}.jsonl`);

/** Whole lines of a file: a header and points. */
function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

interface Running {
  readonly ended: Promise<number | null>;
  kill(): void;
}

function start(path: string, workers: number): Running {
  const args = ['--config', join(folder, 'sweep.yaml'), '--output', path, '--workers', String(workers)];
  const words = ['dist/cli/main.js', 'sweep', ...args, '--resume', '--format', 'csv', '--quiet'];
  const child = spawn(process.execPath, words, { stdio: 'ignore', env: plainEnvironment() });
  return {
    ended: new Promise((resolve) => child.on('close', resolve)),
    kill: () => child.kill('SIGKILL'),
  };
}

describe('a sweep of networks', () => {
  it('gives the same bytes on one worker, on two, and where it was killed and gone on with', async () => {
    // Points that diverge and points that are wrong make the exit status 1.
    expect(await start(place('one'), 1).ended).toBe(1);
    const expected = readFileSync(place('one'), 'utf8');
    const records = linesOf(place('one')).slice(1);
    const outcomes = records.map((line) => (JSON.parse(line) as SweepRecord).outcome);
    const twice = ['done', 'done', 'failed', 'error', 'done', 'done'].flatMap((outcome) => [
      outcome,
      outcome,
    ]);
    expect(outcomes).toEqual(twice);
    expect(expected).not.toContain('NaN');

    expect(await start(place('two'), 2).ended).toBe(1);
    expect(readFileSync(place('two'), 'utf8')).toBe(expected);

    const killed = place('killed');
    for (const points of [1, 6]) {
      const running = start(killed, 2);
      while (linesOf(killed).length < points + 1) await sleep(2);
      running.kill();
      expect(await running.ended).toBeNull();
      for (const line of linesOf(killed)) expect(expected).toContain(line);
    }
    expect(linesOf(killed).length).toBeLessThan(POINTS + 1);
    expect(await start(killed, 2).ended).toBe(1);
    expect(readFileSync(killed, 'utf8')).toBe(expected);
  }, 60_000);
});
