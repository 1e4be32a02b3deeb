import { Option, type Command as Parser } from 'commander';
import type * as z from 'zod';
import { describedEntries, type DescribedEntry } from '../config/described.js';
import { helpOf } from '../config/entries.js';
import { numberOf } from './options.js';
import { kebab, UsageError } from './usage-error.js';

/** Options of a command as commander gives them: camelCase names, already converted values. */
export type Flags = Readonly<Record<string, unknown>>;

/** A number where the text is one, else the text itself: an expression. */
function rateOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** Named numbers, as gamma=0.5,overlap=0.1. */
function namedNumbers(name: string, names: readonly string[]): (text: string) => Record<string, number> {
  const shape = names.map((one) => `${one}=0.5`).join(',');
  return (text) =>
    Object.fromEntries(
      text.split(',').map((pair) => {
        const [part = '', value = '', ...more] = pair.split('=');
        if (more.length > 0 || part.trim() === '' || value === '')
          throw new UsageError(`--${name} must be like ${shape}; got ${text}`);
        return [part.trim(), numberOf(`${name} ${part.trim()}`)(value)];
      }),
    );
}

/** Texts between commas that stand outside brackets, after those of the option given before. */
function textsOf(text: string, before: readonly string[] | undefined): string[] {
  const parts = [''];
  let depth = 0;
  for (const mark of text) {
    if (mark === '(') depth++;
    if (mark === ')') depth--;
    if (mark === ',' && depth === 0) parts.push('');
    else parts.push(parts.pop()! + mark);
  }
  return [...(before ?? []), ...parts.map((part) => part.trim())];
}

/** The option of an entry. */
function optionOf(entry: DescribedEntry): Option {
  const name = kebab(entry.name);
  const help = helpOf({ ...entry, otherwise: entry.fallback });
  if (entry.kind === 'switch') return new Option(`--${name}`, help);
  const option = new Option(`--${name} <${entry.symbol ?? entry.kind}>`, help);
  switch (entry.kind) {
    case 'choice':
      return option.choices(entry.choices);
    case 'number':
      return option.argParser(numberOf(name));
    case 'rate':
      return option.argParser(rateOf);
    case 'named numbers':
      return option.argParser(namedNumbers(name, entry.choices));
    case 'texts':
      return option.argParser(textsOf);
    default:
      // Text, and lists of numbers, which the schema reads.
      return option;
  }
}

/** Adds an option for each entry of a configuration that is not for files alone. */
export function addFlags(parser: Parser, schema: z.ZodObject): void {
  for (const entry of describedEntries(schema))
    if (entry.fileOnly !== true) parser.addOption(optionOf(entry));
}
