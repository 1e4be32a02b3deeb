/**
 * Optimizer steps per second of the dimension-free engine for N from 100 to 1e9, beside those of the explicit engine where
 * that can still be waited for; the two timed alternately, one core.
 */
import {
  batchNormalization,
  relu,
  simulate,
  weightNormalization,
  type NormalizedOrderParameter,
  type OrderParameterSystem,
} from '../../lib/index.js';
import { milliseconds, quantile, record } from '../measure.js';

const DIMENSIONS = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const LARGEST_EXPLICIT = 1e5;
const ROUNDS = 9;
// Steps of a measurement over components drawn in each: about a tenth of a second.
const FREE_WORK = 5e5;
const EXPLICIT_WORK = 5e6;

const common = { activation: relu, learningRate: 0.5, noiseVariance: 0.05 };
const rules = [
  { name: 'WN, M = 1', rule: weightNormalization({ ...common, gammaDecay: 0.2 }) },
  { name: 'WN, M = 16', rule: weightNormalization({ ...common, gammaDecay: 0.2, batchSize: 16 }) },
  { name: 'BN, M = 8', rule: batchNormalization({ ...common, batchSize: 8 }) },
];

/** Steps per second of two runs, each of the given number of steps. */
function speed(
  rule: OrderParameterSystem<NormalizedOrderParameter>,
  dimension: number,
  engine: 'explicit' | 'dimension-free',
): number {
  const { batchSize } = rule.batchStep;
  const work = engine === 'explicit' ? EXPLICIT_WORK / dimension : FREE_WORK;
  const steps = Math.ceil(work / batchSize);
  const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
  const options = { rule, initial, times: [steps / dimension], dimension, runs: 2, seed: 1, engine };
  return (2 * steps) / (milliseconds(() => simulate(options)) / 1000);
}

interface Row {
  rule: string;
  dimension: number;
  stepsPerSecond: { dimensionFree: number; explicit: number | undefined };
}

function measured({ name, rule }: (typeof rules)[number], dimension: number): Row {
  const free: number[] = [];
  const explicit: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    free.push(speed(rule, dimension, 'dimension-free'));
    if (dimension <= LARGEST_EXPLICIT) explicit.push(speed(rule, dimension, 'explicit'));
  }
  return {
    rule: name,
    dimension,
    stepsPerSecond: {
      dimensionFree: quantile(free, 0.5),
      explicit: explicit.length > 0 ? quantile(explicit, 0.5) : undefined,
    },
  };
}

function print(...cells: string[]): void {
  console.log(cells.map((cell) => cell.padStart(16)).join(''));
}

for (const { rule } of rules)
  for (const engine of ['explicit', 'dimension-free'] as const) speed(rule, 100, engine); // warm
console.log(`optimizer steps per second, ReLU, medians of ${ROUNDS}`);
print('rule', 'N', 'dimension-free', 'explicit', 'ratio');
const rows = rules.flatMap((rule) =>
  DIMENSIONS.map((dimension) => {
    const row = measured(rule, dimension);
    const { dimensionFree, explicit } = row.stepsPerSecond;
    const [second, ratio] =
      explicit === undefined ? ['', ''] : [explicit.toPrecision(3), (dimensionFree / explicit).toFixed(1)];
    print(row.rule, dimension.toExponential(0), dimensionFree.toPrecision(3), second, ratio);
    return row;
  }),
);
record('dimension-free', { rounds: ROUNDS, rows });
