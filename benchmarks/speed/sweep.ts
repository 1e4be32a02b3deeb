import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Work } from './benchmark.js';

const cores = availableParallelism();
const sweep = {
  command: 'simulate' as const,
  config: {
    rule: 'weight-normalization',
    activation: 'relu',
    initial: { gamma: 0.5, overlap: 0.1, length: 1 },
    times: [2],
    dimension: 500,
    runs: 8,
  },
  grid: { learningRate: '0.1:1:20', noiseVariance: [0, 0.1] },
};

async function prepare(): Promise<Work> {
  // Loaded here, since the other benchmarks do without them.
  const { localExecutor } = await import('../../lib/sweep/local-executor.js');
  const { runSweep } = await import('../../lib/sweep/run-sweep.js');
  const folder = mkdtempSync(join(tmpdir(), 'sweep-'));
  let runs = 0;
  const on = (workers: number) => () =>
    runSweep({
      sweep,
      path: join(folder, `${runs++}.jsonl`),
      executorOf: (given) => localExecutor(given, workers),
    });
  return {
    first: on(1),
    second: on(cores),
    close: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** How much faster a sweep is on all cores, start of the threads included. */
export const sweepBenchmarks: Benchmark[] = [
  {
    name: 'sweep-speed-up',
    ratio: `1 worker (ours) / ${cores} workers`,
    problem: `${JSON.stringify(sweep)} on ${cores} workers`,
    better: 'larger',
    clock: 'wall',
    pairs: { full: 1, quick: 0 },
    warmUp: 0,
    ...(cores === 1 && { obstacle: 'one core only' }),
    prepare,
  },
];
