import ts from 'typescript';
import { mutated, mutationsOf, type Kind } from './mutate.js';

/** What the rules of some kinds make of a text, in the order of places. */
function mutants(code: string, ...kinds: Kind[]): string[] {
  return mutationsOf(code)
    .filter(({ kind }) => kinds.includes(kind))
    .map((mutation) => mutated(code, mutation));
}

describe('the rules', () => {
  it('double each term of a sum, products in it as a whole', () => {
    expect(mutants('y = a - b * c;', 'term')).toEqual(['y = (2 * (a)) - b * c;', 'y = a - (2 * (b * c));']);
    expect(mutants('y = a + b + c;', 'term')).toHaveLength(3);
    expect(mutants('y += a;', 'term')).toEqual(['y += (2 * (a));']);
    expect(mutants('y = a * (b - 0);', 'term')).toEqual(['y = a * ((2 * (b)) - 0);']);
  });

  it('double products, powers, values of Math and what is written to an element, each as a whole', () => {
    expect(mutants('y = a * b / c;', 'value')).toEqual(['y = (2 * (a * b / c));']);
    expect(mutants('y = f(a * b);', 'value')).toEqual(['y = f((2 * (a * b)));']);
    expect(mutants('y = Math.exp(x);', 'value')).toEqual(['y = (2 * (Math.exp(x)));']);
    expect(mutants('y = -(a ** b);', 'value')).toEqual(['y = -((2 * (a ** b)));']);
    expect(mutants('y[0] = h;', 'value')).toEqual(['y[0] = (2 * (h));']);
    expect(mutants('y = a + b * c;', 'value')).toEqual([]);
    expect(mutants('y = h;', 'value')).toEqual([]);
  });

  it('double numbers that are exponents or results', () => {
    expect(mutants('y = x ** 2;', 'constant')).toEqual(['y = x ** 4;']);
    expect(mutants('const f = () => 3;', 'constant')).toEqual(['const f = () => 6;']);
    expect(mutants('y = x > 0 ? 1 : 0;', 'constant')).toEqual(['y = x > 0 ? 2 : 0;']);
    expect(mutants('y = [0.5, -1e-3];', 'constant')).toEqual(['y = [1, -1e-3];', 'y = [0.5, -0.002];']);
    expect(mutants('y = 2 * f(3, x);', 'constant')).toEqual([]);
  });

  it('turn signs', () => {
    expect(mutants('y = a + b;', 'sign')).toEqual(['y = a - b;']);
    expect(mutants('y -= a;', 'sign')).toEqual(['y += a;']);
    expect(mutants('y = f(-a);', 'sign')).toEqual(['y = f(a);']);
  });

  it('turn comparisons and negate conditions, not both', () => {
    expect(mutants('if (a < b) f();', 'bound', 'condition')).toEqual(['if (!(a < b)) f();']);
    expect(mutants('y = a ? b : c;', 'bound', 'condition')).toEqual(['y = !(a) ? b : c;']);
    expect(mutants('y = a <= b && c;', 'bound', 'condition')).toEqual(['y = a > b && c;']);
  });

  it('take the other extreme and the other angle function', () => {
    expect(mutants('y = Math.min(a, b);', 'extreme')).toEqual(['y = Math.max(a, b);']);
    expect(mutants('y = Math.cos(a);', 'angle')).toEqual(['y = Math.sin(a);']);
  });
});

describe('the rules leave out', () => {
  const everyKind: Kind[] = ['term', 'value', 'constant', 'sign', 'bound', 'condition', 'extreme', 'angle'];
  it.each([
    ['imports', `import { a } from './a-b.js';`],
    ['headers of loops', 'for (let i = n - 1; i < 2 * n; i += 2) f(i);'],
    ['conditions of loops', 'while (a - b > c) f();'],
    ['indices', 'f(x[2 * i + 1], x.subarray(i - 1));'],
    ['lengths', 'f(new Float64Array(2 * n), Array.from({ length: n + 1 }));'],
    ['messages', 'throw new RangeError(`at most ${n - 1}`); f(`${a * b}`);'],
    ['texts put together', `y = 'a' + b + c;`],
    ['tuning constants', 'const MOST_ROUNDS = 2 ** 5; const REST = MOST_ROUNDS - 1;'],
    ['multiples of tolerances', 'const SMALL = 1e-3; const f = (a) => SMALL * Math.max(a, 1) * (a + 1);'],
    ['multiples of powers of ten', 'y = 1e-9 * (a + b);'],
    ['pauses', 'function* f() { yield (a + b) / 2; }'],
  ])('%s', (_, code) => {
    expect(mutants(code, ...everyKind)).toEqual([]);
  });

  it('what is doubled and compared', () => {
    expect(mutants('y = a * b > 0;', 'value')).toEqual([]);
    expect(mutants('y = Math.abs(a - b) <= c;', 'term', 'value')).toEqual([]);
    expect(mutants('y = Math.sign(a * b);', 'term', 'value')).toEqual(['y = (2 * (Math.sign(a * b)));']);
    expect(mutants('x.sort((a, b) => a - b);', 'term')).toEqual([]);
    expect(mutants('bracketedRoot(f, a - 1, b);', 'term')).toEqual([]);
  });

  it('signs under even functions', () => {
    expect(mutants('y = Math.cos(-a) + Math.abs(-a) + (-a) ** 2;', 'sign')).toHaveLength(2); // the sums
    expect(mutants('y = (-a) ** 3;', 'sign')).toEqual(['y = (a) ** 3;']);
  });

  it('no formula: names in capitals that are computed', () => {
    expect(mutants('const GAIN = 2 / Math.PI;', 'value')).toHaveLength(1);
    expect(mutants('const TABLE = [0.25, 3];', 'constant')).toHaveLength(2);
  });
});

describe('a mutation', () => {
  const code = [
    'export function area(a, b) {',
    '  const half = (x) => x / 2;',
    '  return { of: (c) => a * b - c, size() { return half(a) + b; } };',
    '}',
    'const rest = area(1, 2) - 1;',
  ].join('\n');

  it('knows its line, the functions around it and what it gives a value', () => {
    expect(mutationsOf(code).filter(({ kind }) => kind === 'sign')).toMatchObject([
      { line: 3, place: 'area.of' },
      { line: 3, place: 'area.size' },
      { line: 5, place: 'rest' },
    ]);
    expect(mutationsOf(code)[0]).toMatchObject({ kind: 'value', line: 2, place: 'area.half' });
    expect(mutationsOf('const f = () => { let [x] = y; y[0] = -x; };')[0]).toMatchObject({ place: 'f.y[0]' });
  });

  it('is other code, and valid', () => {
    const found = mutationsOf(code);
    expect(found.length).toBeGreaterThan(8);
    for (const mutation of found) {
      const text = mutated(code, mutation);
      expect(text).not.toBe(code);
      const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
      expect(diagnostics).toEqual([]);
    }
  });
});
