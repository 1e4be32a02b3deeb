import { valueOf, type Shape } from './shapes.js';

/** A value with something wrong in it. */
export interface Mutation {
  /** What an error may name: the argument, or the option in it. */
  readonly names: readonly string[];
  /** In words. */
  readonly what: string;
  readonly value: unknown;
}

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

/** Values that are wrong nearly everywhere. */
const pool: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-1', -1],
  ['0', 0],
  ['0.5', 0.5],
  ['1e300', 1e300],
  ['2^53', 2 ** 53],
  ['"5"', '5'],
  ['no text', ''],
  ['a long text', 'x'.repeat(1e6)],
  ['text for terminals', '\u001b[31m\nred\u2028\u0000'],
  ['[]', []],
  ['{}', {}],
  ['a hole', [1, , 2]], // eslint-disable-line no-sparse-arrays
  ['a long list', Array.from({ length: 1e5 }, () => 'x')],
  ['a function', () => undefined],
  ['a symbol', Symbol('s')],
  ['a bigint', 5n],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['bytes', new Uint8Array(3)],
  ['a cycle', cyclic],
];

function isAllowed(shape: Shape, value: unknown): boolean {
  if (value === undefined) return shape.optional === true;
  switch (shape.kind) {
    case 'leaf':
      return shape.accepts(value);
    case 'list':
      // Array.from goes over holes, which every does not.
      return (
        Array.isArray(value) &&
        value.length >= shape.least &&
        Array.from(value).every((entry) => isAllowed(shape.items[0], entry))
      );
    case 'options': {
      const plain = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      const members = Object.values(shape.members);
      return plain && !Array.isArray(value) && members.every(({ optional }) => optional === true);
    }
  }
}

function withHole(values: readonly unknown[]): unknown[] {
  const holed = [...values];
  holed.length += 2;
  holed[values.length + 1] = values.at(-1);
  return holed;
}

function* inList(items: readonly Shape[], names: readonly string[]): Generator<Mutation> {
  const values = items.map(valueOf);
  yield { names, what: 'with a hole', value: withHole(values) };
  for (const at of new Set([0, items.length - 1])) {
    for (const inner of mutationsOf(items[at], names))
      yield { ...inner, what: `[${at}] ${inner.what}`, value: values.with(at, inner.value) };
  }
}

function* inOptions(members: Readonly<Record<string, Shape>>, names: readonly string[]): Generator<Mutation> {
  const whole = Object.fromEntries(Object.entries(members).map(([name, member]) => [name, valueOf(member)]));
  const entries = Object.entries(members);
  yield { names: [...names, 'stranger'], what: 'with a stranger', value: { ...whole, stranger: 1 } };
  const proto = JSON.parse('{ "__proto__": 1 }') as object;
  yield {
    names: [...names, '__proto__'],
    what: 'with a __proto__',
    value: Object.defineProperties({ ...whole }, Object.getOwnPropertyDescriptors(proto)),
  };
  yield { names: [...names, ...Object.keys(members)], what: 'inherited', value: Object.create(whole) };
  for (const [name, member] of entries) {
    const wrong = `${name.slice(0, 1)}${name.slice(2)}x`;
    yield {
      names: [...names, wrong, name],
      what: `.${name} misspelled`,
      value: Object.fromEntries(entries.map(([key]) => [key === name ? wrong : key, whole[key]])),
    };
    if (member.optional !== true) {
      const others = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));
      yield { names: [...names, name], what: `without ${name}`, value: others };
    }
    for (const inner of mutationsOf(member, [...names, name]))
      yield { ...inner, what: `.${name} ${inner.what}`, value: { ...whole, [name]: inner.value } };
  }
}

/** All ways in which one thing is wrong. */
export function* mutationsOf(shape: Shape, names: readonly string[]): Generator<Mutation> {
  // Of an object the first of its names that is missing or unknown.
  const members = shape.kind === 'options' ? [...Object.keys(shape.members), 'self'] : [];
  for (const [what, value] of pool) {
    if (!isAllowed(shape, value)) yield { names: [...names, ...members], what, value };
  }
  if (shape.kind === 'list') yield* inList(shape.items, names);
  if (shape.kind === 'options') yield* inOptions(shape.members, names);
}
