import * as z from 'zod';
import { endingOf, warningsOf } from '../comparison/curve-ending.js';
import { hasTheory, learningCurveAsync, trainsByMinibatches } from '../comparison/learning-curve.js';
import { publishedGammaDecay } from '../comparison/published-decay.js';
import type { Command } from '../config/command.js';
import type { Cost } from '../config/cost.js';
import { activationHelp, ensembleShape, numbers } from '../config/entries.js';
import type { Executed } from '../config/result.js';
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
import { startLengths, testStatistics } from '../generalization/linear/batch-normalized.js';
import { trainingCost } from '../training/cost.js';
import { PATIENCE, trainingEngines } from '../training/train-options.js';
import { curveTable, flowTable, optimumTable } from './generalization-tables.js';

const schema = z.strictObject({
  rule: ruleShape.rule
    .extract(['sgd', 'weight-normalization', 'population-normalization', 'batch-normalization'])
    .default('weight-normalization')
    .meta({
      help: 'learning rule; sgd is ζ → 0',
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
  gammaDecay: z
    .union([z.literal('published'), numbers('gammaDecay')])
    .optional()
    .meta({
      help: 'strengths ζ of gamma decay, or published: the one published for batch normalization of the batch size',
      symbol: 'list',
      otherwise: '0',
    }),
  batchSize: z.number().optional().meta({
    help: 'samples per step of batch-normalization and of sgd students; that of a published decay',
    symbol: 'M',
    otherwise: '1; batch-normalization and published need it',
  }),
  statistics: z.enum(testStatistics).optional().meta({
    help: 'what normalizes a batch-normalized student at test time: the population, or its training set',
    symbol: 'name',
    otherwise: testStatistics[0],
  }),
  start: z.enum(startLengths).optional().meta({
    help: 'weights of batch-normalization at the start: L₀² far below η, so that they are forgotten, or far above',
    symbol: 'name',
    otherwise: startLengths[0],
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
  patience: z.number().default(PATIENCE).meta({
    help: 'how long their loss may stand still before the rate is halved; near load 1 it takes 100',
    symbol: 'n',
    unit: 'relaxation times of a mode of curvature 1',
  }),
});
type Config = z.infer<typeof schema>;

/** A published decay asks for a batch with a deviation, batch normalization for a step of finite variance. */
const SMALLEST_BATCH: Record<Config['rule'], number> = {
  sgd: 1,
  'weight-normalization': 2,
  'population-normalization': 2,
  'batch-normalization': 4,
};

/** The longest time of `gradientFlow`. */
const LONGEST_TIME = 1e300;

/** Entries that a configuration may not have, each with what makes it useless. */
function unusedEntries({
  rule,
  activation,
  gammaDecay,
  dimension,
  optimum,
  flowTimes,
}: Config): [keyof Config, string][] {
  const unused: [keyof Config, string][] = [];
  const refuse = (setting: string, ...names: (keyof Config)[]): void => {
    unused.push(...names.map((name): [keyof Config, string] => [name, setting]));
  };
  if (trainsByMinibatches(rule)) refuse(`for rule ${rule}`, 'gammaDecay', 'optimum');
  else if (gammaDecay !== 'published') refuse(`for rule ${rule} unless gammaDecay is published`, 'batchSize');
  if (rule === 'batch-normalization') refuse(`for rule ${rule}`, 'flowTimes');
  // The optimum tells of batch normalization beside the decay.
  else if (!optimum) refuse(`for rule ${rule}`, 'statistics', 'start');
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
  if (batchSize !== undefined) requireInteger('batchSize', batchSize, SMALLEST_BATCH[rule]);
  else if (rule === 'batch-normalization' || given.gammaDecay === 'published')
    throw typeError(
      'batchSize',
      `given for ${rule === 'batch-normalization' ? `rule ${rule}` : 'a published gammaDecay'}`,
      batchSize,
    );
  flowTimes?.forEach((time, i) => requireWithin(`flowTimes[${i}]`, time, 0, LONGEST_TIME));
  if (dimension !== undefined && (teacherActivation !== undefined || teacherLength !== 1))
    throw rangeError('dimension', 'left out where teacherActivation or teacherLength is given', dimension);
  requirePositive('load[0]', load[0]!);
  requireIncreasing('load', load);
  const decay = trainsByMinibatches(rule) || given.optimum ? {} : { gammaDecay: given.gammaDecay ?? [0] };
  const { statistics = testStatistics[0], start = startLengths[0] } = given;
  const normalized = rule === 'batch-normalization' || given.optimum ? { statistics, start } : {};
  return { ...given, ...decay, ...normalized };
}

/** What training students beside a learning curve is expected to take. */
function costOf(config: Config): Cost {
  const { dimension, runs, gammaDecay = [], rule, activation, batchSize = 1, until } = config;
  if (dimension === undefined || config.optimum || config.flowTimes !== undefined)
    return { seconds: 0, bytes: 0 };
  const minimized =
    activation === 'identity'
      ? 'factorization'
      : { starts: config.randomStarts + Number(config.teacherStart) };
  const by = trainsByMinibatches(rule) ? { until, batchSize } : minimized;
  const engine = config.engine ?? 'explicit';
  const costs = config.load.map((load) => trainingCost({ engine, load, dimension, runs, by }));
  return {
    seconds:
      (Array.isArray(gammaDecay) ? Math.max(1, gammaDecay.length) : 1) *
      costs.reduce((sum, { seconds }) => sum + seconds, 0),
    bytes: Math.max(...costs.map(({ bytes }) => bytes)),
  };
}

/** The one ζ of gradient flow. */
function oneDecay({ gammaDecay = [0] }: Config): number {
  if (gammaDecay === 'published' || gammaDecay.length !== 1)
    throw rangeError('gammaDecay', 'one number where flowTimes is given', gammaDecay);
  return gammaDecay[0]!;
}

async function curveOf(config: Config, control: RunControl): Promise<Executed> {
  const { rule, dimension, sweepPoint = 0, batchSize, load: loads, teacherActivation } = config;
  const activation = await activationOf(config.activation);
  const teacher = teacherActivation === undefined ? activation : await activationOf(teacherActivation);
  if (dimension === undefined && !hasTheory({ rule, activation, teacherActivation: teacher }))
    throw typeError(
      'dimension',
      `given for rule ${rule} with activation ${config.activation}, which has no theory`,
      dimension,
    );
  const students = dimension === undefined ? undefined : { ...config, dimension, sweepPoint };
  const gammaDecays =
    config.gammaDecay === 'published'
      ? [publishedGammaDecay(activation, batchSize!)]
      : (config.gammaDecay ?? [0]);
  const options = { ...config, activation, teacherActivation: teacher, loads, gammaDecays, students };
  const rows = await learningCurveAsync(options, control);
  const aborted = control.signal?.aborted === true;
  const ending = aborted
    ? { outcome: 'aborted', message: 'rows that were complete are kept' }
    : endingOf(rows);
  const starts = rows.find((row) => row.students !== undefined)?.students?.trained.starts;
  const warnings = warningsOf(rows);
  const entries = { ...ending, warnings, ...(starts === undefined ? {} : { starts }) };
  return {
    result: { kind: 'generalization', config, entries, table: curveTable(rows, dimension !== undefined) },
    outcome: aborted ? 'aborted' : ending.outcome === 'converged' ? 'done' : 'failed',
  };
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
      : ['gradient-flow', flowTable(config, oneDecay(config), config.flowTimes!)];
    const entries = { outcome: 'done', message: 'in closed form' };
    return { result: { kind, config, entries, table }, outcome: 'done' };
  },
};
