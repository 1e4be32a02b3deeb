/**
 * What exact batch normalization costs: the table of its averages, built once for each batch size and pair of slopes, and
 * one right-hand side beside that of weight normalization, the two timed alternately over the same states.
 */
import { batchNormalization, identity, leakyRelu, relu, weightNormalization } from '../../lib/index.js';
import { batchTable } from '../../lib/gaussian/batch/table.js';
import { milliseconds, quantile, quartiles, record, timePairs } from '../measure.js';

const BATCH_SIZES = [4, 8, 16, 32, 64, 256, 4096];
const BUILDS = 9;
const PAIRS = 200;
const ROUNDS = 400;

/** Tables are kept, so that each build is given slopes of its own, which differ in the seventh digit. */
function medianBuild(b: number, batchSize: number): number {
  const times = Array.from({ length: BUILDS }, (_, build) =>
    milliseconds(() => batchTable(1 + 1e-7 * (build + 1), b, batchSize)),
  );
  return quantile(times, 0.5);
}

const units = [
  { name: 'identity', activation: identity },
  { name: 'relu', activation: relu },
  { name: 'leaky-relu 0.1', activation: leakyRelu(0.1) },
];

/** From a cold start to the end of learning, along which the table's intervals are all met: (γ, R, L). */
const states = [-0.5, 0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999, 1 - 1e-8].flatMap((overlap) =>
  [0.3, 0.7, 1, 1.3].map((gamma) => ({ gamma, overlap, length: 1 + gamma / 4 })),
);

interface CostPerCall {
  activation: string;
  batchSize: number;
  nanoseconds: { batchNormalization: number; weightNormalization: number };
  medianRatio: number;
  quartiles: [number, number];
}

async function costOf({ name, activation }: (typeof units)[number], batchSize: number): Promise<CostPerCall> {
  const common = { activation, learningRate: 0.5, batchSize, noiseVariance: 0.05 };
  const [batch, weight] = [batchNormalization(common), weightNormalization(common)].map((rule) => {
    const points = states.map((state) => rule.layout.state(state));
    const out = new Float64Array(3);
    return (): void => {
      for (let round = 0; round < ROUNDS; round++) for (const point of points) rule.derivative(0, point, out);
    };
  });
  await timePairs(20, batch, weight); // warm
  const pairs = await timePairs(PAIRS, batch, weight);
  const perCall = (which: 0 | 1): number =>
    (1e6 *
      quantile(
        pairs.map((pair) => pair[which]),
        0.5,
      )) /
    (ROUNDS * states.length);
  const [lower, median, upper] = quartiles(pairs.map(([ours, reference]) => ours / reference));
  return {
    activation: name,
    batchSize,
    nanoseconds: { batchNormalization: perCall(0), weightNormalization: perCall(1) },
    medianRatio: median,
    quartiles: [lower, upper],
  };
}

function row(...cells: (string | number)[]): void {
  console.log(cells.map((cell) => String(cell).padStart(16)).join(''));
}

medianBuild(0.2, 8); // warm
const builds = BATCH_SIZES.map((batchSize) => ({
  batchSize,
  milliseconds: { relu: medianBuild(0, batchSize), leakyRelu: medianBuild(0.1, batchSize) },
}));
console.log(`table of exact averages, ms (median of ${BUILDS} builds)`);
row('M', 'relu', 'leaky-relu 0.1');
for (const { batchSize, milliseconds: ms } of builds) {
  row(batchSize, ms.relu.toFixed(1), ms.leakyRelu.toFixed(1));
}

const costs: CostPerCall[] = [];
for (const unit of units) for (const batchSize of [8, 256]) costs.push(await costOf(unit, batchSize));
console.log(`one right-hand side, ns, and ratio (medians and quartiles of ${PAIRS} pairs)`);
row('activation', 'M', 'BN', 'WN', 'BN/WN', 'quartiles');
for (const {
  activation,
  batchSize,
  nanoseconds,
  medianRatio,
  quartiles: [lower, upper],
} of costs) {
  const { batchNormalization: batch, weightNormalization: weight } = nanoseconds;
  const range = `${lower.toFixed(2)} to ${upper.toFixed(2)}`;
  row(activation, batchSize, batch.toFixed(0), weight.toFixed(0), medianRatio.toFixed(2), range);
}
record('batch-normalization', { builds, statesPerPair: ROUNDS * states.length, pairs: PAIRS, costs });
