import * as z from 'zod';
import type { Command } from '../config/command.js';
import { entry } from '../config/entries.js';
import { columnTable, type Table } from '../config/result.js';
import { completeRule, lengthBound, ruleOf, ruleShape } from '../config/rules.js';
import { completeTimes, courseShape } from '../config/times.js';
import { quantityNames } from '../dynamics/quantity.js';
import { columnsOf, type OrderParameterSystem } from '../dynamics/system.js';
import { rangeError, requireInteger } from '../foundation/checks.js';
import type { RunControl } from '../foundation/turns.js';
import { methodNamed, methodNames } from '../ode/methods/index.js';
import { solveFluctuationsAsync, type FluctuatingTrajectory } from '../trajectory/solve-fluctuations.js';
import { solveAsync, solveDefaults, type LevelEvent, type SolveOptions } from '../trajectory/solve.js';
import type { Trajectory } from '../trajectory/trajectory.js';

const schema = z.strictObject({
  ...ruleShape,
  ...courseShape,
  method: entry(z.enum(methodNames).default('auto'), 'name', 'method of integration'),
  relativeTolerance: entry(
    z.number().default(solveDefaults.relativeTolerance),
    'tol',
    'error per step, relative',
  ),
  absoluteTolerance: entry(
    z.number().default(solveDefaults.absoluteTolerance),
    'tol',
    'error per step, absolute',
  ),
  maxSteps: entry(z.number().default(solveDefaults.maxSteps), 'n', 'most steps to try'),
  maxStep: entry(z.number().optional(), 'h', 'longest step; what is narrower may be stepped over', {
    unit: 'units of steps/N',
    otherwise: 'a 200th of the run where a learning rate varies',
  }),
  lengthBound,
  stationaryTolerance: entry(z.number().optional(), 'rate', 'stop where every derivative is at most this', {
    otherwise: 'never',
  }),
  stopWhen: entry(
    z.string().optional(),
    'condition',
    'end the run where a condition comes to hold, as generalizationError<1e-6 or length>10',
    { otherwise: 'never' },
  ),
  dimension: entry(
    z.number().optional(),
    'N',
    'predict the standard deviations of one run at input dimension N',
    { otherwise: 'N infinite' },
  ),
});
type Config = z.infer<typeof schema>;

/**
 * A condition from text such as `generalizationError<1e-6` or `length>10`, met where it comes to hold, at the start if it holds
 * there.
 *
 * @throws RangeError, one line, for any other text
 */
export function stopCondition(text: string, rule: OrderParameterSystem): LevelEvent<string> {
  const match = /^\s*([A-Za-z]+)\s*([<>])\s*(\S+)\s*$/.exec(text);
  const level = Number(match?.[3] ?? NaN);
  if (match === null || !Number.isFinite(level)) {
    throw rangeError('stopWhen', 'like generalizationError<1e-6 or length>10', text);
  }
  const quantity = match[1]!;
  const known = quantityNames(rule);
  if (!known.includes(quantity)) throw rangeError('stopWhen', `about one of ${known.join(', ')}`, quantity);
  return { quantity, level, direction: match[2] === '<' ? 'falling' : 'rising', condition: true };
}

/** A trajectory, with its fluctuations where a dimension was given. */
type Found = Trajectory<string> | FluctuatingTrajectory<string>;

async function trajectoryOf(config: Config, times: readonly number[], control: RunControl): Promise<Found> {
  const rule = await ruleOf(config);
  const { dimension, until, maxStep, stationaryTolerance, stopWhen } = config;
  const { relativeTolerance, absoluteTolerance, maxSteps, lengthBound: bound } = config;
  const options: SolveOptions<string> = {
    ...{ rule, initial: config.initial as Record<string, number>, times },
    ...(until === undefined ? {} : { until }),
    events: stopWhen === undefined ? [] : [stopCondition(stopWhen, rule)],
    method: await methodNamed(config.method),
    ...{ relativeTolerance, absoluteTolerance, maxSteps, lengthBound: bound },
    ...(maxStep === undefined ? {} : { maxStep }),
    ...(stationaryTolerance === undefined ? {} : { stationaryTolerance }),
  };
  if (dimension === undefined) return solveAsync(options, control);
  requireInteger('dimension', dimension, 2);
  if (rule.stepCovariance !== undefined) return solveFluctuationsAsync(options, control);
  throw rangeError(
    'dimension',
    `left out for rule ${config.rule} with batchSize ${rule.batchStep.batchSize}: the covariance of its step is infinite or not known`,
    dimension,
  );
}

// A learning rate fluctuates because the state does; the band belongs to what a run is judged by.
const withDeviation: readonly string[] = ['gamma', 'overlap', 'length', 'generalizationError'];

function tableOf(trajectory: Found, dimension: number | undefined): Table {
  const columns = columnsOf(trajectory.rule);
  const series = columns.map((name): [string, number[]] => [name, trajectory.series(name)]);
  const deviations =
    dimension === undefined || !('deviation' in trajectory)
      ? []
      : columns
          .filter((name) => withDeviation.includes(name))
          .map((name): [string, number[]] => [`${name}Deviation`, trajectory.deviation(name, dimension)]);
  return columnTable([['time', trajectory.times], ...series, ...deviations]);
}

const fulfilled: readonly string[] = ['reached-end', 'event', 'stationary'];

/** `dynamics`: a trajectory of the order-parameter equations, with its fluctuations where a dimension is given. */
export const command: Command<typeof schema> = {
  schema,
  example: `order-parameters dynamics --rule weight-normalization --activation relu --learning-rate 0.5 --gamma-decay 0.2 \\
    --noise-variance 0.05 --initial gamma=0.5,overlap=0.1,length=0.8 --until 50`,
  async run(given, control) {
    const { config: timesConfig, times } = completeTimes(given);
    const config = { ...completeRule(given), ...timesConfig };
    const result = await trajectoryOf(config, times, control);
    const { outcome, message, method, statistics, events } = result;
    const entries = { outcome, message, method, statistics, ...(events.length > 0 ? { events } : {}) };
    return {
      result: { kind: 'dynamics', config, entries, table: tableOf(result, config.dimension) },
      outcome: outcome === 'aborted' ? 'aborted' : fulfilled.includes(outcome) ? 'done' : 'failed',
    };
  },
};
