import * as z from 'zod';
import type { EntryMeta } from './entries.js';

const ownNames = ['help', 'symbol', 'unit', 'otherwise', 'fileOnly'];

/** What is said of an entry, in one line; undefined where nothing is. */
function descriptionOf({ help, unit, otherwise }: Partial<EntryMeta>): string | undefined {
  if (help === undefined) return undefined;
  const remarks = [
    ...(unit === undefined ? [] : [`in ${unit}`]),
    ...(otherwise === undefined ? [] : [`default: ${otherwise}`]),
  ];
  return remarks.length === 0 ? help : `${help} (${remarks.join('; ')})`;
}

/** A schema in JSON Schema, for editors: help, units and defaults in words are in its descriptions. */
export function jsonSchemaOf(schema: z.ZodType, title: string): Record<string, unknown> {
  const { $schema, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      const description = descriptionOf(jsonSchema as Partial<EntryMeta>);
      for (const name of ownNames) Reflect.deleteProperty(jsonSchema, name);
      if (description !== undefined) jsonSchema.description = description;
    },
  });
  return { $schema, title, ...json };
}
