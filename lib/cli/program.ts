import { Command, CommanderError } from 'commander';
import { packageVersion } from '../config/package-version.js';
import { compare, dynamicsCommand, learningRates, simulate } from './program-dynamics.js';
import { merge, sweep, worker } from './program-sweep.js';
import { figure, generalization, regularization } from './program-theory.js';
import { UsageError } from './usage-error.js';

/** Makes commander's complaints usage errors of ours, so that they end in one line and exit status 2. */
function withOwnErrors(command: Command): Command {
  return command.configureOutput({ outputError: () => undefined }).exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    throw new UsageError(error.message.replace(/^error: /, ''));
  });
}

/** The command line, ready to parse. */
export function program(): { parseAsync(words: readonly string[]): Promise<void> } {
  const root = new Command('order-parameters')
    .description(
      'Learning dynamics of teacher-student perceptrons with normalization, by statistical mechanics.',
    )
    .version(packageVersion());
  for (const command of [
    dynamicsCommand(),
    learningRates(),
    simulate(),
    compare(),
    generalization(),
    regularization(),
    sweep(),
    merge(),
    worker(),
    figure(),
  ]) {
    root.addCommand(withOwnErrors(command.allowExcessArguments(false)));
  }
  withOwnErrors(root);
  return {
    async parseAsync(words) {
      if (words.length === 0) {
        root.outputHelp();
        return;
      }
      try {
        await root.parseAsync(words, { from: 'user' });
      } catch (error) {
        // --help and --version
        if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
      }
    },
  };
}
