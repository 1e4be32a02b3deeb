import { readFileSync } from 'node:fs';

/** A table of reference values made by the generator it names; numbers that are results stand as decimal strings. */
export interface ReferenceTable<Case> {
  readonly source: string;
  readonly generator: string;
  readonly cases: readonly Case[];
}

/** Reads spec/reference/NAME.json. Tests run at the root of the checkout. */
export function reference<Case>(name: string): ReferenceTable<Case> {
  return JSON.parse(readFileSync(`spec/reference/${name}.json`, 'utf8')) as ReferenceTable<Case>;
}

/** |value − expected| in units of |scale|. */
export function relativeError(
  value: number,
  expected: string | number,
  scale: string | number = expected,
): number {
  return Math.abs(value - Number(expected)) / Math.abs(Number(scale));
}

/** Largest of the values; NaN if one of them is. */
export function worst(values: readonly number[]): number {
  return values.reduce((largest, value) => (value <= largest ? largest : value), 0);
}
