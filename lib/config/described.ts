import * as z from 'zod';
import type { EntryMeta } from './entries.js';

/** How the value of an entry is written. */
export type EntryKind =
  'number' | 'numbers' | 'rate' | 'text' | 'texts' | 'choice' | 'switch' | 'named numbers';

/** An entry of a configuration as its schema describes it. */
export interface DescribedEntry extends EntryMeta {
  readonly name: string;
  readonly kind: EntryKind;
  /** The values of a choice; the names of named numbers. */
  readonly choices: readonly string[];
  readonly required: boolean;
  /** What stands for it where it is left out, as text; undefined where nothing does. */
  readonly fallback: string | undefined;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const kinds: Partial<Record<string, EntryKind>> = {
  number: 'number',
  'number,string': 'rate',
  string: 'text',
  boolean: 'switch',
  object: 'named numbers',
};

/** The kind of an entry by its JSON Schema; undefined where no option is made from such a one. */
function kindOf({ type, enum: words, anyOf = [] }: JsonSchema): EntryKind | undefined {
  const list = anyOf.flatMap((option) => option.anyOf ?? [option]).find((option) => option.type === 'array');
  if (list !== undefined) return (list.items as JsonSchema).type === 'number' ? 'numbers' : 'texts';
  return words === undefined ? kinds[String(type)] : 'choice';
}

/** A default as it is typed. */
function asTyped(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = Object.entries(value as Record<string, unknown>);
  return pairs.map(([name, part]) => `${name}=${String(part)}`).join(',');
}

/** The entries of a configuration, in their order, from which flags, help and the page of the reference are made. */
export function describedEntries(schema: z.ZodObject): DescribedEntry[] {
  const { properties, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, entry]) => {
    const meta = { help: '', ...(entry.meta() as Partial<EntryMeta> | undefined) };
    const json = properties![name] as JsonSchema;
    const kind = kindOf(json);
    if (kind === undefined) throw new Error(`no option is made from an entry of type ${entry.def.type}`);
    const value = json.default;
    return {
      ...meta,
      ...{ name, kind, required: required.includes(name) },
      choices: (json.enum as string[] | undefined) ?? Object.keys(json.properties ?? {}),
      fallback: meta.otherwise ?? (value === undefined || value === false ? undefined : asTyped(value)),
    };
  });
}
