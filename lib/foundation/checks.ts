/**
 * Argument checks. Each returns the value it was given, or throws one line that names the argument, the value it
 * got and what is allowed.
 */

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** A one-line `RangeError`: "`name` must be ALLOWED; got VALUE". */
export function rangeError(name: string, allowed: string, value: unknown): RangeError {
  return new RangeError(`\`${name}\` must be ${allowed}; got ${describe(value)}`);
}

/** A one-line `TypeError`: "`name` must be ALLOWED; got VALUE". */
export function typeError(name: string, allowed: string, value: unknown): TypeError {
  return new TypeError(`\`${name}\` must be ${allowed}; got ${describe(value)}`);
}

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

/** Any finite number. */
export function requireFinite(name: string, value: number): number {
  return requireNumber(name, 'a finite number', value, Number.isFinite);
}

/** A finite number greater than zero. */
export function requirePositive(name: string, value: number): number {
  return requireNumber(name, 'a finite number > 0', value, (x) => Number.isFinite(x) && x > 0);
}

/** A finite number, zero allowed. */
export function requireNonNegative(name: string, value: number): number {
  return requireNumber(name, 'a finite number >= 0', value, (x) => Number.isFinite(x) && x >= 0);
}

/** A number in the closed interval [low, high]. */
export function requireWithin(name: string, value: number, low: number, high: number): number {
  return requireNumber(name, `a number from ${low} to ${high}`, value, (x) => x >= low && x <= high);
}

/** A safe integer in the closed interval [low, high]. */
export function requireInteger(
  name: string,
  value: number,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): number {
  const allowed =
    high === Number.MAX_SAFE_INTEGER ? `an integer >= ${low}` : `an integer from ${low} to ${high}`;
  return requireNumber(name, allowed, value, (x) => Number.isSafeInteger(x) && x >= low && x <= high);
}

/** Finite, strictly increasing numbers, at least one of them. */
export function requireIncreasing(name: string, values: readonly number[]): readonly number[] {
  if (values.length === 0) throw rangeError(name, 'a list with at least one number', '');
  values.forEach((value, index) => {
    requireFinite(`${name}[${index}]`, value);
    if (index > 0 && value <= values[index - 1]!) {
      throw rangeError(`${name}[${index}]`, `greater than the one before it, ${values[index - 1]!}`, value);
    }
  });
  return values;
}
