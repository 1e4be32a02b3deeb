import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quartersFolder } from '../networks/data-folder.js';
import { networkSweep, OUTCOMES, outcomesIn } from './network-sweep.js';
import { linesOf, startSweep, untilPoints, type StartedSweep } from './started-sweep.js';

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

const start = (path: string, workers: number): StartedSweep =>
  startSweep(join(folder, 'sweep.yaml'), path, workers);

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
      await untilPoints(killed, points);
      running.kill();
      expect(await running.ended).toBeNull();
      for (const line of linesOf(killed)) expect(expected).toContain(line);
    }
    expect(linesOf(killed).length).toBeLessThan(OUTCOMES.length + 1);
    expect(await start(killed, 2).ended).toBe(1);
    expect(readFileSync(killed, 'utf8')).toBe(expected);
  }, 60_000);
});
