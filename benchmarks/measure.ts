import { mkdirSync, writeFileSync } from 'node:fs';

const FOLDER = 'benchmarks/results';

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

/** Times two pieces of work alternately; whichever goes first may find the cache warmer, so they take turns. */
export function timePairs(count: number, first: () => unknown, second: () => unknown): [number, number][] {
  return Array.from({ length: count }, (_, index) => {
    if (index % 2 === 0) return [milliseconds(first), milliseconds(second)];
    const late = milliseconds(second);
    return [milliseconds(first), late];
  });
}

/** Writes a result as JSON. */
export function record(name: string, result: object): void {
  mkdirSync(FOLDER, { recursive: true });
  const text = JSON.stringify({ ...result, node: process.version }, null, 2);
  writeFileSync(`${FOLDER}/${name}.json`, `${text}\n`);
}
