import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { dimensionFreeStudent } from '../../lib/simulation/dimension-free-engine.js';
import { byName } from '../support/students.js';
import { explicitStudent } from '../../lib/simulation/explicit-engine.js';

/** Prints what a step of each engine allocates, in a process of its own: code that other specs have run boxes more numbers. */
const N = 200;
const STRETCHES = 21;
const STEPS = 200;

/** Growth of the heap and of array buffers, bytes a step: medians over stretches too short for many to meet a collection. */
function growth(step: () => void): { heap: number; buffers: number } {
  const grown = Array.from({ length: STRETCHES }, () => {
    const before = process.memoryUsage();
    for (let i = 0; i < STEPS; i++) step();
    const after = process.memoryUsage();
    return [after.heapUsed - before.heapUsed, after.arrayBuffers - before.arrayBuffers];
  });
  const median = (which: number): number =>
    grown.map((pair) => pair[which] / STEPS).sort((a, b) => a - b)[(STRETCHES - 1) / 2];
  return { heap: median(0), buffers: median(1) };
}

const common = { activation: relu, learningRate: 0.1, noiseVariance: 0.05 };
const rules = [
  { name: 'sgd, M = 1', rule: sgd(common) },
  { name: 'weight normalization, M = 16', rule: weightNormalization({ ...common, batchSize: 16 }) },
];
const engines = [
  { name: 'explicit', engine: byName(explicitStudent) },
  { name: 'dimension-free', engine: byName(dimensionFreeStudent) },
];

const grown = engines.flatMap(({ name: engine, engine: studentOf }) =>
  rules.map(({ name, rule }) => {
    const start = { gamma: 0.5, misalignment: 0.9, length: 0.8 };
    const student = studentOf(rule, N, start, randomStream(20260701));
    let made = 0;
    const step = (): void => {
      student.step(made++ / N);
    };
    for (let i = 0; i < 50_000; i++) step(); // compiled, and compiled again where it was for another engine
    return { engine, name, batchSize: rule.batchStep.batchSize, ...growth(step) };
  }),
);
console.log(JSON.stringify(grown));
