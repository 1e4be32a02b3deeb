import * as z from 'zod';
import { endingOf, warningsOf } from '../comparison/curve-ending.js';
import { hasTheory, learningCurveAsync, trainsByMinibatches } from '../comparison/learning-curve.js';
import { publishedGammaDecay } from '../comparison/published-decay.js';
import type { Command } from '../config/command.js';
import type { Cost } from '../config/cost.js';
import { activationHelp, ensembleShape, entry, numbers, onRequest } from '../config/entries.js';
import type { Executed } from '../config/result.js';
import { ruleShape } from '../config/rules.js';
import { refuseUseless, type Useless } from '../config/useless.js';
import {
  rangeError,
  requireIncreasing,
  requireInteger,
  requirePositive,
  requireWithin,
  typeError,
} from '../foundation/checks.js';
import { normalizesByBatch, smallestBatchOf } from '../dynamics/rules/index.js';
import type { RunControl } from '../foundation/turns.js';
import type { Activation } from '../gaussian/activation.js';
import { activationOf } from '../gaussian/activations/index.js';
import { startLengths, testStatistics } from '../generalization/linear/batch-normalized.js';
import { trainingCost } from '../training/cost.js';
import { PATIENCE, trainingEngines } from '../training/train-options.js';
import { curveTable, flowTable, optimumTable } from './generalization-tables.js';

const schema = z.strictObject({
  rule: entry(ruleShape.rule.default('weight-normalization'), 'name', 'learning rule; sgd is ζ → 0'),
  activation: entry(ruleShape.activation, 'name', `of the student: ${activationHelp}`),
  teacherActivation: entry(z.string().optional(), 'name', 'of the teacher', {
    otherwise: 'that of the student',
  }),
  load: entry(numbers('load'), 'list', 'loads α = P/N, as 0.5,1,2 or 0.5:8:50 (from:to:count)'),
  gammaDecay: entry(
    z.union([z.literal('published'), numbers('gammaDecay')]).optional(),
    'list',
    'strengths ζ of gamma decay, or published: the one published for batch normalization of the batch size',
    { otherwise: '0' },
  ),
  batchSize: entry(
    z.number().optional(),
    'M',
    'samples per step of batch-normalization and of sgd students; that of a published decay',
    { otherwise: '1; batch-normalization and published need it' },
  ),
  statistics: entry(
    z.enum(testStatistics).optional(),
    'name',
    'what normalizes a batch-normalized student at test time: the population, or its training set',
    { otherwise: testStatistics[0] },
  ),
  start: entry(
    z.enum(startLengths).optional(),
    'name',
    'weights of batch-normalization at the start: L₀² far below η, so that they are forgotten, or far above',
    { otherwise: startLengths[0] },
  ),
  noiseVariance: ruleShape.noiseVariance,
  teacherLength: entry(z.number().default(1), 'T', 'standard deviation of the teacher field'),
  flowTimes: entry(
    numbers('flowTimes').optional(),
    'list',
    'stop gradient flow from w = 0 at these times (identity)',
  ),
  optimum: onRequest('the best ζ, batch size and stopping time at every load (identity)'),
  dimension: entry(z.number().optional(), 'N', 'train students on P = αN samples, too', {
    otherwise: 'theory alone',
  }),
  engine: entry(
    z.enum(trainingEngines).optional(),
    'name',
    'how training sets are drawn; bidiagonal, for identity alone, in O(N)',
    { otherwise: trainingEngines[0] },
  ),
  runs: entry(z.number().default(8), 'n', 'students of each load'),
  ...ensembleShape,
  randomStarts: entry(z.number().default(1), 'n', 'starts of every student, lowest loss kept'),
  teacherStart: onRequest('train from the teacher too and keep the lower loss'),
  learningRate: entry(z.number().default(0.2), 'η', 'learning rate of sgd and batch-normalization students'),
  until: entry(z.number().default(1000), 'T', 'longest training of those', { unit: 'units of steps/N' }),
  patience: entry(
    z.number().default(PATIENCE),
    'n',
    'how long their loss may stand still before the rate is halved; near load 1 it takes 30 or more',
    { unit: 'relaxation times of a mode of curvature 1' },
  ),
});
type Config = z.infer<typeof schema>;

/** A published decay asks for a batch with a deviation, a rule that normalizes by its batch for a step of finite variance. */
function smallestBatchFor(rule: Config['rule']): number {
  if (normalizesByBatch(rule)) return smallestBatchOf(rule);
  return rule === 'sgd' ? 1 : 2;
}

/** The longest time of `gradientFlow`. */
const LONGEST_TIME = 1e300;

/** Settings, whether a configuration has them, and the entries that they make useless. */
function uselessEntries(config: Config): Useless<Config>[] {
  const { rule, activation, gammaDecay, dimension, optimum, flowTimes } = config;
  const decays = !trainsByMinibatches(rule);
  return [
    [!decays, `for rule ${rule}`, 'gammaDecay', 'optimum'],
    [decays && gammaDecay !== 'published', `for rule ${rule} unless gammaDecay is published`, 'batchSize'],
    [normalizesByBatch(rule), `for rule ${rule}`, 'flowTimes'],
    // The optimum tells of batch normalization beside the decay.
    [rule !== 'batch-normalization' && !optimum, `for rule ${rule}`, 'statistics', 'start'],
    [activation !== 'identity', `for activation ${activation}`, 'flowTimes', 'optimum'],
    [optimum, 'where optimum is given', 'gammaDecay', 'flowTimes', 'dimension', 'teacherActivation'],
    [flowTimes !== undefined, 'where flowTimes is given', 'dimension', 'teacherActivation'],
    [dimension === undefined, 'where dimension is not given', 'engine'],
  ];
}

/**
 * Checks which entries stand together, and fills in what depends on others, so that the printed configuration says all that was
 * used.
 *
 * @throws RangeError or TypeError, one line, naming an entry
 */
function completed(given: Config): Config {
  const { rule, batchSize, flowTimes, load } = given;
  refuseUseless(given, uselessEntries(given));
  const normalizes = normalizesByBatch(rule);
  const needsBatch = normalizes ? `rule ${rule}` : 'a published gammaDecay';
  if (batchSize !== undefined) requireInteger('batchSize', batchSize, smallestBatchFor(rule));
  else if (normalizes || given.gammaDecay === 'published')
    throw typeError('batchSize', `given for ${needsBatch}`, batchSize);
  flowTimes?.forEach((time, i) => requireWithin(`flowTimes[${i}]`, time, 0, LONGEST_TIME));
  requirePositive('load[0]', load[0]!);
  requireIncreasing('load', load);
  const { gammaDecay = [0], statistics = testStatistics[0], start = startLengths[0] } = given;
  return {
    ...given,
    ...(trainsByMinibatches(rule) || given.optimum ? {} : { gammaDecay }),
    ...(rule === 'batch-normalization' || given.optimum ? { statistics, start } : {}),
  };
}

/** What training students beside a learning curve is expected to take. */
function costOf(config: Config): Cost {
  const { dimension, runs, gammaDecay, rule, activation, batchSize = 1, until } = config;
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
      (Array.isArray(gammaDecay) ? gammaDecay.length : 1) *
      costs.reduce((sum, { seconds }) => sum + seconds, 0),
    bytes: Math.max(...costs.map(({ bytes }) => bytes)),
  };
}

/** The strengths of a decay, the published one of the activation worked out. */
function decaysOf({ gammaDecay = [0], batchSize }: Config, activation: Activation): readonly number[] {
  return gammaDecay === 'published' ? [publishedGammaDecay(activation, batchSize!)] : gammaDecay;
}

async function curveOf(config: Config, control: RunControl): Promise<Executed> {
  const { rule, dimension, sweepPoint = 0, load: loads, teacherActivation } = config;
  const activation = await activationOf(config.activation);
  const teacher = teacherActivation === undefined ? activation : await activationOf(teacherActivation);
  if (dimension === undefined && !hasTheory({ rule, activation, teacherActivation: teacher }))
    throw typeError(
      'dimension',
      `given for rule ${rule} with activation ${config.activation}, which has no theory`,
      dimension,
    );
  const students = dimension === undefined ? undefined : { ...config, dimension, sweepPoint };
  const gammaDecays = decaysOf(config, activation);
  const options = { ...config, activation, teacherActivation: teacher, loads, gammaDecays, students };
  const rows = await learningCurveAsync(options, control);
  const aborted = control.signal?.aborted === true;
  const ending = aborted
    ? { outcome: 'aborted', message: 'rows that were complete are kept' }
    : endingOf(rows);
  const starts = rows.find((row) => row.students !== undefined)?.students?.trained.starts;
  const warnings = warningsOf(rows);
  const table = curveTable(rows, dimension !== undefined);
  const entries = { ...ending, warnings, ...(starts === undefined ? {} : { starts }) };
  return {
    result: { kind: 'generalization', config, entries, table },
    outcome: aborted ? 'aborted' : ending.outcome === 'converged' ? 'done' : 'failed',
  };
}

/** The one ζ of gradient flow. */
function oneDecay({ gammaDecay = [0] }: Config): number {
  if (gammaDecay === 'published' || gammaDecay.length !== 1)
    throw rangeError('gammaDecay', 'one number where flowTimes is given', gammaDecay);
  return gammaDecay[0]!;
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
