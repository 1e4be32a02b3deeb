import * as z from 'zod';
import { commandNamed, commandNames } from '../commands/execute-config.js';
import type { Command } from '../config/command.js';
import { combinations, gridSchema, withParameters, type Parameters } from '../config/grid.js';
import { parseConfig } from '../config/parse.js';
import { oneOf } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';

/** Many points of one command: every entry of `list` with every combination of the values of `grid`. */
export const sweepSchema = z.strictObject({
  command: z.enum(commandNames).meta({ help: 'the command that is run at every point' }),
  config: z
    .record(z.string(), z.json())
    .default({})
    .meta({ help: 'what all points have in common: a configuration of the command' }),
  grid: gridSchema,
  list: z
    .array(z.record(z.string(), z.json()))
    .min(1)
    .optional()
    .meta({ help: 'points one by one, each a set of parameters, with every combination of the grid' }),
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
  return requireOptions('sweep', sweep, { ...sweepChecks, command: oneOf(commandNames) }).command;
}

/** One point of a sweep. */
export interface SweepPoint {
  /** From 0, in the order of the sweep. */
  readonly index: number;
  /** What this point has for itself. */
  readonly parameters: Parameters;
  /** The whole configuration of its command. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Streams of random numbers are those of the point, unless it has no use for any or says itself which. */
function withStreams(
  command: Command,
  config: Record<string, unknown>,
  index: number,
): Record<string, unknown> {
  const parsed = parseConfig(command.schema, config);
  const draws = command.draws?.(parsed) ?? false;
  return draws && !('sweepPoint' in config) ? { ...config, sweepPoint: index } : config;
}

/**
 * What each point of a sweep has for itself, in order; whether its command knows it is not looked at.
 *
 * @throws RangeError, one line, for more than a million points
 */
export function parametersOf({ list = [{}], grid }: SweepConfig): Parameters[] {
  return combinations(list, grid);
}

/**
 * The points of a sweep, in order, each checked by its command.
 *
 * @throws (as a rejection) RangeError, one line: for more than a million points, values that are none, and names that the command
 * does not know
 * @example
 * const config = { rule: 'sgd', learningRate: 1 };
 * (await pointsOf({ command: 'learning-rates', config, grid: { batchSize: [1, 2] } })).length; // 2
 */
export async function pointsOf(given: z.input<typeof sweepSchema>): Promise<SweepPoint[]> {
  const sweep = requireSweep(given);
  const { command: name, config } = sweep;
  const command = await commandNamed(name);
  return parametersOf(sweep).map((parameters, index) => ({
    index,
    parameters,
    config: withStreams(command, withParameters(config, parameters), index),
  }));
}
