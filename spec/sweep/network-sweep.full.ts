import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quartersFolder } from '../networks/data-folder.js';
import { networkSweep, OUTCOMES, outcomesIn } from './network-sweep.js';
import { plainEnvironment } from '../support/plain-environment.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'network-sweep-'));
  const sweep = networkSweep(quartersFolder(), 3);
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
  it('killed and gone on with gives the same bytes, on one worker or two', async () => {
    // Points that diverge and points that are wrong make the exit status 1.
    expect(await start(place('one'), 1).ended).toBe(1);
    const expected = readFileSync(place('one'), 'utf8');
    expect(outcomesIn(expected)).toEqual(OUTCOMES);
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
    expect(linesOf(killed).length).toBeLessThan(OUTCOMES.length + 1);
    expect(await start(killed, 2).ended).toBe(1);
    expect(readFileSync(killed, 'utf8')).toBe(expected);
  }, 60_000);
});
