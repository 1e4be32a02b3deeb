import { writeFileSync } from 'node:fs';
import type * as z from 'zod';
import { commandNamed, commandNames } from '../commands/execute-config.js';
import { commands, type CommandName } from '../commands/index.js';
import { jsonSchemaOf } from '../config/json-schema.js';
import { figureSchema } from '../recipes/schema.js';
import { sweepSchema } from '../sweep/sweep-config.js';
import type { OutputFlags } from './options.js';
import { requireWritable } from './output.js';
import { UsageError } from './usage-error.js';

/** Files that are no configuration of a command of their own. */
const files: Readonly<Record<string, { readonly about: string; readonly schema: z.ZodType }>> = {
  sweep: { about: 'many points of a command', schema: sweepSchema },
  figure: { about: 'a recipe of a figure', schema: figureSchema },
};

function list(): string {
  const lines = [
    ...commands.map(({ name, summary }) => [name, summary] as const),
    ...Object.entries(files).map(([name, { about }]) => [name, about] as const),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, about]) => `${name.padEnd(width)}  ${about}\n`).join('');
}

async function schemaNamed(name: string): Promise<z.ZodType> {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file !== undefined) return file.schema;
  const known: readonly string[] = commandNames;
  if (!known.includes(name))
    throw new UsageError(
      `no schema is called ${name}; there are ${[...known, ...Object.keys(files)].join(', ')}`,
    );
  return (await commandNamed(name as CommandName)).schema;
}

/** `order-parameters schema`: the JSON Schema of a configuration, for editors; without a name, what there are. */
export async function schemaCommand(name: string | undefined, { output }: OutputFlags): Promise<void> {
  if (output !== undefined) requireWritable(output);
  const text =
    name === undefined
      ? list()
      : `${JSON.stringify(jsonSchemaOf(await schemaNamed(name), `order-parameters ${name}`), null, 2)}\n`;
  if (output === undefined) process.stdout.write(text);
  else writeFileSync(output, text);
}
