import type * as z from 'zod';
import { argumentError } from '../foundation/checks.js';
import { nearest } from '../foundation/options.js';

/** What stands at a path of a value; undefined where there is nothing. */
function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, name) => (inside as Partial<Record<PropertyKey, unknown>> | null | undefined)?.[name],
    value,
  );
}

/** The first thing wrong with a configuration, in one line. */
function firstProblem(error: z.ZodError, value: unknown, names: readonly string[]): string {
  const issue = error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const inside = issue.path.length > 0;
    const place = inside ? ` in \`${issue.path.join('.')}\`` : '';
    const best = inside || issue.keys.length > 1 ? undefined : nearest(issue.keys[0]!, names);
    const hint = best === undefined ? '' : `; did you mean ${best}?`;
    return `unknown name${issue.keys.length > 1 ? 's' : ''} ${issue.keys.join(', ')}${place}${hint}`;
  }
  const path = issue.path.join('.');
  const message = issue.message.replace(/\s+/g, ' ');
  if (path === '') return message;
  return at(value, issue.path) === undefined ? `\`${path}\` must be given` : `\`${path}\`: ${message}`;
}

/**
 * Checks the shape of a configuration and fills in its defaults.
 *
 * @throws RangeError, one line, naming the first entry that is wrong
 */
export function parseConfig<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const names = 'shape' in schema ? Object.keys(schema.shape as object) : [];
  throw argumentError(`configuration: ${firstProblem(result.error, value, names)}`);
}
