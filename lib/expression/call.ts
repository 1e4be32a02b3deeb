import { power } from './arithmetic.js';
import { applied, smoothFunctions } from './functions.js';
import { extreme, signFunctions, switched } from './switching.js';
import type { Term } from './term.js';

/** A function that an expression may call: how many arguments it takes, and the term it makes of them. */
interface Callable {
  readonly takes: '1 argument' | '2 arguments' | 'at least 2 arguments';
  readonly build: (terms: readonly Term[]) => Term;
}

const counts = {
  '1 argument': [1, 1],
  '2 arguments': [2, 2],
  'at least 2 arguments': [2, Infinity],
} as const;

/** All functions by name. Names are looked up in this map only: `constructor` is as unknown as `foo`. */
const callables: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ['max', { takes: 'at least 2 arguments', build: (terms) => extreme(1, terms) }],
  ['min', { takes: 'at least 2 arguments', build: (terms) => extreme(-1, terms) }],
  ['pow', { takes: '2 arguments', build: ([base, exponent]) => power(base!, exponent!) }],
  ...[...signFunctions].map(([name, f]) => unary(name, (a) => switched(f, a))),
  ...[...smoothFunctions].map(([name, f]) => unary(name, (a) => applied(f, a))),
]);

function unary(name: string, build: (a: Term) => Term): [string, Callable] {
  return [name, { takes: '1 argument', build: ([a]) => build(a!) }];
}

/** The names of all functions, for messages. */
export const functionNames: readonly string[] = [...callables.keys()];

/** A call of the function with this name. `reject` throws for an unknown name or a wrong number of arguments. */
export function call(name: string, terms: readonly Term[], reject: (problem: string) => never): Term {
  const callable = callables.get(name);
  if (!callable) return reject(`unknown function ${name}; allowed: ${functionNames.join(', ')}`);
  const [least, most] = counts[callable.takes];
  if (terms.length < least || terms.length > most) {
    return reject(`${name} takes ${callable.takes}; got ${terms.length}`);
  }
  return callable.build(terms);
}
