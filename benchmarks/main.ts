import { Command, CommanderError } from 'commander';
import { oneLine } from '../lib/foundation/one-line.js';
import { inOptionWords } from '../lib/cli/usage-error.js';
import { details } from './details/command.js';
import { falseAlarms } from './false-alarms.js';
import { speed } from './speed/command.js';

/** Throws what commander has to say, so that it ends in one line and exit status 2. */
function quiet(command: Command): Command {
  return command
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
}

const program = quiet(new Command('npm run benchmark --')).description('Benchmarks of this package.');
program.addCommand(quiet(speed()), { isDefault: true });
for (const suite of [details(), falseAlarms()]) program.addCommand(quiet(suite));

try {
  await program.parseAsync();
} catch (error) {
  const usage = error instanceof CommanderError || error instanceof RangeError;
  if (!usage) throw error;
  // --help ends with status 0, with nothing more to say.
  if (!(error instanceof CommanderError && error.exitCode === 0)) {
    process.stderr.write(`error: ${oneLine(inOptionWords(error.message.replace(/^error: /, '')))}\n`);
    process.exitCode = 2;
  }
}
