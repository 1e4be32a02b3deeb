import { estimate } from '../../lib/numerics/statistics.js';
import {
  cellAt,
  columnAt,
  lastLosses,
  markdownTable,
  networkPoints,
  pairedDifference,
  pointWith,
  withError,
  type Loss,
  type PrintedNetworks,
} from './network-results.js';

/** The tables of docs/findings/images.md, from the results files of docs/figures. */
const results = (name: string): ReturnType<typeof networkPoints> =>
  networkPoints(`docs/figures/network-${name}.jsonl`);

const BATCH_SIZES = [16, 32, 64, 128];
const DECAYS = [0.002, 0.006, 0.02, 0.06];
const PN = 'population-normalization';

/** A method as a row of a table: its name, and the parameters of its points. */
type Row = readonly [name: string, parameters: Readonly<Record<string, unknown>>];
const BN: Row = ['BN', { method: 'batch-normalization', gammaDecay: 0 }];
const plain: readonly Row[] = [
  ['none', { method: 'none', gammaDecay: 0 }],
  ['WN', { method: 'weight-normalization', gammaDecay: 0 }],
  BN,
  ['PN', { method: PN, gammaDecay: 0 }],
  ['PN + decay', { method: PN, gammaDecay: DECAYS }],
  ['LN', { method: 'layer-normalization', gammaDecay: 0 }],
];
const parts: readonly Row[] = [
  BN,
  ['mean of the batch', { method: 'batch-mean', gammaDecay: 0 }],
  ['deviation of the batch', { method: 'batch-deviation', gammaDecay: 0 }],
  ['PN', { method: PN, gammaDecay: 0 }],
];

const byBatchSize = (corner: string): string[] => [corner, ...BATCH_SIZES.map((size) => `M = ${size}`)];

/** A cell for each of some methods and each batch size. */
function methodTable(corner: string, rows: readonly Row[], cell: (found: PrintedNetworks) => string): string {
  const points = results('methods');
  const cells = rows.map(([name, parameters]) => [
    name,
    ...BATCH_SIZES.map((batchSize) => cell(pointWith(points, { ...parameters, batchSize }))),
  ]);
  return markdownTable(byBatchSize(corner), cells);
}

/** The loss after the last epoch. */
export function lossTable(loss: Loss): string {
  return methodTable('', plain, (found) => withError(estimate(lastLosses(found, loss))));
}

/** The difference of the loss from batch normalization's, run by run; in the last column of means over batch sizes. */
export function differenceTable(loss: Loss): string {
  const points = results('methods');
  const lossesOf = (parameters: Row[1], batchSize: number): number[] =>
    lastLosses(pointWith(points, { ...parameters, batchSize }), loss);
  const rows = plain
    .filter(([name]) => name !== 'BN')
    .map(([name, parameters]) => {
      const pairs = BATCH_SIZES.map((size) => [lossesOf(parameters, size), lossesOf(BN[1], size)] as const);
      const means = [0, 1].map((side) =>
        pairs[0][side].map((_, run) => estimate(pairs.map((pair) => pair[side][run])).mean),
      );
      const differences = [
        ...pairs.map(([one, other]) => pairedDifference(one, other)),
        pairedDifference(means[0], means[1]),
      ];
      return [name, ...differences.map((difference) => withError(difference, true))];
    });
  return markdownTable([...byBatchSize('less BN'), 'all'], rows);
}

/** What was chosen: the learning rate, and the decay where there was one. */
export function choiceTable(): string {
  return methodTable('', plain, ({ choice: { learningRate, gammaDecay } }) =>
    gammaDecay === 0 ? `${learningRate}` : `${learningRate}, ζ = ${gammaDecay}`,
  );
}

/** Loss held out, kurtosis and reliance of the second block, of one statistic of the batch alone. */
export function partsTables(): string[] {
  return [
    methodTable('held-out loss', parts, (found) => withError(estimate(lastLosses(found, 'validationLoss')))),
    methodTable('kurtosis', parts, (found) => withError(columnAt(found, 'kurtosis.2'))),
    methodTable('reliance', parts, ({ runs }) =>
      withError(estimate(runs.map(({ reliance }) => reliance![1]))),
    ),
  ];
}

/** Distance of PN + decay from BN, by decay, beside the distance between two runs of BN. */
export function mimicryTable(loss: Loss): string {
  const points = results('mimicry');
  const sizes = [16, 32, 64];
  const found = sizes.map((batchSize) => pointWith(points, { batchSize }));
  const rows = found[0].mimicries.map(({ gammaDecay }, k) => [
    gammaDecay === 'published'
      ? `published: ${found.map((one) => cellAt(one, 'gammaDecay', k).toPrecision(2)).join(', ')}`
      : String(gammaDecay),
    ...found.map(({ mimicries }) => withError(estimate(mimicries[k].distances[loss]))),
  ]);
  const between = found.map((one) => withError(columnAt(one, `${loss}BetweenRuns`, 0)));
  return markdownTable(
    ['ζ', ...sizes.map((size) => `M = ${size}`)],
    [...rows, ['two runs of BN', ...between]],
  );
}

/** Batch normalization by batch size, and what is done against a large one. */
export function batchSizeTable(): string {
  const points = results('batch-size');
  const rows: Row[] = [
    ...[8, 16, 32, 64, 128, 256].map((batchSize): Row => [
      String(batchSize),
      { batchSize, gammaDecay: 0, dropout: 0 },
    ]),
    ['256, with decay', { batchSize: 256, gammaDecay: DECAYS }],
    ...[0.1, 0.2, 0.4].map((dropout): Row => [`256, dropout ${dropout}`, { batchSize: 256, dropout }]),
  ];
  return markdownTable(
    ['M', 'η', 'training loss', 'held-out loss', 'test loss'],
    rows.map(([name, parameters]) => {
      const found = pointWith(points, parameters);
      const losses = (['trainingLoss', 'validationLoss', 'testLoss'] as const).map((loss) =>
        withError(estimate(lastLosses(found, loss))),
      );
      const { learningRate, gammaDecay } = found.choice;
      return [gammaDecay === 0 ? name : `${name}, ζ = ${gammaDecay}`, String(learningRate), ...losses];
    }),
  );
}

/** Kurtosis of the second block at one η for all, after the last epoch. */
export function kurtosisTable(): string {
  const points = results('course').filter(({ parameters }) => !('gammaDecay' in parameters));
  const rows = [
    ['WN', 'weight-normalization'],
    ['BN', 'batch-normalization'],
    ['PN', PN],
  ].map(([name, method]) => [
    name,
    ...BATCH_SIZES.map((batchSize) =>
      withError(columnAt(pointWith(points, { method, batchSize }), 'kurtosis.2')),
    ),
  ]);
  return markdownTable(byBatchSize('kurtosis'), rows);
}

/** γ of BN over γ of PN after the last epoch, by block, beside γ₀ = 1/(1 + 2ζ) with ζ = 3/(8M). */
export function gammaTable(): string {
  const points = results('course');
  const rows = [1, 2].map((block) => [
    `block ${block}`,
    ...BATCH_SIZES.map((batchSize) => {
      const [bn, pn] = ['batch-normalization', PN].map((method) =>
        columnAt(
          pointWith(
            points.filter(({ parameters }) => !('gammaDecay' in parameters)),
            { method, batchSize },
          ),
          `gamma.${block}`,
        ),
      );
      const mean = bn.mean / pn.mean;
      // Errors of both, as if independent: they share weights and order of images, which makes it too large if anything.
      const standardError = mean * Math.hypot(bn.standardError / bn.mean, pn.standardError / pn.mean);
      return withError({ mean, standardError });
    }),
  ]);
  const theory = BATCH_SIZES.map((size) => (1 / (1 + 0.75 / size)).toFixed(3));
  return markdownTable(byBatchSize('γ of BN / γ of PN'), [...rows, ['γ₀', ...theory]]);
}

/** ηγ/‖w‖² of the second block at the beginning, at its least, and at the end. */
export function rateTable(): string {
  const points = results('course');
  const rows = ['weight-normalization', 'batch-normalization'].map((method) => [
    method === 'weight-normalization' ? 'WN' : 'BN',
    ...BATCH_SIZES.map((batchSize) => {
      const found = pointWith(points, { method, batchSize });
      const rates = found.rows.map((_, row) => columnAt(found, 'effectiveLearningRate.2', row));
      const least = rates.reduce((one, other) => (other.mean < one.mean ? other : one));
      return [rates[0], least, rates.at(-1)!].map(({ mean }) => mean.toFixed(4)).join(', ');
    }),
  ]);
  return markdownTable(byBatchSize('ηγ/‖w‖²'), rows);
}
