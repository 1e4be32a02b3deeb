import { costOf, requireAffordable } from './cost.js';
import type { Executed } from './result.js';
import type { RunControl } from './run-config.js';
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

const schemas = {
  dynamics: dynamicsSchema,
  'learning-rates': learningRatesSchema,
  generalization: generalizationSchema,
  simulate: simulateSchema,
};

/**
 * Checks the shape of a command's configuration and fills in its defaults.
 *
 * @throws RangeError, one line, naming the first entry that is wrong
 */
export function parseCommandConfig(command: ConfiguredCommand, config: unknown): object {
  return parseConfig(schemas[command], config);
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
  switch (command) {
    case 'dynamics': {
      const { executeDynamics } = await import('./commands/dynamics.js');
      return executeDynamics(parseConfig(dynamicsSchema, config), control);
    }
    case 'learning-rates': {
      const { executeLearningRates } = await import('./commands/learning-rates.js');
      return executeLearningRates(parseConfig(learningRatesSchema, config), control);
    }
    case 'generalization': {
      const { executeGeneralization } = await import('./commands/generalization.js');
      return executeGeneralization(parseConfig(generalizationSchema, config), control);
    }
    case 'simulate': {
      const { executeSimulation } = await import('./commands/simulate.js');
      return executeSimulation(parseConfig(simulateSchema, config), control);
    }
  }
}
