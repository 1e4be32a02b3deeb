/**
 * What arguments may be, said once more and apart from the library: a valid value of each, and which values besides are
 * allowed. The mutator (mutations.ts) makes wrong ones of it.
 */

/** A value that is not gone into. */
interface Leaf {
  readonly kind: 'leaf';
  readonly value: unknown;
  /** Whether another value would do, or might: such ones are not tried. */
  readonly accepts: (value: unknown) => boolean;
  readonly optional?: boolean;
}

/** An object of options, all of whose names are here. */
interface Options {
  readonly kind: 'options';
  readonly members: Readonly<Record<string, Shape>>;
  readonly optional?: boolean;
}

/** A list that may have other entries of the same kind, at least `least` of them. */
interface List {
  readonly kind: 'list';
  readonly items: readonly Shape[];
  readonly least: number;
  readonly optional?: boolean;
}

export type Shape = Leaf | Options | List;

/** The valid value of a shape. */
export function valueOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'leaf':
      return shape.value;
    case 'list':
      return shape.items.map(valueOf);
    case 'options':
      return Object.fromEntries(
        Object.entries(shape.members).map(([name, member]) => [name, valueOf(member)]),
      );
  }
}

/** May be left out. */
export const maybe = (shape: Shape): Shape => ({ ...shape, optional: true });

export const options = (members: Readonly<Record<string, Shape>>): Shape => ({ kind: 'options', members });

export const list = (items: readonly Shape[], least = 1): Shape => ({ kind: 'list', items, least });

export const leaf = (value: unknown, accepts: (value: unknown) => boolean = () => false): Shape => ({
  kind: 'leaf',
  value,
  accepts,
});

const number = (value: number, accepts: (value: number) => boolean): Shape =>
  leaf(value, (other) => typeof other === 'number' && accepts(other));

export const anyNumber = (value: number): Shape => number(value, () => true);
export const finite = (value: number): Shape => number(value, Number.isFinite);
export const positive = (value: number): Shape => number(value, (x) => x > 0 && x < Infinity);
export const positiveOrInfinite = (value: number): Shape => number(value, (x) => x > 0);
export const nonNegative = (value: number): Shape => number(value, (x) => x >= 0 && x < Infinity);
export const within = (value: number, low: number, high: number): Shape =>
  number(value, (x) => x >= low && x <= high);
export const count = (value: number, least: number, most = Number.MAX_SAFE_INTEGER): Shape =>
  number(value, (x) => Number.isInteger(x) && x >= least && x <= most);
export const increasing = (...values: readonly number[]): Shape => list(values.map(finite));
export const flag = (value: boolean): Shape => leaf(value, (other) => typeof other === 'boolean');
export const text = (value: string): Shape => leaf(value, (other) => typeof other === 'string');
/** One of some words, of which no other is tried. */
export const word = (value: string): Shape => leaf(value);
/** A function of which anything may come. */
export const listener = (): Shape =>
  leaf(
    () => undefined,
    (other) => typeof other === 'function',
  );
/** A number > 0, or a function of time that begins with one. */
export const schedule = (value: unknown): Shape =>
  leaf(value, (other) => typeof other === 'number' && other > 0 && other < Infinity);
/** An object as a function of the package makes it, or a function that makes one: nothing else does. */
export const made = (value: unknown): Shape => leaf(value);
/** Entries that a schema of its own goes through. */
export const record = (value: object): Shape =>
  leaf(value, (other) => typeof other === 'object' && other !== null && !Array.isArray(other));
export const signal = (): Shape => leaf(new AbortController().signal);

/** How long work is followed and ended. */
export const control = (): Shape =>
  maybe(options({ signal: maybe(signal()), onProgress: maybe(listener()) }));
