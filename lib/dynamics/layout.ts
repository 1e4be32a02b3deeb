import {
  integer,
  oneOf,
  rangeError,
  requireFinite,
  requirePositive,
  requireWithin,
  typeError,
} from '../foundation/checks.js';
import { requireObject, shape } from '../foundation/options.js';

/**
 * What an order parameter is. It tells how one may start, how it stands in the state and where runs end:
 *
 * - `scale`, such as γ: any finite number, as it is;
 * - `overlap`, R from −1 to 1: stands as r = 1 − R, so that the end of learning keeps its relative precision and a start at R = ±1
 *   is regular;
 * - `length`, L > 0: as it is; a run in which one grows beyond a bound has diverged.
 */
export type Kind = 'scale' | 'overlap' | 'length';

/** Several order parameters of one kind under one name: n of them, or the n × n of a symmetric matrix. */
export interface Block {
  /** What each of its entries is. */
  readonly kind: Kind;
  /** `vector` is n entries; `symmetric matrix` is n(n + 1)/2 of them, each pair once. */
  readonly shape: 'vector' | 'symmetric matrix';
  /** n */
  readonly size: number;
}

/** Starting values by name: a number for each, a list for a vector, a list of rows for a matrix. */
export type Initial<Name extends string> = string extends Name
  ? Readonly<Record<string, number | readonly number[] | readonly (readonly number[])[]>>
  : Readonly<Record<Name, number>>;

/** The order parameters of a rule and how they stand in a state, a Float64Array: the one place where names and numbers meet. */
export interface Layout<Name extends string = string> {
  /** The entries of the state in their order; those of a vector are called `products.1` …, of a matrix `overlaps.1.2` …. */
  readonly names: readonly Name[];
  /** Their kinds. */
  readonly kinds: readonly Kind[];
  /**
   * The state with these values.
   *
   * @throws RangeError or TypeError naming the first value that is missing, unknown or out of its domain
   */
  state(initial: Initial<Name>): Float64Array;
  /** All order parameters of a state by name. */
  read(state: ArrayLike<number>): Record<Name, number>;
}

const requireKind = oneOf<Kind>(['scale', 'overlap', 'length']);
const requireBlock = shape<Block>({
  kind: requireKind,
  shape: oneOf(['vector', 'symmetric matrix']),
  size: integer(1),
});

/** Checks the declared blocks: at least one, each a kind or a block of several, names without dots. */
function checkBlocks(blocks: unknown): void {
  const declared = Object.entries(requireObject('blocks', blocks, 'an object of kinds'));
  if (declared.length === 0)
    throw rangeError('blocks', 'an object with at least one order parameter', blocks);
  for (const [name, block] of declared) {
    if (name.includes('.')) throw typeError('blocks', 'names without dots', name);
    if (typeof block === 'object') requireBlock(`blocks.${name}`, block);
    else requireKind(`blocks.${name}`, block);
  }
}

interface Place {
  readonly block: string;
  readonly name: string;
  readonly kind: Kind;
  /** Where in the given value it stands: none for a number, one for a vector, two for a matrix. */
  readonly at: readonly number[];
}

function placesOf(name: string, declared: Kind | Block): Place[] {
  if (typeof declared === 'string') return [{ block: name, name, kind: declared, at: [] }];
  const { kind, shape: form, size } = declared;
  const indices = Array.from({ length: size }, (_, i) => i);
  const all =
    form === 'vector' ? indices.map((i) => [i]) : indices.flatMap((i) => indices.slice(i).map((j) => [i, j]));
  return all.map((at) => ({ block: name, name: [name, ...at.map((i) => i + 1)].join('.'), kind, at }));
}

/** The entry of a starting value at a place; undefined where the value has another shape. */
function entryAt(value: unknown, at: readonly number[]): unknown {
  return at.reduce<unknown>(
    (inner, index) => (Array.isArray(inner) ? (inner as unknown[])[index] : undefined),
    value,
  );
}

function checked(name: string, kind: Kind, value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value)) throw typeError(name, 'a number', value);
  if (kind === 'overlap') return requireWithin(name, value, -1, 1);
  return kind === 'length' ? requirePositive(name, value) : requireFinite(name, value);
}

/** Checks the shape of a starting value: as many entries as its block has, and a matrix that is symmetric. */
function checkShape(name: string, declared: Kind | Block, value: unknown): void {
  if (typeof declared === 'string') return;
  const { shape: form, size } = declared;
  const rows = Array.isArray(value) && value.length === size ? (value as unknown[]) : undefined;
  if (form === 'vector') {
    if (!rows) throw typeError(name, `a list of ${size} numbers`, value);
    return;
  }
  const isSquare = rows?.every((row) => Array.isArray(row) && row.length === size) === true;
  if (!isSquare) throw typeError(name, `${size} lists of ${size} numbers`, value);
  const matrix = rows as unknown[][];
  matrix.forEach((row, i) => {
    row.forEach((entry, j) => {
      if (entry !== matrix[j]![i])
        throw rangeError(`${name}[${i}][${j}]`, 'that of a symmetric matrix', entry);
    });
  });
}

/**
 * A layout from the order parameters in the order of the state.
 *
 * @param blocks the kind of each, or a block of several; names without dots
 * @throws RangeError or TypeError for a name with a dot, an unknown kind, a bad shape or size
 * @example
 * const layout = layoutOf({ gamma: 'scale', overlap: 'overlap', length: 'length' });
 * layout.state({ gamma: 0.5, overlap: 0.1, length: 1 }); // Float64Array [0.5, 0.9, 1]
 */
export function layoutOf<Name extends string>(blocks: Readonly<Record<Name, Kind | Block>>): Layout<Name> {
  checkBlocks(blocks);
  const declared = Object.entries<Kind | Block>(blocks);
  const places = declared.flatMap(([name, block]) => placesOf(name, block));
  const names = places.map(({ name }) => name) as Name[];
  const kinds = places.map(({ kind }) => kind);
  const allowed = `an object with ${declared.map(([name]) => name).join(', ')}`;

  function state(initial: unknown): Float64Array {
    if (typeof initial !== 'object' || initial === null) throw typeError('initial', allowed, initial);
    const stranger = Object.keys(initial).find((name) => !Object.hasOwn(blocks, name));
    if (stranger !== undefined) throw typeError('initial', allowed, stranger);
    const given = new Map(Object.entries(initial as Record<string, unknown>));
    for (const [name, block] of declared) checkShape(`initial.${name}`, block, given.get(name));
    return Float64Array.from(places, ({ block, kind, at }) => {
      const name = `initial.${block}${at.map((index) => `[${index}]`).join('')}`;
      const value = checked(name, kind, entryAt(given.get(block), at));
      return kind === 'overlap' ? 1 - value : value;
    });
  }

  function read(at: ArrayLike<number>): Record<Name, number> {
    const values: Partial<Record<Name, number>> = {};
    for (let i = 0; i < names.length; i++) values[names[i]!] = kinds[i] === 'overlap' ? 1 - at[i]! : at[i]!;
    return values as Record<Name, number>;
  }

  return { names, kinds, state, read };
}

/** A state outside of its bounds in words, and what may keep it inside. */
export interface OutOfBounds {
  readonly what: string;
  readonly remedy: string;
}

/** Length above which a run counts as diverged, unless it says another. */
export const LENGTH_BOUND = 1e6;

/** Tells where a state has left where the equations mean something; undefined within. */
export function boundsOf(
  { names, kinds }: Layout,
  lengthBound = LENGTH_BOUND,
): (state: ArrayLike<number>) => OutOfBounds | undefined {
  const lengths = [...kinds.keys()].filter((index) => kinds[index] === 'length');
  return (state) => {
    for (const index of lengths) {
      const name = names[index]!;
      if (state[index]! > lengthBound)
        return {
          what: `the ${name} exceeds ${lengthBound}`,
          remedy: 'take a smaller learning rate, or raise lengthBound',
        };
      if (!(state[index]! > 0))
        return { what: `the ${name} is not positive`, remedy: 'take a smaller learning rate' };
    }
    return undefined;
  };
}
