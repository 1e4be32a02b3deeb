import { Option, type Command } from 'commander';
import { UsageError } from './usage-error.js';

const formats = ['table', 'json', 'csv'] as const;

/** How a result is printed. */
export type Format = (typeof formats)[number];

/** Options that say where and how to print, and are no part of a configuration. */
export interface OutputFlags {
  readonly format?: Format;
  readonly output?: string | undefined;
  readonly config?: string;
  readonly quiet?: boolean;
}

/** A number of an option. */
export function numberOf(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value))
      throw new UsageError(`--${name} must be a number; got ${text}`);
    return value;
  };
}

/** Command lines as they are shown below the help. */
export function example(lines: string): string {
  return `\nExample:\n  ${lines}`;
}

/** Options of every command that prints something. */
export function addPrintOptions(command: Command): Command {
  const format = new Option(
    '--format <name>',
    'how to print (default: table on a terminal, json otherwise)',
  ).choices(formats);
  return command.addOption(format).option('--quiet', 'no progress bar');
}

/** Options of every command that prints a result of a configuration. */
export function addOutputOptions(command: Command): Command {
  return addPrintOptions(command)
    .option('--output <file>', 'write to a file; its extension, .json, .csv or .txt, sets the format')
    .option('--config <file>', 'YAML or JSON file with the same names in camelCase; options win');
}
