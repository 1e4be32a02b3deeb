import * as z from 'zod';
import type { Command } from '../config/command.js';
import { columnTable, type Table } from '../config/result.js';
import { completeRule, ruleOf, ruleShape } from '../config/rules.js';
import { completeTimes, courseShape } from '../config/times.js';
import { LENGTH_BOUND } from '../dynamics/layout.js';
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
  method: z.enum(methodNames).default('auto').meta({ help: 'method of integration', symbol: 'name' }),
  relativeTolerance: z
    .number()
    .default(solveDefaults.relativeTolerance)
    .meta({ help: 'error per step, relative', symbol: 'tol' }),
  absoluteTolerance: z
    .number()
    .default(solveDefaults.absoluteTolerance)
    .meta({ help: 'error per step, absolute', symbol: 'tol' }),
  maxSteps: z.number().default(solveDefaults.maxSteps).meta({ help: 'most steps to try', symbol: 'n' }),
  maxStep: z.number().optional().meta({
    help: 'longest step; what is narrower may be stepped over',
    symbol: 'h',
    unit: 'units of steps/N',
    otherwise: 'a 200th of the run where a learning rate varies',
  }),
  lengthBound: z.number().default(LENGTH_BOUND).meta({
    help: 'length above which a run counts as diverged',
    symbol: 'L',
  }),
  stationaryTolerance: z.number().optional().meta({
    help: 'stop where every derivative is at most this',
    symbol: 'rate',
    otherwise: 'never',
  }),
  stopWhen: z.string().optional().meta({
    help: 'end the run where a condition comes to hold, as generalizationError<1e-6 or length>10',
    symbol: 'condition',
    otherwise: 'never',
  }),
  dimension: z.number().optional().meta({
    help: 'predict the standard deviations of one run at input dimension N',
    symbol: 'N',
    otherwise: 'N infinite',
  }),
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

async function found(
  { dimension, rule: name }: Config,
  options: SolveOptions<string>,
  control: RunControl,
): Promise<Found> {
  if (dimension === undefined) return solveAsync(options, control);
  requireInteger('dimension', dimension, 2);
  if (options.rule.stepCovariance === undefined) {
    throw rangeError(
      'dimension',
      `left out for rule ${name} with batchSize ${options.rule.batchStep.batchSize}: the covariance of its step is infinite or not known`,
      dimension,
    );
  }
  return solveFluctuationsAsync(options, control);
}

async function trajectoryOf(
  config: Config,
  times: readonly number[],
  until: number,
  control: RunControl,
): Promise<Found> {
  const rule = await ruleOf(config);
  const { maxStep, stationaryTolerance, stopWhen } = config;
  const options: SolveOptions<string> = {
    rule,
    initial: config.initial as Record<string, number>,
    until,
    times,
    events: stopWhen === undefined ? [] : [stopCondition(stopWhen, rule)],
    method: await methodNamed(config.method),
    relativeTolerance: config.relativeTolerance,
    absoluteTolerance: config.absoluteTolerance,
    maxSteps: config.maxSteps,
    ...(maxStep === undefined ? {} : { maxStep }),
    lengthBound: config.lengthBound,
    ...(stationaryTolerance === undefined ? {} : { stationaryTolerance }),
  };
  return found(config, options, control);
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
    const result = await trajectoryOf(config, times, timesConfig.until, control);
    const { outcome, message, method, statistics, events } = result;
    const entries = { outcome, message, method, statistics, ...(events.length > 0 ? { events } : {}) };
    return {
      result: { kind: 'dynamics', config, entries, table: tableOf(result, config.dimension) },
      outcome: outcome === 'aborted' ? 'aborted' : fulfilled.includes(outcome) ? 'done' : 'failed',
    };
  },
};
