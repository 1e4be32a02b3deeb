import { isArgumentError } from '../../lib/index.js';
import { mutationsOf } from './mutations.js';
import { valueOf, type Shape } from './shapes.js';

/** A function, and what its arguments may be, by name and in order. */
export interface Entry {
  readonly call: (...values: never[]) => unknown;
  readonly takes: Readonly<Record<string, Shape>>;
  /** Other names that errors may give to arguments. */
  readonly aliases?: readonly string[];
  /** Whether the valid call takes what a test does not have, such as a server. */
  readonly needsMore?: boolean;
}

/** A method of an object, as a function to be called. */
export function method<Name extends string>(
  of: Readonly<Record<Name, (...values: never[]) => unknown>>,
  name: Name,
): Entry['call'] {
  return (...values) => of[name](...values);
}

/** A call with something wrong in it. */
export interface WrongCall {
  readonly entry: string;
  readonly what: string;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** The arguments of the valid call. */
export function validArguments({ takes }: Entry): unknown[] {
  return Object.values(takes).map(valueOf);
}

/** Every call of an entry with one thing wrong in it. */
export function* wrongCalls(name: string, entry: Entry): Generator<WrongCall> {
  const valid = validArguments(entry);
  for (const [at, [argument, shape]] of Object.entries(entry.takes).entries()) {
    for (const { names, what, value } of mutationsOf(shape, [argument]))
      yield {
        entry: name,
        what: `${argument} ${what}`,
        names: [...names, ...(entry.aliases ?? [])],
        values: valid.with(at, value),
      };
  }
}

const LONGEST_MESSAGE = 600;

/** What is wrong with how a wrong call ended; undefined where it ended as it should. */
export async function complaint(entry: Entry, { names, values }: WrongCall): Promise<string | undefined> {
  let returned: unknown;
  try {
    returned = entry.call(...(values as never[]));
  } catch (error) {
    return complaintOf(error, names);
  }
  if (!(returned instanceof Promise)) return 'was taken';
  return returned.then(
    () => 'was taken',
    (error: unknown) => complaintOf(error, names),
  );
}

function complaintOf(error: unknown, names: readonly string[]): string | undefined {
  if (!isArgumentError(error)) return `threw ${String(error)}`;
  const { message } = error;
  const shown = message.slice(0, 200);
  if (message.length > LONGEST_MESSAGE) return `message of ${message.length} characters: ${shown}`;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(message)) return `message with control characters: ${shown}`;
  const named = [...message.matchAll(/`([\w$]+)[^`]*`/gu)].map(([, name]) => name);
  return named.some((name) => names.includes(name))
    ? undefined
    : `names ${named.join(', ') || 'nothing'}: ${shown}`;
}
