import { compareDecomposition, type DecompositionPoint } from '../comparison/batch-decomposition.js';
import { decayReadings } from '../comparison/decay-readings.js';
import { activationOf } from '../config/activations.js';
import { compareSchema, parseConfig } from '../config/schema.js';
import { execute } from './execute.js';
import { mergedConfig, type Flags } from './options.js';
import type { Table } from './output.js';

const columns: [name: string, value: (point: DecompositionPoint) => number][] = [
  ['batchSize', ({ batchSize }) => batchSize],
  ['gammaDecay', ({ gammaDecay }) => gammaDecay],
  ['gamma', ({ exact }) => exact.gamma],
  ['gammaDecomposed', ({ decomposed }) => decomposed.gamma],
  ['gammaGap', ({ gammaGap }) => gammaGap],
  ['gammaGapAway', ({ gammaGapAway }) => gammaGapAway],
  ['maximumLearningRate', ({ exact }) => exact.maximumLearningRate],
  ['maximumLearningRateDecomposed', ({ decomposed }) => decomposed.maximumLearningRate],
  ['maximumGap', ({ maximumGap }) => maximumGap],
  ['overlapGap', ({ overlapGap }) => overlapGap],
  ['errorGap', ({ errorGap }) => errorGap],
  ['finalError', ({ exact }) => exact.finalError],
  ['finalErrorDecomposed', ({ decomposed }) => decomposed.finalError],
  ['timeToThreshold', ({ exact }) => exact.timeToThreshold],
  ['timeToThresholdDecomposed', ({ decomposed }) => decomposed.timeToThreshold],
];

function tableOf(points: readonly DecompositionPoint[]): Table {
  return {
    columns: columns.map(([name]) => name),
    rows: points.map((point) => columns.map(([, value]) => value(point))),
  };
}

/** `order-parameters compare` */
export async function compareCommand(flags: Flags): Promise<void> {
  const config = parseConfig(compareSchema, await mergedConfig(flags));
  await execute(
    'compare',
    flags,
    async () => {
      const { points, powers } = compareDecomposition({
        ...config,
        activation: await activationOf(config.activation),
      });
      const readings =
        config.activation === 'identity'
          ? { readings: config.batchSizes.map((batchSize) => ({ batchSize, ...decayReadings(batchSize) })) }
          : {};
      const entries = { outcome: 'compared', powers, ...readings };
      return { result: { kind: 'compare', config, entries, table: tableOf(points) }, outcome: 'done' };
    },
    false,
  );
}
