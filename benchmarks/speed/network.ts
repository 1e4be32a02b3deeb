import { networkStep } from '../network-step.js';
import type { Benchmark } from './benchmark.js';
import { YARDSTICK, yardstick } from './yardstick.js';

const YARDSTICKS = 10;
const shape = { size: 14, colors: 1, batchSize: 64 };

/** A step of training a convolutional network. */
export const networkBenchmarks: readonly Benchmark[] = [
  {
    name: 'network-step',
    ratio: 'step of a network / raw odex',
    problem: `batch normalization, widths 16 and 32, ${shape.size} × ${shape.size} pixels, M ${shape.batchSize}; over ${YARDSTICK}`,
    better: 'smaller',
    clock: 'processor',
    pairs: { full: 60, quick: 25 },
    warmUp: 8,
    prepare: () => ({
      first: networkStep('batch-normalization', shape),
      second: yardstick(YARDSTICKS),
      scale: YARDSTICKS,
    }),
  },
];
