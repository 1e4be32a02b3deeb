import { mkdirSync, writeFileSync } from 'node:fs';

/** Where results are kept, from the root of the package. */
export const RESULTS = 'benchmarks/results';

/** Wall-clock time of a piece of work. */
export function milliseconds(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** A sample quantile, without interpolation. */
export function quantile(values: readonly number[], fraction: number): number {
  return values.slice().sort((a, b) => a - b)[Math.round(fraction * (values.length - 1))];
}

/** Lower quartile, median, upper quartile. */
export function quartiles(values: readonly number[]): [number, number, number] {
  return [quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)];
}

/** Milliseconds of a clock. */
export type Clock = () => number;

export const wallClock: Clock = () => performance.now();

/** What this process has used of the processors, its threads together; stands still while another process runs. */
export const processorClock: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Times two pieces of work alternately; whichever goes first may find the cache warmer, so they take turns. */
export async function timePairs(
  count: number,
  first: () => unknown,
  second: () => unknown,
  clock: Clock = wallClock,
): Promise<[number, number][]> {
  async function timeOf(work: () => unknown): Promise<number> {
    const begin = clock();
    await work();
    return clock() - begin;
  }
  const pairs: [number, number][] = [];
  for (let pair = 0; pair < count; pair++) {
    if (pair % 2 === 0) pairs.push([await timeOf(first), await timeOf(second)]);
    else {
      const late = await timeOf(second);
      pairs.push([await timeOf(first), late]);
    }
  }
  return pairs;
}

/** Writes a result as JSON. */
export function record(name: string, result: object): void {
  mkdirSync(RESULTS, { recursive: true });
  const text = JSON.stringify({ ...result, node: process.version }, null, 2);
  writeFileSync(`${RESULTS}/${name}.json`, `${text}\n`);
}
