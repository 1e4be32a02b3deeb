import { theoryBenchmarks } from './theory.js';
import { networkBenchmarks } from './network.js';
import { simulationBenchmarks } from './simulation.js';
import { sweepBenchmarks } from './sweep.js';
import type { Benchmark } from './benchmark.js';

/** All benchmarks of speed. */
export const suite: readonly Benchmark[] = [
  ...theoryBenchmarks,
  ...simulationBenchmarks,
  ...networkBenchmarks,
  ...sweepBenchmarks,
];
