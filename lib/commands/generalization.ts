import * as z from 'zod';
import { endingOf, stateOf, warningsOf } from '../comparison/curve-ending.js';
import { learningCurveAsync, setsItsDecay, type LearningCurveRow } from '../comparison/learning-curve.js';
import { studentQuantities } from '../comparison/students-and-theory.js';
import type { Command } from '../config/command.js';
import type { Cost } from '../config/cost.js';
import { activationHelp, ensembleShape, numbers } from '../config/entries.js';
import type { Cell, Executed, Table } from '../config/result.js';
import { ruleShape } from '../config/rules.js';
import {
  rangeError,
  requireIncreasing,
  requireInteger,
  requirePositive,
  requireWithin,
  typeError,
} from '../foundation/checks.js';
import type { RunControl } from '../foundation/turns.js';
import { activationOf } from '../gaussian/activations/index.js';
import { bestRegularization } from '../generalization/linear/best-regularization.js';
import { gradientFlow } from '../generalization/linear/gradient-flow.js';
import { trainingCost } from '../training/cost.js';
import { trainingEngines } from '../training/train-options.js';

const schema = z.strictObject({
  rule: ruleShape.rule.default('weight-normalization').meta({
    help: 'learning rule; sgd is ζ → 0, batch-normalization the ζ published for its batch size',
    symbol: 'name',
  }),
  activation: ruleShape.activation.meta({ help: `of the student: ${activationHelp}`, symbol: 'name' }),
  teacherActivation: z
    .string()
    .optional()
    .meta({ help: 'of the teacher', symbol: 'name', otherwise: 'that of the student' }),
  load: numbers('load').meta({
    help: 'loads α = P/N, as 0.5,1,2 or 0.5:8:50 (from:to:count)',
    symbol: 'list',
  }),
  gammaDecay: numbers('gammaDecay')
    .optional()
    .meta({ help: 'strengths ζ of gamma decay', symbol: 'list', otherwise: '0' }),
  batchSize: z.number().optional().meta({
    help: 'samples per step of batch-normalization, or of sgd students',
    symbol: 'M',
    otherwise: '1; batch-normalization needs it',
  }),
  noiseVariance: ruleShape.noiseVariance,
  teacherLength: z.number().default(1).meta({ help: 'standard deviation of the teacher field', symbol: 'T' }),
  flowTimes: numbers('flowTimes')
    .optional()
    .meta({ help: 'stop gradient flow from w = 0 at these times (identity)', symbol: 'list' }),
  optimum: z
    .boolean()
    .default(false)
    .meta({ help: 'the best ζ, batch size and stopping time at every load (identity)' }),
  dimension: z.number().optional().meta({
    help: 'train students on P = αN samples, too',
    symbol: 'N',
    otherwise: 'theory alone',
  }),
  engine: z.enum(trainingEngines).optional().meta({
    help: 'how training sets are drawn; bidiagonal, for identity alone, in O(N)',
    symbol: 'name',
    otherwise: trainingEngines[0],
  }),
  runs: z.number().default(8).meta({ help: 'students of each load', symbol: 'n' }),
  ...ensembleShape,
  randomStarts: z
    .number()
    .default(1)
    .meta({ help: 'starts of every student, lowest loss kept', symbol: 'n' }),
  teacherStart: z
    .boolean()
    .default(false)
    .meta({ help: 'train from the teacher too and keep the lower loss' }),
  learningRate: z
    .number()
    .default(0.2)
    .meta({ help: 'learning rate of sgd and batch-normalization students', symbol: 'η' }),
  until: z
    .number()
    .default(1000)
    .meta({ help: 'longest training of those', symbol: 'T', unit: 'units of steps/N' }),
});
type Config = z.infer<typeof schema>;

/** The longest time of `gradientFlow`. */
const LONGEST_TIME = 1e300;

/** Entries that a configuration may not have, each with what makes it useless. */
function unusedEntries({
  rule,
  activation,
  dimension,
  optimum,
  flowTimes,
}: Config): [keyof Config, string][] {
  const unused: [keyof Config, string][] = [];
  const refuse = (setting: string, ...names: (keyof Config)[]): void => {
    unused.push(...names.map((name): [keyof Config, string] => [name, setting]));
  };
  if (setsItsDecay(rule)) refuse(`for rule ${rule}`, 'gammaDecay', 'optimum');
  else refuse(`for rule ${rule}`, 'batchSize');
  if (rule === 'batch-normalization') refuse(`for rule ${rule}`, 'flowTimes');
  if (activation !== 'identity') refuse(`for activation ${activation}`, 'flowTimes', 'optimum');
  if (optimum) refuse('where optimum is given', 'gammaDecay', 'flowTimes', 'dimension', 'teacherActivation');
  if (flowTimes !== undefined) refuse('where flowTimes is given', 'dimension', 'teacherActivation');
  if (dimension === undefined) refuse('where dimension is not given', 'engine');
  return unused;
}

/**
 * Checks which entries stand together, and fills in what depends on others, so that the printed configuration says all that was
 * used.
 *
 * @throws RangeError or TypeError, one line, naming an entry
 */
function completed(given: Config): Config {
  const { rule, dimension, teacherActivation, teacherLength, batchSize, flowTimes, load } = given;
  for (const [name, setting] of unusedEntries(given)) {
    const value = given[name];
    if (value !== undefined && value !== false) throw rangeError(name, `left out ${setting}`, value);
  }
  if (rule === 'batch-normalization' && batchSize === undefined)
    throw typeError('batchSize', `given for rule ${rule}`, batchSize);
  if (batchSize !== undefined) requireInteger('batchSize', batchSize, rule === 'sgd' ? 1 : 2);
  flowTimes?.forEach((time, i) => requireWithin(`flowTimes[${i}]`, time, 0, LONGEST_TIME));
  if (dimension !== undefined && (teacherActivation !== undefined || teacherLength !== 1))
    throw rangeError('dimension', 'left out where teacherActivation or teacherLength is given', dimension);
  requirePositive('load[0]', load[0]!);
  requireIncreasing('load', load);
  const defaults = setsItsDecay(rule) || given.optimum ? {} : { gammaDecay: given.gammaDecay ?? [0] };
  return { ...given, ...defaults };
}

/** What training students beside a learning curve is expected to take. */
function costOf(config: Config): Cost {
  const { dimension, runs, gammaDecay = [0], rule, activation, batchSize = 1, until } = config;
  if (dimension === undefined || config.optimum || config.flowTimes !== undefined)
    return { seconds: 0, bytes: 0 };
  const minimized =
    activation === 'identity'
      ? 'factorization'
      : { starts: config.randomStarts + Number(config.teacherStart) };
  const by = setsItsDecay(rule) ? { until, batchSize } : minimized;
  const engine = config.engine ?? 'explicit';
  const costs = config.load.map((load) => trainingCost({ engine, load, dimension, runs, by }));
  return {
    seconds: gammaDecay.length * costs.reduce((sum, { seconds }) => sum + seconds, 0),
    bytes: Math.max(...costs.map(({ bytes }) => bytes)),
  };
}

const theoryColumns = [
  'gammaDecay',
  'gamma',
  'overlap',
  'generalizationError',
  'trainingError',
  'susceptibility',
  'replicon',
  'jumpDensity',
] as const;

const unmeasured = { mean: NaN, standardError: NaN, z: NaN };

function curveTable(rows: readonly LearningCurveRow[], simulated: boolean): Table {
  const measured = (row: LearningCurveRow): Cell[] =>
    studentQuantities.flatMap((name) => {
      const { mean, standardError, z } = row.students?.comparison[name] ?? unmeasured;
      return [mean, standardError, z];
    });
  return {
    columns: [
      ...['load', ...theoryColumns, 'branch', 'state'],
      ...(simulated
        ? studentQuantities.flatMap((name) => [`${name}Simulated`, `${name}StandardError`, `${name}Z`])
        : []),
    ],
    rows: rows.map((row) => [
      ...[row.load, ...theoryColumns.map((name) => row[name]), row.branch, stateOf(row)],
      ...(simulated ? measured(row) : []),
    ]),
  };
}

async function curveOf(config: Config, control: RunControl): Promise<Executed> {
  const { dimension, sweepPoint = 0, gammaDecay: gammaDecays = [0], load: loads, teacherActivation } = config;
  const activation = await activationOf(config.activation);
  const teacher = teacherActivation === undefined ? activation : await activationOf(teacherActivation);
  const students = dimension === undefined ? undefined : { ...config, dimension, sweepPoint };
  const options = { ...config, activation, teacherActivation: teacher, loads, gammaDecays, students };
  const rows = await learningCurveAsync(options, control);
  const aborted = control.signal?.aborted === true;
  const ending = aborted
    ? { outcome: 'aborted', message: 'rows that were complete are kept' }
    : endingOf(rows);
  const starts = rows.find((row) => row.students !== undefined)?.students?.trained.starts;
  const published = config.rule === 'batch-normalization' ? config.batchSize : undefined;
  const warnings = warningsOf(rows, published);
  const entries = { ...ending, warnings, ...(starts === undefined ? {} : { starts }) };
  return {
    result: { kind: 'generalization', config, entries, table: curveTable(rows, dimension !== undefined) },
    outcome: aborted ? 'aborted' : ending.outcome === 'converged' ? 'done' : 'failed',
  };
}

/** The linear student after gradient flow, for every load and time. */
function flowTable(config: Config): Table {
  const { load: loads, flowTimes = [], noiseVariance, teacherLength, gammaDecay: decays = [0] } = config;
  if (decays.length !== 1) throw rangeError('gammaDecay', 'one number where flowTimes is given', decays);
  const task = { noiseVariance, teacherLength, gammaDecay: decays[0]! };
  return {
    columns: ['load', 'time', ...flowQuantities],
    rows: loads.flatMap((load) =>
      flowTimes.map((time) => {
        const point = gradientFlow({ ...task, load, time });
        return [load, time, ...flowQuantities.map((name) => point[name])];
      }),
    ),
  };
}

const flowQuantities = ['gamma', 'overlap', 'generalizationError', 'trainingError'] as const;

/** The best regularization of the linear student at every load. */
function optimumTable({ load: loads, noiseVariance, teacherLength }: Config): Table {
  const found = loads.map((load) => ({
    load,
    ...bestRegularization({ load, noiseVariance, teacherLength }),
  }));
  return { columns: Object.keys(found[0]!), rows: found.map((row) => Object.values(row)) };
}

/** `generalization`: learning curves at large (P, N), with students trained beside them where a dimension is given. */
export const command: Command<typeof schema> = {
  schema,
  example:
    'order-parameters generalization --activation relu --load 0.5:8:16 --gamma-decay 0.25 --noise-variance 0.05',
  cost: costOf,
  draws: ({ dimension }) => dimension !== undefined,
  async run(given, control) {
    const config = completed(given);
    if (config.flowTimes === undefined && !config.optimum) return curveOf(config, control);
    const [kind, table] = config.optimum
      ? ['generalization-optimum', optimumTable(config)]
      : ['gradient-flow', flowTable(config)];
    const entries = { outcome: 'done', message: 'in closed form' };
    return { result: { kind, config, entries, table }, outcome: 'done' };
  },
};
