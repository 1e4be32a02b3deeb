import { Command, CommanderError } from 'commander';
import { inOptionWords } from '../lib/cli/usage-error.js';
import { oneLine } from '../lib/config/one-line.js';
import { details } from './details/command.js';
import { falseAlarms } from './false-alarms.js';
import { speed } from './speed/command.js';
import { workPrecision } from './work-precision/command.js';

/** Throws what commander has to say, so that it ends in one line and exit status 2. */
function quiet(command: Command): Command {
  return command
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
}

/** The suites; the first one where none is named. */
function program(): Command {
  const root = quiet(new Command('npm run benchmark --')).description('Benchmarks of this package.');
  root.addCommand(quiet(speed()), { isDefault: true });
  for (const suite of [workPrecision(), details(), falseAlarms()]) root.addCommand(quiet(suite));
  return root;
}

/** Without this an unknown suite would be taken for an argument of the default one. */
function requireSuite({ commands }: Command, word: string | undefined): void {
  if (word === undefined || word.startsWith('-')) return;
  const names = [...commands.map((command) => command.name()), 'help'];
  if (!names.includes(word)) throw new RangeError(`suite must be one of ${names.join(', ')}; got "${word}"`);
}

/**
 * Runs the benchmarks that the words ask for.
 *
 * @returns what is wrong with the words, in one line, if anything is
 */
export async function commandLine(words: readonly string[]): Promise<string | undefined> {
  const root = program();
  try {
    requireSuite(root, words[0]);
    await root.parseAsync(words, { from: 'user' });
    return undefined;
  } catch (error) {
    // --help ends with status 0.
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    if (error instanceof CommanderError || error instanceof RangeError)
      return oneLine(inOptionWords(error.message.replace(/^error: /, '')));
    throw error;
  }
}
