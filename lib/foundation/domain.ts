/**
 * Domain of a function that users do not call: what is outside is a fault of this package, not of what it was given, and so no
 * argument error.
 */
export function requireDomain(name: string, allowed: string, value: number, holds: boolean): void {
  if (!holds) throw new RangeError(`\`${name}\` must be ${allowed}; got ${value}`);
}
