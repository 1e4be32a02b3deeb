import { executeConfig, type ConfiguredCommand } from '../config/commands.js';
import { execute } from './execute.js';
import { mergedConfig, type Flags } from './options.js';

/** Runs a command that its configuration alone describes: `dynamics`, `learning-rates`, `generalization`, `simulate`. */
export async function configuredCommand(command: ConfiguredCommand, flags: Flags): Promise<void> {
  const config = await mergedConfig(flags);
  await execute(command, flags, (signal, onProgress) =>
    executeConfig(command, config, { signal, onProgress }),
  );
}
