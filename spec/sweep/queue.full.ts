import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, type JobType } from 'bullmq';
import { readResults } from '../../lib/sweep/read-results.js';
import { queueName } from '../../lib/sweep/queue/connection.js';
import { hasRedis, startRedis, type RedisServer } from '../support/redis.js';

const installed = hasRedis();
if (!installed) console.warn('skipped: sweeps over Redis, since redis-server is not installed');
const describeQueue = installed ? describe : describe.skip;

describeQueue('a sweep over a queue', () => {
  let server: RedisServer;
  let folder = '';
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    server = await startRedis();
    folder = mkdtempSync(join(tmpdir(), 'queue-'));
  }, 30_000);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** A configuration of many points, each of some tenths of a second. */
  function configuration(name: string, runs: number): string {
    const path = join(folder, `${name}.yaml`);
    writeFileSync(
      path,
      `command: simulate
config: { rule: sgd, activation: relu, initial: { overlap: 0.1, length: 1 }, times: [1], dimension: 300, runs: ${runs} }
grid: { learningRate: [0.1, 0.5, 1, 2], noiseVariance: [0, 0.1, -1] }
`,
    );
    return path;
  }

  function start(...args: string[]): {
    child: ChildProcess;
    ended: Promise<number | null>;
    said: () => string;
  } {
    const child = spawn(process.execPath, ['dist/cli/main.js', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    return { child, ended: new Promise((resolve) => child.on('close', resolve)), said: () => said };
  }

  const worker = (): ReturnType<typeof start> => start('worker', '--queue', server.url, '--workers', '1');

  /** How many jobs the queue keeps, or those in certain states. */
  async function jobsLeft(...states: JobType[]): Promise<number> {
    const queue = new Queue(queueName(), { connection: { url: server.url } });
    const counts = await queue.getJobCounts(...states);
    await queue.close();
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  /** The file that a local run writes. Its points with S = −1 are errors, so that it exits 1. */
  async function localBytes(config: string): Promise<string> {
    const path = join(folder, 'local.jsonl');
    rmSync(path, { force: true });
    expect(await start('sweep', '--config', config, '--output', path).ended).toBe(1);
    return readFileSync(path, 'utf8');
  }

  it('gives the bytes of a local run, from two workers, and leaves nothing behind', async () => {
    const config = configuration('two', 20);
    const expected = await localBytes(config);
    const workers = [worker(), worker()];
    const path = join(folder, 'queue.jsonl');
    const sweep = start('sweep', '--config', config, '--output', path, '--queue', server.url);
    expect([await sweep.ended, sweep.said().includes('Warning')]).toEqual([1, false]);
    expect(readFileSync(path, 'utf8')).toBe(expected);
    expect(await jobsLeft()).toBe(0);
    for (const { child } of workers) child.kill('SIGTERM');
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
    const points = workers.map(
      ({ said }) => (JSON.parse(said()) as { statistics: { points: number } }).statistics.points,
    );
    expect(points[0] + points[1]).toBe(12);
  }, 120_000);

  it('gives the points of a worker that was killed to another one', async () => {
    const config = configuration('lost', 200);
    const expected = await localBytes(config);
    const path = join(folder, 'lost.jsonl');
    const doomed = worker();
    const sweep = start('sweep', '--config', config, '--output', path, '--queue', server.url);
    // Killed in the midst of a point: one is done, and another begun.
    for (;;) {
      await sleep(20);
      try {
        if (readResults(path).records.length > 0) break;
      } catch {
        // not begun
      }
    }
    doomed.child.kill('SIGKILL');
    await doomed.ended;
    expect(readResults(path).records.length).toBeLessThan(12);
    const second = worker();
    expect(await sweep.ended).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(expected);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  }, 120_000);

  it('goes on after its submitter was killed, with what workers did meanwhile', async () => {
    const config = configuration('submitter', 20);
    const expected = await localBytes(config);
    const path = join(folder, 'submitter.jsonl');
    const args = ['sweep', '--config', config, '--output', path, '--queue', server.url];
    const first = start(...args);
    for (let jobs = 0; jobs < 12; jobs = await jobsLeft()) await sleep(20);
    first.child.kill('SIGKILL');
    await first.ended;
    const working = worker();
    while ((await jobsLeft('completed', 'failed')) < 3) await sleep(20);
    expect(await start(...args, '--resume').ended).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(expected);
    expect(await jobsLeft()).toBe(0);
    working.child.kill('SIGTERM');
    expect(await working.ended).toBe(0);
  }, 120_000);
});
