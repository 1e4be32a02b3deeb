/**
 * Argument checks. Each takes the name of an argument and a value of any kind, and returns the value or throws one line that
 * names the argument, what is allowed and what it got. `options.ts` puts them together for objects.
 */
import { rangeError, typeError } from './argument-error.js';

export { argumentError, isArgumentError, rangeError, typeError } from './argument-error.js';

/** A check of values of a type. */
export type Check<Value> = (name: string, value: unknown) => Value;

function requireNumber(
  name: string,
  allowed: string,
  value: unknown,
  holds: (value: number) => boolean,
): number {
  if (typeof value !== 'number') throw typeError(name, allowed, value);
  if (!holds(value)) throw rangeError(name, allowed, value);
  return value;
}

/** Any number, infinite ones and NaN too. */
export function requireAnyNumber(name: string, value: unknown): number {
  return requireNumber(name, 'a number', value, () => true);
}

/** Any finite number. */
export function requireFinite(name: string, value: unknown): number {
  return requireNumber(name, 'a finite number', value, Number.isFinite);
}

/** A finite number greater than zero. */
export function requirePositive(name: string, value: unknown): number {
  return requireNumber(name, 'a finite number > 0', value, (x) => Number.isFinite(x) && x > 0);
}

/** A finite number, zero allowed. */
export function requireNonNegative(name: string, value: unknown): number {
  return requireNumber(name, 'a finite number >= 0', value, (x) => Number.isFinite(x) && x >= 0);
}

/** A number in the closed interval [low, high]. */
export function requireWithin(name: string, value: unknown, low: number, high: number): number {
  return requireNumber(name, `a number from ${low} to ${high}`, value, (x) => x >= low && x <= high);
}

/** A safe integer in the closed interval [low, high]. */
export function requireInteger(
  name: string,
  value: unknown,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): number {
  // The largest integer that is safe is of interest to those who are beyond it.
  const unbounded = high === Number.MAX_SAFE_INTEGER && !(typeof value === 'number' && value > high);
  const allowed = unbounded ? `an integer >= ${low}` : `an integer from ${low} to ${high}`;
  return requireNumber(name, allowed, value, (x) => Number.isSafeInteger(x) && x >= low && x <= high);
}

/** `requireWithin` as a check. */
export function within(low: number, high: number): Check<number> {
  return (name, value) => requireWithin(name, value, low, high);
}

/** `requireInteger` as a check. */
export function integer(low: number, high?: number): Check<number> {
  return (name, value) => requireInteger(name, value, low, high);
}

/** Any text. */
export function requireString(name: string, value: unknown): string {
  if (typeof value !== 'string') throw typeError(name, 'a string', value);
  return value;
}

/** true or false. */
export function requireBoolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw typeError(name, 'true or false', value);
  return value;
}

/** A function of any kind: what it takes and gives back shows where it is called. */
export type AnyFunction = (...args: never[]) => unknown;

/** A function. */
export function requireFunction(name: string, value: unknown): AnyFunction {
  if (typeof value !== 'function') throw typeError(name, 'a function', value);
  return value as AnyFunction;
}

/** What ends a run from outside. */
export function requireSignal(name: string, value: unknown): AbortSignal {
  // By its shape: signals of other realms and packages do as well.
  const signal = value as Partial<AbortSignal> | null | undefined;
  if (typeof signal?.aborted !== 'boolean' || typeof signal.addEventListener !== 'function')
    throw typeError(name, 'an AbortSignal', value);
  return value as AbortSignal;
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

/** One of some words. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  allowed = inWords(words),
): Check<Word> {
  return (name, value) => {
    if (typeof value !== 'string') throw typeError(name, allowed, value);
    if (!(words as readonly string[]).includes(value)) throw rangeError(name, allowed, value);
    return value as Word;
  };
}

/** An array without holes, each entry checked as `name[i]`. */
export function listOf<Value>(check: Check<Value>, allowed = 'a list'): Check<readonly Value[]> {
  return (name, value) => {
    if (!Array.isArray(value)) throw typeError(name, allowed, value);
    // A loop, since forEach leaves holes out.
    for (let i = 0; i < value.length; i++) check(`${name}[${i}]`, value[i]);
    return value as Value[];
  };
}

/** The same with at least one entry. */
export function fullListOf<Value>(check: Check<Value>, allowed: string): Check<readonly Value[]> {
  const requireList = listOf(check, allowed);
  return (name, value) => {
    if (Array.isArray(value) && value.length === 0) throw rangeError(name, allowed, value);
    return requireList(name, value);
  };
}

/** Finite, strictly increasing numbers, at least one of them. */
export function requireIncreasing(name: string, value: unknown): readonly number[] {
  const values = fullListOf(requireFinite, 'a list with at least one number')(name, value);
  values.forEach((entry, index) => {
    if (index > 0 && entry <= values[index - 1]!)
      throw rangeError(`${name}[${index}]`, `greater than the one before it, ${values[index - 1]!}`, entry);
  });
  return values;
}
