import {
  compareDecompositionAsync,
  gapNames,
  type Decomposition,
  type DecompositionPoint,
} from '../comparison/batch-decomposition.js';
import { comparedQuantities, type ModelSummary } from '../comparison/decomposition-model.js';
import { decayReadings } from '../comparison/decay-readings.js';
import { activationOf } from '../gaussian/activations/index.js';
import type { Cell, Table } from '../config/result.js';
import { compareSchema, parseConfig, type CompareConfig } from '../config/schema.js';
import { execute } from './execute.js';
import { mergedConfig, type Flags } from './options.js';

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
function remarksOf(groups: readonly Group[]): { lacks: string[]; notes: string[] } {
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
  const notes = points.flatMap(({ point: { exact, decomposed }, place }) =>
    exact.maximumLearningRate === Infinity && decomposed.maximumLearningRate === Infinity
      ? [
          `${place}: no gap of maxima: gradient noise never outgrows the pull towards the teacher in either model`,
        ]
      : [],
  );
  return { lacks, notes };
}

async function groupsOf(
  config: CompareConfig,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Group[]> {
  const { activation: names, noiseVariance: variances, batchSizes, learningRate, initial, until } = config;
  const common = { batchSizes, learningRate, initial, until };
  const total = names.length * variances.length;
  const groups: Group[] = [];
  for (const name of names) {
    const activation = await activationOf(name);
    for (const noiseVariance of variances) {
      const options = { ...common, activation, noiseVariance };
      const heard = (fraction: number): void => {
        onProgress((groups.length + fraction) / total);
      };
      const found = await compareDecompositionAsync(options, { signal, onProgress: heard });
      groups.push({ activation: name, noiseVariance, found });
      if (signal.aborted) return groups;
    }
  }
  return groups;
}

/** `order-parameters compare` */
export async function compareCommand(flags: Flags): Promise<void> {
  const config = parseConfig(compareSchema, await mergedConfig(flags));
  await execute('compare', flags, async (signal, onProgress) => {
    const groups = await groupsOf(config, signal, onProgress);
    const powers = groups.map(({ activation, noiseVariance, found }) => ({
      activation,
      noiseVariance,
      ...found.powers,
    }));
    const readings = config.activation.includes('identity')
      ? { readings: config.batchSizes.map((batchSize) => ({ batchSize, ...decayReadings(batchSize) })) }
      : {};
    const { lacks, notes } = remarksOf(groups);
    const remarks = [...lacks, ...notes];
    const ending = signal.aborted ? 'aborted' : lacks.length === 0 ? 'done' : 'failed';
    const outcome = { aborted: 'aborted', done: 'compared', failed: 'incomplete' }[ending];
    const entries = { outcome, ...(remarks.length === 0 ? {} : { remarks }), powers, ...readings };
    const table = config.trajectories ? trajectoryTable(groups) : summaryTable(groups);
    return { result: { kind: 'compare', config, entries, table }, outcome: ending };
  });
}
