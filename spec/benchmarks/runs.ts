import type { Run } from '../../benchmarks/history.js';
import { median } from '../../benchmarks/statistics.js';

/** A run with the given ratios, process by process, of benchmarks by name. */
export function runOf(ratiosByName: Readonly<Record<string, number[][]>>): Run {
  return {
    suite: 'speed',
    time: '2026-01-01T00:00:00.000Z',
    version: '0.0.0',
    commit: null,
    node: 'v20.0.0',
    cpu: 'a processor',
    cores: 2,
    quick: false,
    benchmarks: Object.entries(ratiosByName).map(([name, ratios]) => ({
      name,
      ratio: 'this / that',
      problem: 'a problem',
      better: 'smaller',
      median: median(ratios.map(median)),
      interval: [1, 1],
      coverage: 0.95,
      ratios,
    })),
  };
}
