import { distance } from 'fastest-levenshtein';
import { ArgumentTypeError, typeError } from './argument-error.js';
import type { AnyFunction, Check } from './checks.js';
import { printable } from './describe.js';

/** A check of an option that may be left out; `undefined` counts as left out. */
export interface OptionalCheck<Value> extends Check<Value | undefined> {
  readonly optional: true;
}

/** Functions are told apart from other values, and not from each other. */
type Checkable<Value> = Value extends AnyFunction ? AnyFunction : Value;

/** For every option of an interface its check. The compiler holds names, types, and which may be left out, against it. */
export type OptionChecks<Options> = {
  readonly [Name in keyof Options]-?: Partial<Pick<Options, Name>> extends Pick<Options, Name>
    ? OptionalCheck<Checkable<Exclude<Options[Name], undefined>>>
    : Check<Checkable<Options[Name]>>;
};

/** An option that may be left out. */
export function optional<Value>(check: Check<Value>): OptionalCheck<Value> {
  const whereGiven: Check<Value | undefined> = (name, value) =>
    value === undefined ? undefined : check(name, value);
  return Object.assign(whereGiven, { optional: true as const });
}

/** A check that is made elsewhere, because it takes more than the value. */
export function elsewhere(_name: string, value: unknown): never {
  return value as never;
}

/** Share of a name's letters that a mistyped one may have wrong. */
const NEAR = 0.4;

/** The name that a mistyped one is nearest to, if any is near. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');
  const word = plain(given.slice(0, 100));
  const far = (name: string): number =>
    distance(word, plain(name)) / Math.max(word.length, plain(name).length);
  const [best] = names.filter((name) => far(name) <= NEAR).sort((a, b) => far(a) - far(b));
  return best;
}

function unknownOption(given: string, path: string, names: readonly string[]): ArgumentTypeError {
  const best = nearest(given, names);
  const known =
    best === undefined
      ? `known are ${names.map((name) => path + name).join(', ')}`
      : `did you mean \`${path}${best}\`?`;
  return new ArgumentTypeError(
    `unknown option \`${path}${printable(given).replaceAll('`', "'")}\`; ${known}`,
  );
}

/** Whether a value has members by name, which lists, dates, maps and bytes have not. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** An object that has members by name. */
export function requireObject(
  name: string,
  value: unknown,
  allowed = 'an object',
): Readonly<Partial<Record<string, unknown>>> {
  if (!isObject(value)) throw typeError(name, allowed, value);
  return value as Record<string, unknown>;
}

/**
 * Checks an object of options: that it is one, that every name is known, and each value by its check. Only its own properties
 * count, so one that is inherited is refused, not left unread in silence.
 *
 * @param name of the argument as a whole
 * @param path what stands before the names of the options, as `initial.`
 */
export function requireOptions<Options extends object>(
  name: string,
  given: unknown,
  checks: OptionChecks<Options>,
  path = '',
): Options {
  const known = Object.keys(checks);
  // The words are put together where they are needed, for this stands before every run.
  if (!isObject(given)) throw typeError(name, `an object with ${known.join(', ')}`, given);
  for (const option of Object.keys(given)) {
    if (!Object.hasOwn(checks, option)) throw unknownOption(option, path, known);
  }
  const values = given as Readonly<Record<string, unknown>>;
  for (const option of known) {
    const value = values[option];
    if (value !== undefined && !Object.hasOwn(values, option))
      throw typeError(path + option, 'given by the object itself, not inherited', value);
    checks[option as keyof Options](path + option, value);
  }
  return given as Options;
}

/** An object within options, whose own are named `name.option`. */
export function shape<Options extends object>(checks: OptionChecks<Options>): Check<Options> {
  return (name, value) => requireOptions(name, value, checks, `${name}.`);
}
