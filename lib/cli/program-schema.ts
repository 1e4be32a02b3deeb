import { Command } from 'commander';
import type { SchemaFlags } from './schema.js';

/** `order-parameters schema` and its options. */
export function schema(): Command {
  return new Command('schema')
    .description('print the JSON Schema of a configuration, with which editors complete and check files')
    .argument('[name]', 'a command, sweep or figure; without it they are listed')
    .option('--output <file>', 'write to a file')
    .addHelpText(
      'after',
      `
Example:
  order-parameters schema dynamics --output dynamics.schema.json

  and as the first line of a YAML file:
  # yaml-language-server: $schema=dynamics.schema.json`,
    )
    .action(async (name: string | undefined, flags: SchemaFlags) => {
      const { schemaCommand } = await import('./schema.js');
      await schemaCommand(name, flags);
    });
}
