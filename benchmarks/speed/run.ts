import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { processMedians } from '../compare.js';
import type { Measurement } from '../history.js';
import { median, medianInterval } from '../statistics.js';
import type { Benchmark, Mode } from './benchmark.js';

// The fewest processes whose range covers their median with probability 0.95, and the fewest that allow one outlier on each side.
const PROCESSES = { quick: 6, full: 9 };
const LEVEL = 0.95;

const onePath = fileURLToPath(new URL('./one-process.js', import.meta.url));
const inProcess = promisify(execFile);

/** The ratios of some pairs, timed in a fresh process. */
async function ratiosOf({ name, pairs }: Benchmark, mode: Mode): Promise<number[]> {
  const { stdout } = await inProcess(process.execPath, [onePath, name, String(pairs[mode])]);
  return JSON.parse(stdout) as number[];
}

function measurementOf({ name, ratio, problem, better }: Benchmark, ratios: number[][]): Measurement {
  const medians = processMedians({ ratios });
  const { lower, upper, coverage } = medianInterval(medians, LEVEL);
  return {
    name,
    ratio,
    problem,
    better,
    median: median(medians),
    interval: [lower, upper],
    coverage,
    ratios,
  };
}

/**
 * Runs benchmarks, each in several processes, one after the other. The benchmarks take turns, so that a spell of load on the
 * machine meets a process of each rather than all processes of one.
 *
 * @param onProgress is told what runs
 */
export async function runBenchmarks(
  benchmarks: readonly Benchmark[],
  mode: Mode,
  onProgress: (text: string) => void,
): Promise<Measurement[]> {
  const ratios = benchmarks.map((): number[][] => []);
  for (let round = 1; round <= PROCESSES[mode]; round++) {
    for (const [i, benchmark] of benchmarks.entries()) {
      onProgress(`round ${round} of ${PROCESSES[mode]}: ${benchmark.name}`);
      ratios[i].push(await ratiosOf(benchmark, mode));
    }
  }
  return benchmarks.map((benchmark, i) => measurementOf(benchmark, ratios[i]));
}
