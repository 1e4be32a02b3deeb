import * as z from 'zod';
import { helpOf, type EntryMeta } from './entries.js';

const ownNames = ['help', 'symbol', 'unit', 'otherwise', 'fileOnly'];

/** A schema in JSON Schema, for editors: help, units and defaults in words are in its descriptions. */
export function jsonSchemaOf(schema: z.ZodType, title: string): Record<string, unknown> {
  const { $schema, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      const { help, ...meta } = jsonSchema as Partial<EntryMeta>;
      for (const name of ownNames) Reflect.deleteProperty(jsonSchema, name);
      if (help !== undefined) jsonSchema.description = helpOf({ help, ...meta });
    },
  });
  return { $schema, title, ...json };
}
