import * as z from 'zod';
import { endingOf, stateOf, warningsOf } from '../comparison/curve-ending.js';
import { learningCurveAsync, setsItsDecay, type LearningCurveRow } from '../comparison/learning-curve.js';
import { studentQuantities } from '../comparison/students-and-theory.js';
import type { Command } from '../config/command.js';
import type { Cost } from '../config/cost.js';
import { activationHelp, ensembleShape, entry, numbers, onRequest } from '../config/entries.js';
import { itemTable, itself, type Column, type Executed, type Table } from '../config/result.js';
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
  rule: entry(
    ruleShape.rule.default('weight-normalization'),
    'name',
    'learning rule; sgd is ζ → 0, batch-normalization the ζ published for its batch size',
  ),
  activation: entry(ruleShape.activation, 'name', `of the student: ${activationHelp}`),
  teacherActivation: entry(z.string().optional(), 'name', 'of the teacher', {
    otherwise: 'that of the student',
  }),
  load: entry(numbers('load'), 'list', 'loads α = P/N, as 0.5,1,2 or 0.5:8:50 (from:to:count)'),
  gammaDecay: entry(numbers('gammaDecay').optional(), 'list', 'strengths ζ of gamma decay', {
    otherwise: '0',
  }),
  batchSize: entry(
    z.number().optional(),
    'M',
    'samples per step of batch-normalization, or of sgd students',
    { otherwise: '1; batch-normalization needs it' },
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
});
type Config = z.infer<typeof schema>;

/** The longest time of `gradientFlow`. */
const LONGEST_TIME = 1e300;

/** Settings, whether a configuration has them, and the entries that they make useless. */
function uselessEntries(config: Config): readonly [boolean, setting: string, ...(keyof Config)[]][] {
  const { rule, activation, dimension, optimum, flowTimes } = config;
  return [
    [setsItsDecay(rule), `for rule ${rule}`, 'gammaDecay', 'optimum'],
    [!setsItsDecay(rule), `for rule ${rule}`, 'batchSize'],
    [rule === 'batch-normalization', `for rule ${rule}`, 'flowTimes'],
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
  const { rule, dimension, teacherActivation, teacherLength, batchSize, flowTimes, load } = given;
  for (const [applies, setting, ...names] of uselessEntries(given)) {
    const name = names.find((one) => given[one] !== undefined && given[one] !== false);
    if (applies && name !== undefined) throw rangeError(name, `left out ${setting}`, given[name]);
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

const curveColumns: readonly Column<LearningCurveRow>[] = [
  ...(['load', 'gammaDecay', 'gamma', 'overlap', 'generalizationError'] as const).map(itself),
  ...(['trainingError', 'susceptibility', 'branch'] as const).map(itself),
  ['state', stateOf],
];

const studentColumns = studentQuantities.flatMap((name): Column<LearningCurveRow>[] => [
  [`${name}Simulated`, ({ students }) => students?.comparison[name]?.mean ?? NaN],
  [`${name}StandardError`, ({ students }) => students?.comparison[name]?.standardError ?? NaN],
  [`${name}Z`, ({ students }) => students?.comparison[name]?.z ?? NaN],
]);

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
  const table = itemTable(
    rows,
    dimension === undefined ? curveColumns : [...curveColumns, ...studentColumns],
  );
  const entries = { ...ending, warnings, ...(starts === undefined ? {} : { starts }) };
  return {
    result: { kind: 'generalization', config, entries, table },
    outcome: aborted ? 'aborted' : ending.outcome === 'converged' ? 'done' : 'failed',
  };
}

/** The linear student after gradient flow, for every load and time. */
function flowTable(config: Config): Table {
  const { load: loads, flowTimes = [], noiseVariance, teacherLength, gammaDecay: decays = [0] } = config;
  if (decays.length !== 1) throw rangeError('gammaDecay', 'one number where flowTimes is given', decays);
  const task = { noiseVariance, teacherLength, gammaDecay: decays[0]! };
  const points = loads.flatMap((load) => flowTimes.map((time) => gradientFlow({ ...task, load, time })));
  const names = ['load', 'time', 'gamma', 'overlap', 'generalizationError', 'trainingError'] as const;
  return itemTable(points, names.map(itself));
}

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
