import type * as z from 'zod';
import { nothing, requireAffordable, simulationCost, studentsCost, type Cost } from './cost.js';
import type { Executed } from './result.js';
import type { RunControl } from '../foundation/turns.js';
import {
  dynamicsSchema,
  generalizationSchema,
  learningRatesSchema,
  parseConfig,
  simulateSchema,
} from './schema.js';

/** Commands that a configuration alone describes, so that they can be run anywhere. */
export const configuredCommands = ['dynamics', 'learning-rates', 'generalization', 'simulate'] as const;
export type ConfiguredCommand = (typeof configuredCommands)[number];

interface Runnable {
  /** Checks the shape of a configuration and fills in its defaults. */
  parse(config: unknown): object;
  /** What it is expected to take, as `parse` gave it. */
  cost(parsed: object): Cost;
  /** Runs it as `parse` gave it. */
  execute(parsed: object, control: RunControl): Promise<Executed>;
}

/** A command that is loaded when it runs. */
function runnable<Schema extends z.ZodType<object>>(
  schema: Schema,
  load: () => Promise<(config: z.infer<Schema>, control: RunControl) => Promise<Executed>>,
  cost: (config: z.infer<Schema>) => Cost = () => nothing,
): Runnable {
  return {
    parse: (config) => parseConfig(schema, config),
    cost: (parsed) => cost(parsed as z.infer<Schema>),
    execute: async (parsed, control) => (await load())(parsed as z.infer<Schema>, control),
  };
}

const commands: Readonly<Record<ConfiguredCommand, Runnable>> = {
  dynamics: runnable(dynamicsSchema, async () => (await import('./commands/dynamics.js')).executeDynamics),
  'learning-rates': runnable(
    learningRatesSchema,
    async () => (await import('./commands/learning-rates.js')).executeLearningRates,
  ),
  generalization: runnable(
    generalizationSchema,
    async () => (await import('./commands/generalization.js')).executeGeneralization,
    studentsCost,
  ),
  simulate: runnable(
    simulateSchema,
    async () => (await import('./commands/simulate.js')).executeSimulation,
    simulationCost,
  ),
};

/**
 * Checks the shape of a command's configuration and fills in its defaults.
 *
 * @throws RangeError, one line, naming the first entry that is wrong
 */
export function parseCommandConfig(command: ConfiguredCommand, config: unknown): object {
  return commands[command].parse(config);
}

/** What a checked configuration is expected to take; commands that do not simulate are never long. */
export function costOf(command: ConfiguredCommand, parsed: object): Cost {
  return commands[command].cost(parsed);
}

/** Whether a checked configuration says that it is to be run whatever it takes. */
export function isForced(parsed: object): boolean {
  return 'force' in parsed && parsed.force === true;
}

/**
 * Runs a command on a configuration, and gives what it prints. Only what the command needs is loaded.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, naming what is wrong with the configuration; RangeError for what
 * would take more than a month or 2 GB, unless it is forced
 */
export async function executeConfig(
  command: ConfiguredCommand,
  config: unknown,
  control: RunControl = {},
): Promise<Executed> {
  const parsed = parseCommandConfig(command, config);
  if (!isForced(parsed)) requireAffordable(costOf(command, parsed), 1);
  return commands[command].execute(parsed, control);
}
