import { writeFileSync } from 'node:fs';
import type * as z from 'zod';
import { commands } from '../commands/index.js';
import { jsonSchemaOf } from '../config/json-schema.js';
import { figureSchema } from '../recipes/schema.js';
import { sweepSchema } from '../sweep/sweep-config.js';
import type { OutputFlags } from './options.js';
import { requireWritable } from './output.js';
import { UsageError } from './usage-error.js';

/** Files that are no configuration of a command of their own. */
const files: readonly { name: string; summary: string; schema: z.ZodType }[] = [
  { name: 'sweep', summary: 'many points of a command', schema: sweepSchema },
  { name: 'figure', summary: 'a recipe of a figure', schema: figureSchema },
];

const all = [...commands, ...files];

function list(): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join('');
}

async function schemaNamed(given: string): Promise<z.ZodType> {
  const found = all.find(({ name }) => name === given);
  if (found === undefined)
    throw new UsageError(`no schema is called ${given}; there are ${all.map(({ name }) => name).join(', ')}`);
  return 'schema' in found ? found.schema : (await found.load()).command.schema;
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
