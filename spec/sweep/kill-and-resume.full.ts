import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomStream } from '../../lib/random/random-stream.js';
import { linesOf, startSweep, untilPoints, type StartedSweep } from './started-sweep.js';

const KILLS = 20;
/** Kills that must fall between the first point and the last; three are aimed before the first. */
const LEAST_INSIDE = 15;
const POINTS = 40;

const folder = mkdtempSync(join(tmpdir(), 'kill-'));
const config = join(folder, 'sweep.yaml');
writeFileSync(
  config,
  `command: simulate
config: { rule: sgd, activation: relu, initial: { overlap: 0.1, length: 1 }, times: [1], dimension: 300, runs: 12 }
grid: { learningRate: 0.1:2:20, noiseVariance: [0, 0.1] }
`,
);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const start = (output: string): StartedSweep => startSweep(config, output, 2);

it('a sweep killed at any moment and started again ends in the same bytes, no point lost or done twice', async () => {
  const undisturbed = join(folder, 'undisturbed.jsonl');
  const begin = performance.now();
  const whole = start(undisturbed);
  await untilPoints(undisturbed, 1);
  const first = performance.now();
  expect(await whole.ended).toBe(0);
  const span = performance.now() - first;
  const expected = readFileSync(undisturbed, 'utf8');
  expect(expected.split('\n')).toHaveLength(POINTS + 2);

  const random = randomStream(2026);
  let inside = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const path = join(folder, `killed-${kill}.jsonl`);
    const run = start(path);
    if (kill < 3) await sleep(random.nextUniform() * (first - begin));
    else {
      // After a random number of points, not of seconds, so that a busy machine does not move the kills to the end.
      await untilPoints(path, 1 + Math.floor(random.nextUniform() * (POINTS - 5)));
      await sleep((random.nextUniform() * span) / POINTS);
    }
    run.kill();
    await run.ended;
    const points = linesOf(path).slice(1);
    if (points.length > 0 && points.length < POINTS) inside++;
    expect(await start(path).ended).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(expected);
    // What was finished before the kill is in the end as it was.
    for (const line of points) expect(expected).toContain(line);
  }
  expect(inside).toBeGreaterThanOrEqual(LEAST_INSIDE);
}, 600_000);
