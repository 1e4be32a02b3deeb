import { describe } from './describe.js';

/**
 * A `RangeError` about an argument: a number out of its domain, a name that is none of those there are, a file that cannot be
 * read. `message` is one line that names the argument, what is allowed and what was given.
 *
 * This package throws it, and `ArgumentTypeError`, for mistakes in what it was given and for nothing else.
 *
 * @example
 * const error = await expressionActivation('tanh(').catch((reason) => reason);
 * error instanceof ArgumentRangeError; // true
 */
export class ArgumentRangeError extends RangeError {
  /** `ArgumentRangeError`, also where code is minified. */
  override readonly name: string = 'ArgumentRangeError';
}

/**
 * A `TypeError` about an argument: a value of another type, one that is missing, an option of a name that is not known.
 * See `ArgumentRangeError`.
 *
 * @example
 * const error = await expressionActivation(5).catch((reason) => reason);
 * error.message; // '`activation` must be a string; got 5'
 */
export class ArgumentTypeError extends TypeError {
  /** `ArgumentTypeError`, also where code is minified. */
  override readonly name: string = 'ArgumentTypeError';
}

/**
 * Whether an error tells of a mistake in an argument; any other one is a fault of this package or of its surroundings.
 *
 * @example
 * isArgumentError(new TypeError('undefined is not a function')); // false
 */
export function isArgumentError(error: unknown): error is ArgumentRangeError | ArgumentTypeError {
  return error instanceof ArgumentRangeError || error instanceof ArgumentTypeError;
}

/** "`name` must be ALLOWED; got VALUE", for a value of the right type. */
export function rangeError(name: string, allowed: string, value: unknown): ArgumentRangeError {
  return new ArgumentRangeError(`\`${name}\` must be ${allowed}; got ${describe(value)}`);
}

/** "`name` must be ALLOWED; got VALUE", for a value of another type. */
export function typeError(name: string, allowed: string, value: unknown): ArgumentTypeError {
  return new ArgumentTypeError(`\`${name}\` must be ${allowed}; got ${describe(value)}`);
}

/** A mistake of the user that is told in words of its own, one line. */
export function argumentError(message: string, options?: ErrorOptions): ArgumentRangeError {
  return new ArgumentRangeError(message, options);
}
