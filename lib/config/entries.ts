import * as z from 'zod';
import { activationNames } from '../gaussian/activations/index.js';
import { numbersOf } from './numbers.js';

/**
 * Entries of configurations that several commands have. Configurations stand in YAML or JSON files, come from the command line, and
 * are printed back in every result. Schemas check shapes and names; values are checked by the library itself, which names them.
 */

/** What a schema says of an entry in its `meta`. */
export interface EntryMeta {
  /** What it is, in half a sentence. */
  readonly help: string;
  /** The symbol of its value, as N; default its kind. */
  readonly symbol?: string;
  readonly unit?: string;
  /** What stands for it where it is left out, in words, where that is no value of its own. */
  readonly otherwise?: string | undefined;
  /** Whether it is for files and programs alone. */
  readonly fileOnly?: boolean;
}

/** What an entry is, in one line: help, unit and what stands for it where it is left out. */
export function helpOf({ help, unit, otherwise }: EntryMeta): string {
  const remarks = [
    ...(unit === undefined ? [] : [`in ${unit}`]),
    ...(otherwise === undefined ? [] : [`default: ${otherwise}`]),
  ];
  return remarks.length === 0 ? help : `${help} (${remarks.join('; ')})`;
}

/** A schema with what is said of it: the symbol of its value, help, and the rest. */
export function entry<Schema extends z.ZodType>(
  schema: Schema,
  symbol: string,
  help: string,
  more: Omit<EntryMeta, 'help' | 'symbol'> = {},
): Schema {
  return schema.meta({ help, symbol, ...more });
}

/** Something that is not done unless it is asked for. */
export function onRequest(help: string): z.ZodDefault<z.ZodBoolean> {
  return z.boolean().default(false).meta({ help });
}

/** A number, or an expression in t. */
export const rate = z.union([z.number(), z.string()]);

/** One number, a list, or text that the command line would take for a list. */
export function numbers(name: string): z.ZodType<number[]> {
  return z.union(
    [
      z.number().transform((value) => [value]),
      z.array(z.number()).min(1, 'must have at least one number'),
      z.string().transform((text) => numbersOf(name, text)),
    ],
    'must be a number, a list of numbers, or like 0.5:8:50',
  );
}

/** One text, or a list of them. */
export const texts = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)]);

/** How activations are written. */
export const activationHelp = `${activationNames.join(', ')}, or an expression in z`;

/** What an ensemble of random students has, besides their number. */
export const ensembleShape = {
  seed: entry(z.number().default(1), 's', 'seed of the random streams'),
  sweepPoint: z.number().optional().meta({
    help: 'which place of a sweep this is: random streams of different points share nothing',
    otherwise: '0, in a sweep the number of the point',
    fileOnly: true,
  }),
  force: z.boolean().optional().meta({ help: 'run what is estimated to take more than 30 days or 2 GB' }),
};
