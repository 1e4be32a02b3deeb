import { Command, CommanderError } from 'commander';
import { commands, type ListedCommand } from '../commands/index.js';
import { packageVersion } from '../config/package-version.js';
import { moreCommands } from './more-commands.js';
import { addOutputOptions, example } from './options.js';
import { UsageError } from './usage-error.js';

/** Makes commander's complaints usage errors of ours, so that they end in one line and exit status 2. */
function withOwnErrors(command: Command): Command {
  return command.configureOutput({ outputError: () => undefined }).exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    throw new UsageError(error.message.replace(/^error: /, ''));
  });
}

/** Gives a command its options, from its schema. Only the command that is asked for is loaded. */
async function withFlags(parser: Command, { name, load }: ListedCommand): Promise<void> {
  const [{ command }, { addFlags }, { executeFlags }] = await Promise.all([
    load(),
    import('./flags.js'),
    import('./execute.js'),
  ]);
  addFlags(parser, command.schema);
  addOutputOptions(parser)
    .addHelpText('after', example(command.example))
    .action((flags: Record<string, unknown>) => executeFlags(name, command, flags));
}

/** The command line, ready to parse. */
export function program(): { parseAsync(words: readonly string[]): Promise<void> } {
  const root = new Command('order-parameters')
    .description(
      'Learning dynamics of teacher-student perceptrons with normalization, by statistical mechanics.',
    )
    .version(packageVersion());
  const listed = commands.map(({ name, summary }) => new Command(name).description(summary));
  for (const command of [...listed, ...moreCommands()])
    root.addCommand(withOwnErrors(command.allowExcessArguments(false)));
  withOwnErrors(root);
  return {
    async parseAsync(words) {
      if (words.length === 0) {
        root.outputHelp();
        return;
      }
      const asked = words[0] === 'help' ? words[1] : words[0];
      const index = commands.findIndex(({ name }) => name === asked);
      if (index >= 0) await withFlags(listed[index]!, commands[index]!);
      try {
        await root.parseAsync(words, { from: 'user' });
      } catch (error) {
        // --help and --version
        if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
      }
    },
  };
}
