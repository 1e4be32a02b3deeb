import { relu, weightNormalization } from '../../lib/index.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { dimensionFreeStudent } from '../../lib/simulation/dimension-free-engine.js';
import { explicitStudent } from '../../lib/simulation/explicit-engine.js';
import type { Benchmark } from './benchmark.js';
import { initial, problem, YARDSTICK, yardstick } from './yardstick.js';

const DIMENSION = 1000;
const STEPS = 500;
const FREE_REPEATS = 100;
const YARDSTICKS = 10;

const rule = weightNormalization({ ...problem, activation: relu });
const task = `weight normalization, relu, N ${DIMENSION}, M 1, ${STEPS} steps at a time`;

/** A student that goes on learning from call to call. */
function learning(engine: typeof dimensionFreeStudent, steps: number): () => void {
  const student = engine(rule, DIMENSION, rule.layout.state(initial), randomStream(1));
  let made = 0;
  return () => {
    for (const end = made + steps; made < end; made++) student.step(made / DIMENSION);
  };
}

const explicitEngine: Benchmark = {
  name: 'explicit-engine',
  ratio: 'explicit engine / raw odex',
  problem: `${task}; over ${YARDSTICK}`,
  better: 'smaller',
  clock: 'processor',
  pairs: { full: 60, quick: 25 },
  warmUp: 8,
  prepare: () => ({
    first: learning(explicitStudent, STEPS),
    second: yardstick(YARDSTICKS),
    scale: YARDSTICKS,
  }),
};

const dimensionFree: Benchmark = {
  name: 'dimension-free',
  ratio: 'explicit engine (ours) / dimension-free',
  problem: task,
  better: 'larger',
  clock: 'processor',
  pairs: { full: 60, quick: 25 },
  warmUp: 8,
  prepare: () => ({
    first: learning(explicitStudent, STEPS),
    second: learning(dimensionFreeStudent, FREE_REPEATS * STEPS),
    scale: FREE_REPEATS,
  }),
};

/** The two engines. */
export const simulationBenchmarks = [explicitEngine, dimensionFree];
