import type * as z from 'zod';
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

type Wrapped = z.ZodOptional<z.ZodType> | z.ZodDefault<z.ZodType> | z.ZodPrefault<z.ZodType>;

/** What a schema is of without its default, which is given back too. */
function unwrapped(schema: z.ZodType): { inner: z.ZodType; required: boolean; value: unknown } {
  const { type } = schema.def;
  if (type !== 'optional' && type !== 'default' && type !== 'prefault')
    return { inner: schema, required: true, value: undefined };
  const { innerType, ...rest } = (schema as Wrapped).def;
  return {
    inner: unwrapped(innerType).inner,
    required: false,
    value: 'defaultValue' in rest ? rest.defaultValue : undefined,
  };
}

const plainKinds = {
  number: 'number',
  string: 'text',
  boolean: 'switch',
  enum: 'choice',
  object: 'named numbers',
} as const;

function kindOf(schema: z.ZodType): EntryKind {
  const { type } = schema.def;
  if (type === 'union') {
    const options = (schema as z.ZodUnion<z.ZodType[]>).options;
    const list = options.find((option): option is z.ZodArray<z.ZodType> => option.def.type === 'array');
    if (list === undefined) return 'rate';
    return list.element.def.type === 'number' ? 'numbers' : 'texts';
  }
  if (type in plainKinds) return plainKinds[type as keyof typeof plainKinds];
  throw new Error(`no option is made from an entry of type ${type}`);
}

function choicesOf(schema: z.ZodType): string[] {
  if (schema.def.type === 'enum') return (schema as z.ZodEnum).options as string[];
  return schema.def.type === 'object' ? Object.keys((schema as z.ZodObject).shape) : [];
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
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, entry]) => {
    const meta = { help: '', ...(entry.meta() as Partial<EntryMeta> | undefined) };
    const { inner, required, value } = unwrapped(entry);
    const typed = value === undefined || value === false ? undefined : asTyped(value);
    return {
      ...meta,
      ...{ name, kind: kindOf(inner), choices: choicesOf(inner), required },
      fallback: meta.otherwise ?? typed,
    };
  });
}
