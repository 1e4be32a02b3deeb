import * as z from 'zod';
import {
  batchRuleNames,
  compareDecompositionAsync,
  gapNames,
  type Decomposition,
  type DecompositionPoint,
} from '../comparison/batch-decomposition.js';
import { comparedQuantities, type ModelSummary } from '../comparison/decomposition-model.js';
import { decayReadings } from '../comparison/decay-readings.js';
import type { Command } from '../config/command.js';
import { smallestBatchOf } from '../dynamics/rules/index.js';
import type { RunControl } from '../foundation/turns.js';
import { activationHelp, entry, numbers, onRequest, texts } from '../config/entries.js';
import { itemTable, itself, type Cell, type Column, type Table } from '../config/result.js';
import { ruleShape } from '../config/rules.js';
import { activationOf } from '../gaussian/activations/index.js';

const initial = z.strictObject({ gamma: z.number(), overlap: z.number(), length: z.number() });

const schema = z.strictObject({
  rule: entry(
    z.enum(batchRuleNames).default('batch-normalization'),
    'name',
    'what is compared: by both statistics of the batch, or by one of them',
  ),
  with: entry(
    z.enum(['population-normalization']).default('population-normalization'),
    'name',
    'what it is compared with, at the published gamma decay of these statistics',
  ),
  activation: entry(
    texts.prefault(['identity']),
    'names',
    `${activationHelp}; several between commas, or given several times`,
  ),
  teacherActivation: ruleShape.teacherActivation,
  teacherLength: ruleShape.teacherLength,
  learningRate: entry(z.number(), 'η', 'learning rate of weights and γ'),
  batchSize: entry(numbers('batchSize').optional(), 'list', 'samples per step, as 4,8,16', {
    otherwise: '4,8,16,32,64,128,256; for batch-deviation from 8',
  }),
  noiseVariance: entry(numbers('noiseVariance').prefault([0]), 'list', 'variances of the label noise'),
  initial: entry(
    initial.default({ gamma: 0.5, overlap: 0.1, length: 1 }),
    'values',
    'start of the trajectories',
  ),
  until: entry(z.number().default(40), 'T', 'last time of the trajectories', { unit: 'units of steps/N' }),
  trajectories: onRequest('print both trajectories instead of what they come to'),
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

/** What was compared at one batch size of a group. */
type Compared = DecompositionPoint & Pick<Group, 'activation' | 'noiseVariance'>;

/** The same at one time. */
interface Moment extends Compared {
  readonly time: number;
  readonly index: number;
}

/** What one model and then the other say in a row. */
function ofBoth<Item extends Compared>(
  name: string,
  value: (model: ModelSummary, item: Item) => Cell,
): Column<Item>[] {
  return [
    [name, (item) => value(item.exact, item)],
    [`${name}Decomposed`, (item) => value(item.decomposed, item)],
  ];
}

/** Null for what does not exist, which a remark tells of. */
const known = (value: number): Cell => (Number.isNaN(value) ? null : value);

const last = (values: readonly number[]): Cell => known(values.at(-1)!);

const summaryColumns: readonly Column<Compared>[] = [
  ...(['activation', 'noiseVariance', 'batchSize', 'gammaDecay'] as const).map(itself),
  ...ofBoth('gamma', ({ gamma }) => known(gamma)),
  ...ofBoth('frozenLengthMaximum', ({ frozenLengthMaximum }) => known(frozenLengthMaximum)),
  ...ofBoth('effectiveLearningRate', ({ trajectory }) => last(trajectory.effectiveLearningRate)),
  ...ofBoth('finalError', ({ trajectory }) => last(trajectory.generalizationError)),
  ...ofBoth('timeToThreshold', ({ timeToThreshold }) => known(timeToThreshold)),
  ...gapNames.map((name): Column<Compared> => [name, (point) => known(point[name])]),
];

const trajectoryColumns: readonly Column<Moment>[] = [
  ...(['activation', 'noiseVariance', 'batchSize', 'time'] as const).map(itself),
  ...comparedQuantities.flatMap((name) =>
    ofBoth<Moment>(name, ({ trajectory }, { index }) => trajectory[name][index]!),
  ),
];

function tableOf(groups: readonly Group[], points: readonly Compared[], trajectories: boolean): Table {
  if (!trajectories) return itemTable(points, summaryColumns);
  // All have the times of the first.
  const times = groups[0]?.found.times ?? [];
  const moments = points.flatMap((point) => times.map((time, index) => ({ ...point, time, index })));
  return itemTable(moments, trajectoryColumns);
}

/** What one model lacks: a trajectory to the end, a fixed point. */
function lacksOf({ outcome, message, gamma, gammaAway }: ModelSummary): string[] {
  const restless = Object.entries({ 1: gamma, 0.9: gammaAway }).flatMap(([overlap, found]) =>
    Number.isNaN(found) ? [`gamma comes to no rest at R = ${overlap}`] : [],
  );
  return outcome === 'reached-end' ? restless : [message, ...restless];
}

const placeOf = ({ activation, noiseVariance, batchSize }: Compared): string =>
  `${activation}, S = ${noiseVariance}, M = ${batchSize}`;

/** What there is to say of models without an end or a fixed point. */
function allLacks(points: readonly Compared[]): string[] {
  return points.flatMap((point) =>
    (['exact', 'decomposed'] as const).flatMap((name) =>
      lacksOf(point[name]).map((lack) => `${name}, ${placeOf(point)}: ${lack}`),
    ),
  );
}

/** What there is to say of models without a maximum learning rate. */
function warningsOf(points: readonly Compared[]): string[] {
  const unlimited = points.filter(({ exact, decomposed }) =>
    [exact, decomposed].every(({ frozenLengthMaximum }) => frozenLengthMaximum === Infinity),
  );
  const reason =
    'no gap of maxima: gradient noise never outgrows the pull towards the teacher in either model';
  return unlimited.map((point) => `${placeOf(point)}: ${reason}`);
}

/** Whether the linear unit learns from a linear teacher of its own slope, for which the readings of γ₀ are. */
function hasReadings({ activation, teacherActivation = 'identity', teacherLength = 1 }: Config): boolean {
  return activation.includes('identity') && teacherActivation === 'identity' && teacherLength === 1;
}

async function groupsOf(config: Config, { signal, onProgress }: RunControl): Promise<Group[]> {
  const { rule, activation: names, noiseVariance: variances, batchSize: batchSizes } = config;
  const { learningRate, initial: start, until, teacherLength = 1 } = config;
  const common = { rule, batchSizes, learningRate, initial: start, until, teacherLength };
  const teacher =
    config.teacherActivation === undefined ? undefined : await activationOf(config.teacherActivation);
  const total = names.length * variances.length;
  const groups: Group[] = [];
  for (const name of names) {
    const activation = await activationOf(name);
    for (const noiseVariance of variances) {
      const options = { ...common, teacherActivation: teacher ?? activation, activation, noiseVariance };
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
    const powers = groups.map(({ found, ...group }) => ({ ...group, ...found.powers }));
    const readings = hasReadings(config)
      ? {
          readings: config.batchSize
            .filter((batchSize) => batchSize >= FIRST_READ)
            .map((batchSize) => ({ batchSize, ...decayReadings(batchSize) })),
        }
      : {};
    const points = groups.flatMap(({ found, ...group }) =>
      found.points.map((point): Compared => ({ ...group, ...point })),
    );
    const [lacks, warnings] = [allLacks(points), warningsOf(points)];
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
    const table = tableOf(groups, points, config.trajectories);
    return { result: { kind: 'compare', config, entries, table }, outcome: ending };
  },
};
