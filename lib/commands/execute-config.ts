import { execute, type Command } from '../config/command.js';
import type { Executed } from '../config/result.js';
import { rangeError } from '../foundation/checks.js';
import type { RunControl } from '../foundation/turns.js';
import { commands, type CommandName, type ListedCommand } from './index.js';

/** The names of all commands. */
export const commandNames = commands.map(({ name }) => name) as [CommandName, ...CommandName[]];

/**
 * Loads a command by its name, and only that.
 *
 * @throws (as a rejection) RangeError, one line, for a name that no command has
 */
export async function commandNamed(name: CommandName): Promise<Command> {
  const listed: ListedCommand | undefined = commands.find((command) => command.name === name);
  if (listed === undefined) throw rangeError('command', `one of ${commandNames.join(', ')}`, name);
  return (await listed.load()).command;
}

/**
 * Runs a command on a configuration, and gives what it prints. Only what the command needs is loaded.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, naming what is wrong with the configuration; RangeError for what
 * would take more than a month or 2 GB, unless it is forced
 */
export async function executeConfig(
  name: CommandName,
  config: unknown,
  control: RunControl = {},
): Promise<Executed> {
  return execute(await commandNamed(name), config, control);
}
