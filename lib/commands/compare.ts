import * as z from 'zod';
import {
  batchRuleNames,
  compareDecompositionAsync,
  gapNames,
  smallestBatchOf,
  type Decomposition,
  type DecompositionPoint,
} from '../comparison/batch-decomposition.js';
import { comparedQuantities, type ModelSummary } from '../comparison/decomposition-model.js';
import { decayReadings } from '../comparison/decay-readings.js';
import type { Command } from '../config/command.js';
import type { RunControl } from '../foundation/turns.js';
import { activationHelp, numbers, texts } from '../config/entries.js';
import type { Cell, Table } from '../config/result.js';
import { activationOf } from '../gaussian/activations/index.js';

const initial = z.strictObject({ gamma: z.number(), overlap: z.number(), length: z.number() });

const schema = z.strictObject({
  rule: z
    .enum(batchRuleNames)
    .default('batch-normalization')
    .meta({ help: 'what is compared: by both statistics of the batch, or by one of them', symbol: 'name' }),
  with: z
    .enum(['population-normalization'])
    .default('population-normalization')
    .meta({
      help: 'what it is compared with, at the published gamma decay of these statistics',
      symbol: 'name',
    }),
  activation: texts.prefault(['identity']).meta({
    help: `${activationHelp}; several between commas, or given several times`,
    symbol: 'names',
  }),
  learningRate: z.number().meta({ help: 'learning rate of weights and γ', symbol: 'η' }),
  batchSize: numbers('batchSize').optional().meta({
    help: 'samples per step, as 4,8,16',
    symbol: 'list',
    otherwise: '4,8,16,32,64,128,256; for batch-deviation from 8',
  }),
  noiseVariance: numbers('noiseVariance')
    .prefault([0])
    .meta({ help: 'variances of the label noise', symbol: 'list' }),
  initial: initial
    .default({ gamma: 0.5, overlap: 0.1, length: 1 })
    .meta({ help: 'start of the trajectories', symbol: 'values' }),
  until: z
    .number()
    .default(40)
    .meta({ help: 'last time of the trajectories', symbol: 'T', unit: 'units of steps/N' }),
  trajectories: z
    .boolean()
    .default(false)
    .meta({ help: 'print both trajectories instead of what they come to' }),
});
// Below, E[1/s²] of the fourth and fifth reading is infinite.
const FIRST_READ = 4;
const BATCH_SIZES = [4, 8, 16, 32, 64, 128, 256];

type Given = z.infer<typeof schema>;
type Config = Given & { readonly batchSize: number[] };

/** With the batch sizes that the rule has. */
function completed(given: Given): Config {
  const { rule, batchSize = BATCH_SIZES.filter((size) => size >= smallestBatchOf(rule)) } = given;
  return { ...given, batchSize };
}

/** One activation and one S over all batch sizes. */
interface Group {
  readonly activation: string;
  readonly noiseVariance: number;
  readonly found: Decomposition;
}

const last = (values: readonly number[]): number => values.at(-1)!;

/** Null for what does not exist, which a remark tells of. */
const known = (value: number): Cell => (Number.isNaN(value) ? null : value);

/** What both models are summarized by, each a column for the exact one and one for the decomposed. */
const modelColumns: [name: string, value: (model: ModelSummary) => number][] = [
  ['gamma', ({ gamma }) => gamma],
  ['maximumLearningRate', ({ maximumLearningRate }) => maximumLearningRate],
  ['effectiveLearningRate', ({ trajectory }) => last(trajectory.effectiveLearningRate)],
  ['finalError', ({ trajectory }) => last(trajectory.generalizationError)],
  ['timeToThreshold', ({ timeToThreshold }) => timeToThreshold],
];

function summaryTable(groups: readonly Group[]): Table {
  const row = ({ activation, noiseVariance }: Group, point: DecompositionPoint): Cell[] => [
    activation,
    noiseVariance,
    point.batchSize,
    point.gammaDecay,
    ...modelColumns.flatMap(([, value]) => [known(value(point.exact)), known(value(point.decomposed))]),
    ...gapNames.map((name) => known(point[name])),
  ];
  return {
    columns: [
      ...['activation', 'noiseVariance', 'batchSize', 'gammaDecay'],
      ...modelColumns.flatMap(([name]) => [name, `${name}Decomposed`]),
      ...gapNames,
    ],
    rows: groups.flatMap((group) => group.found.points.map((point) => row(group, point))),
  };
}

function trajectoryTable(groups: readonly Group[]): Table {
  const rows = ({ activation, noiseVariance, found }: Group): Cell[][] =>
    found.points.flatMap(({ batchSize, exact, decomposed }) =>
      found.times.map((time, i) => [
        ...[activation, noiseVariance, batchSize, time],
        ...comparedQuantities.flatMap((name) => [
          exact.trajectory[name][i]!,
          decomposed.trajectory[name][i]!,
        ]),
      ]),
    );
  return {
    columns: [
      ...['activation', 'noiseVariance', 'batchSize', 'time'],
      ...comparedQuantities.flatMap((name) => [name, `${name}Decomposed`]),
    ],
    rows: groups.flatMap(rows),
  };
}

/** What one model lacks: a trajectory to the end, a fixed point. */
function lacksOf({ outcome, message, gamma, gammaAway }: ModelSummary): string[] {
  const restless = Object.entries({ 1: gamma, 0.9: gammaAway }).flatMap(([overlap, found]) =>
    Number.isNaN(found) ? [`gamma comes to no rest at R = ${overlap}`] : [],
  );
  return outcome === 'reached-end' ? restless : [message, ...restless];
}

/** What there is to say of models without an end or a fixed point, and of those without a maximum learning rate. */
function cautionsOf(groups: readonly Group[]): { lacks: string[]; warnings: string[] } {
  const points = groups.flatMap(({ activation, noiseVariance, found }) =>
    found.points.map((point) => ({
      point,
      place: `${activation}, S = ${noiseVariance}, M = ${point.batchSize}`,
    })),
  );
  const lacks = points.flatMap(({ point: { exact, decomposed }, place }) =>
    Object.entries({ exact, decomposed }).flatMap(([name, model]) =>
      lacksOf(model).map((lack) => `${name}, ${place}: ${lack}`),
    ),
  );
  const warnings = points.flatMap(({ point: { exact, decomposed }, place }) =>
    exact.maximumLearningRate === Infinity && decomposed.maximumLearningRate === Infinity
      ? [
          `${place}: no gap of maxima: gradient noise never outgrows the pull towards the teacher in either model`,
        ]
      : [],
  );
  return { lacks, warnings };
}

async function groupsOf(config: Config, { signal, onProgress }: RunControl): Promise<Group[]> {
  const { rule, activation: names, noiseVariance: variances, batchSize: batchSizes } = config;
  const { learningRate, initial: start, until } = config;
  const common = { rule, batchSizes, learningRate, initial: start, until };
  const total = names.length * variances.length;
  const groups: Group[] = [];
  for (const name of names) {
    const activation = await activationOf(name);
    for (const noiseVariance of variances) {
      const options = { ...common, activation, noiseVariance };
      const heard = (fraction: number): void => {
        onProgress?.((groups.length + fraction) / total);
      };
      const found = await compareDecompositionAsync(options, { signal, onProgress: heard });
      groups.push({ activation: name, noiseVariance, found });
      if (signal?.aborted) return groups;
    }
  }
  return groups;
}

/** `compare`: exact batch normalization beside its published decomposition, for any number of activations and S. */
export const command: Command<typeof schema> = {
  schema,
  example: `order-parameters compare --rule batch-normalization --with population-normalization --activation relu,identity \\
    --noise-variance 0,0.25 --learning-rate 0.5 --batch-size 8,32,128`,
  async run(given, control) {
    const config = completed(given);
    const groups = await groupsOf(config, control);
    const powers = groups.map(({ activation, noiseVariance, found }) => ({
      activation,
      noiseVariance,
      ...found.powers,
    }));
    const readings = config.activation.includes('identity')
      ? {
          readings: config.batchSize
            .filter((batchSize) => batchSize >= FIRST_READ)
            .map((batchSize) => ({ batchSize, ...decayReadings(batchSize) })),
        }
      : {};
    const { lacks, warnings } = cautionsOf(groups);
    const aborted = control.signal?.aborted === true;
    const ending = aborted ? 'aborted' : lacks.length === 0 ? 'done' : 'failed';
    const entries = {
      outcome: { aborted: 'aborted', done: 'compared', failed: 'incomplete' }[ending],
      message: aborted
        ? 'batch sizes that were complete are kept'
        : lacks.join('; ') || 'both models to the end',
      ...(warnings.length === 0 ? {} : { warnings }),
      powers,
      ...readings,
    };
    const table = config.trajectories ? trajectoryTable(groups) : summaryTable(groups);
    return { result: { kind: 'compare', config, entries, table }, outcome: ending };
  },
};
