import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { localExecutor } from '../lib/sweep/local-executor.js';
import { runSweep } from '../lib/sweep/run-sweep.js';
import { quantile, record } from './measure.js';

/**
 * A sweep of 40 simulations on one thread and on all cores, three pairs one after the other: the speed-up, start of the threads
 * included.
 */
const PAIRS = 3;
const sweep = {
  command: 'simulate' as const,
  config: {
    rule: 'weight-normalization',
    activation: 'relu',
    initial: { gamma: 0.5, overlap: 0.1, length: 1 },
    times: [2],
    dimension: 500,
    runs: 20,
  },
  grid: { learningRate: '0.1:1:20', noiseVariance: [0, 0.1] },
};

const folder = mkdtempSync(join(tmpdir(), 'sweep-'));

async function secondsOn(workers: number, name: string): Promise<number> {
  const begin = performance.now();
  await runSweep({
    sweep,
    path: join(folder, `${name}.jsonl`),
    executorOf: (given) => localExecutor(given, workers),
  });
  return (performance.now() - begin) / 1000;
}

const cores = availableParallelism();
const ratios: number[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  const one = await secondsOn(1, `one-${pair}`);
  const all = await secondsOn(cores, `all-${pair}`);
  ratios.push(one / all);
}
rmSync(folder, { recursive: true });
const each = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
console.log(
  `sweep of 40 simulations: ${cores} threads are ${quantile(ratios, 0.5).toFixed(2)} times as fast as one (${each})`,
);
record('sweep', { cores, ratios });
