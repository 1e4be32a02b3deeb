import * as z from 'zod';
import { configuredCommands, parseCommandConfig } from '../config/commands.js';
import { numbersOf } from '../config/numbers.js';
import { parseConfig } from '../config/schema.js';
import { oneOf, rangeError, requireInteger } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { equallySpaced } from '../numerics/equally-spaced.js';

/** Values of one parameter: a list, text such as `0.1:1:10`, or equally spaced ones, in the logarithm where `scale` says so. */
const valuesSchema = z.union(
  [
    z.array(z.json()).min(1, 'must have at least one value'),
    z.string(),
    z.strictObject({
      from: z.number(),
      to: z.number(),
      points: z.number(),
      scale: z.enum(['linear', 'log']).default('linear'),
    }),
  ],
  'must be a list of values, text like 0.1:1:10, or from, to, points and perhaps scale: log',
);

/** Many points of one command: every entry of `list` with every combination of the values of `grid`. */
export const sweepSchema = z.strictObject({
  command: z.enum(configuredCommands),
  /** What all points have in common: a configuration of the command. */
  config: z.record(z.string(), z.json()).default({}),
  /** Values by parameter; entries inside others have names with dots, such as `initial.gamma`. The last varies fastest. */
  grid: z.record(z.string(), valuesSchema).default({}),
  /** Points one by one, each a set of parameters. */
  list: z.array(z.record(z.string(), z.json())).min(1).optional(),
});
/** A checked sweep with its defaults filled in, as `pointsOf` and `runSweep` take it. */
export type SweepConfig = z.infer<typeof sweepSchema>;

const sweepChecks: OptionChecks<z.input<typeof sweepSchema>> = {
  // By the schema.
  command: elsewhere,
  config: optional(elsewhere),
  grid: optional(elsewhere),
  list: optional(elsewhere),
};

/** Checks a sweep and fills in its defaults. */
export function requireSweep(sweep: unknown): SweepConfig {
  requireOptions('sweep', sweep, sweepChecks);
  return parseConfig(sweepSchema, sweep);
}

/** The command of a sweep that has been checked. */
export function commandOf(sweep: SweepConfig): SweepConfig['command'] {
  return requireOptions('sweep', sweep, { ...sweepChecks, command: oneOf(configuredCommands) }).command;
}

type Values = z.infer<typeof valuesSchema>;
type Json = z.core.util.JSONType;

/** One point of a sweep. */
export interface SweepPoint {
  /** From 0, in the order of the sweep. */
  readonly index: number;
  /** What this point has for itself. */
  readonly parameters: Readonly<Record<string, Json>>;
  /** The whole configuration of its command. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Points a sweep may have. */
export const MOST_POINTS = 1_000_000;

function valuesOf(name: string, values: Values): readonly Json[] {
  if (Array.isArray(values)) return values;
  if (typeof values === 'string') return numbersOf(name, values);
  const { from, to, points, scale } = values;
  requireInteger(`${name} points`, points, 2, MOST_POINTS);
  if (scale === 'linear') return equallySpaced(from, to, points);
  if (!(from > 0)) throw rangeError(`${name} from`, 'a finite number > 0 where the scale is log', from);
  if (!(to > 0)) throw rangeError(`${name} to`, 'a finite number > 0 where the scale is log', to);
  const logs = equallySpaced(Math.log(from), Math.log(to), points);
  return logs.map((value, i) => (i === 0 ? from : i === points - 1 ? to : Math.exp(value)));
}

/** A copy of a configuration with one entry set, `initial.gamma` inside `initial`. */
function withEntry(config: Record<string, unknown>, path: string, value: Json): Record<string, unknown> {
  const [name, ...inner] = path.split('.') as [string, ...string[]];
  if (inner.length === 0) return { ...config, [name]: value };
  const within = config[name] ?? {};
  if (typeof within !== 'object' || Array.isArray(within))
    throw rangeError(path, `a place in ${name}, a mapping`, within);
  return { ...config, [name]: withEntry(within as Record<string, unknown>, inner.join('.'), value) };
}

/** Streams of random numbers are those of the point, unless it has no use for any or says itself which. */
function withStreams(
  command: SweepConfig['command'],
  config: Record<string, unknown>,
  index: number,
): Record<string, unknown> {
  const random = command === 'simulate' || (command === 'generalization' && 'dimension' in config);
  return random && !('sweepPoint' in config) ? { ...config, sweepPoint: index } : config;
}

/**
 * The points of a sweep, in order.
 *
 * @throws RangeError, one line: for more than a million points, values that are none, and names that the command does not know
 * @example
 * pointsOf({ command: 'learning-rates', config: { rule: 'sgd', learningRate: 1 }, grid: { batchSize: [1, 2] } }).length; // 2
 */
export function pointsOf(given: z.input<typeof sweepSchema>): SweepPoint[] {
  const { command, config, grid, list = [{}] } = requireSweep(given);
  const axes = Object.entries(grid).map(([name, values]) => [name, valuesOf(name, values)] as const);
  const count = axes.reduce((product, [, values]) => product * values.length, list.length);
  if (count > MOST_POINTS) throw rangeError('grid', `one of at most ${MOST_POINTS} points`, count);
  let sets: Record<string, Json>[] = list;
  for (const [name, values] of axes)
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  return sets.map((parameters, index) => {
    const whole = Object.entries(parameters).reduce<Record<string, unknown>>(
      (built, [path, value]) => withEntry(built, path, value),
      config,
    );
    parseCommandConfig(command, whole);
    return { index, parameters, config: withStreams(command, whole, index) };
  });
}
