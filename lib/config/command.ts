import type * as z from 'zod';
import { parseConfig } from './parse.js';
import { requireAffordable, type Cost } from './cost.js';
import type { Config, Executed } from './result.js';
import type { RunControl } from '../foundation/turns.js';

/**
 * A command as data. Its flags and help, configuration files, sweeps, recipes of figures, JSON Schema and page of the reference are
 * made from it.
 */
export interface Command<Schema extends z.ZodObject = z.ZodObject> {
  /** What a configuration holds; what is said of each entry is in its `meta`, an `EntryMeta`. */
  readonly schema: Schema;
  /** Command lines, as they are shown below the help. */
  readonly example: string;
  /** Completes a configuration, runs it, and gives what is printed, with the completed configuration. */
  run(config: z.infer<Schema>, control: RunControl): Promise<Executed>;
  /** What a run is expected to take; left out where it is never long. */
  cost?(config: z.infer<Schema>): Cost;
  /** Whether a run draws random numbers: the points of a sweep then have streams of their own. */
  draws?(config: z.infer<Schema>): boolean;
  /** Whether the work rests now and then, so that Ctrl-C can end it with what was computed; default true. */
  readonly rests?: boolean;
}

/** What a checked configuration is expected to take. */
export function costOf(command: Command, parsed: Config): Cost {
  return command.cost?.(parsed) ?? { seconds: 0, bytes: 0 };
}

/**
 * Runs a command on a configuration, and gives what it prints.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, naming what is wrong with the configuration; RangeError for what
 * would take more than a month or 2 GB, unless it is forced
 */
export async function execute(
  command: Command,
  config: unknown,
  control: RunControl = {},
): Promise<Executed> {
  const parsed = parseConfig(command.schema, config);
  if (!isForced(parsed)) requireAffordable(costOf(command, parsed), 1);
  const executed = await command.run(parsed, control);
  const { result } = executed;
  return { ...executed, result: { ...result, config: inOrder(command.schema, result.config) } };
}

/** A configuration with its entries in the order of the schema, so that one that was completed is printed as it is read. */
function inOrder(schema: z.ZodObject, config: Config): Config {
  const given = Object.keys(schema.shape).filter((name) => config[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, config[name]]));
}

/** Whether a checked configuration says that it is to be run whatever it takes. */
export function isForced(parsed: Config): boolean {
  return parsed['force'] === true;
}
