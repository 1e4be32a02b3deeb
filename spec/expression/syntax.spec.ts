import { parseExpression } from '../../lib/expression/parse-expression.js';

async function message(text: string): Promise<string> {
  try {
    await parseExpression(text, 'z', 'activation');
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'accepted';
}

const UNKNOWN =
  'unknown function foo; allowed: max, min, pow, abs, sign, step, relu, exp, expm1, log, log1p, log2, log10, sqrt, cbrt, sin, cos, tan, atan, sinh, cosh, tanh, asinh, erf, erfc, softplus, sigmoid';
const OUTSIDE = 'a comparison must stand before the ? of a conditional';
const CONDITION = 'what stands before ? must be a comparison by >, >=, <, <=, or several joined by and, or';
const OPERATORS = 'is not allowed; allowed: + - * / ^';

describe('a text that is no expression', () => {
  it.each([
    ['', 'must not be empty'],
    [' \n\t', 'must not be empty'],
    ['foo(z)', UNKNOWN],
    ['foo', 'unknown name foo; allowed: z, pi, e'],
    ['x + 1', 'unknown name x; allowed: z, pi, e'],
    ['2 i', 'unknown name i; allowed: z, pi, e'],
    ['3 cm', 'unknown name cm; allowed: z, pi, e'],
    ['sin z', 'sin needs brackets: sin(...)'],
    ['sin()', 'sin takes 1 argument; got 0'],
    ['log(z, 2)', 'log takes 1 argument; got 2'],
    ['max(z)', 'max takes at least 2 arguments; got 1'],
    ['pow(z, 2, 3)', 'pow takes 2 arguments; got 3'],
    ['z (1 + z)', 'z is not a function; to multiply, write z * (...)'],
    ['pi(z)', 'pi is not a function; to multiply, write pi * (...)'],
    ['z = 3', 'an assignment is not allowed'],
    ['f(z) = z', 'a function definition is not allowed'],
    ['1:3', 'a range is not allowed'],
    ['z.x', 'a property is not allowed'],
    ['z.x(1)', 'a function must have a plain name'],
    ['sin?.(z)', 'a function must have a plain name'],
    ['[1, 2]', 'character "[" at position 1 is not allowed'],
    ['z!', 'character "!" at position 2 is not allowed'],
    ['z % 2', 'character "%" at position 3 is not allowed'],
    ['"s"', 'character "\\"" at position 1 is not allowed'],
    ['z; z', 'character ";" at position 2 is not allowed'],
    ['2 \u2212 z', 'character "\u2212" at position 3 is not allowed'],
    ['z\u0000', 'character "\\u0000" at position 2 is not allowed'],
    ['not z', `operator not ${OPERATORS}`],
    ['z mod 2', `operator mod ${OPERATORS}`],
    ['z to 2', `operator to ${OPERATORS}`],
    ['z ?? 2', `operator ?? ${OPERATORS}`],
    ['z .^ 2', `operator .^ ${OPERATORS}`],
    ['z << 2', `operator << ${OPERATORS}`],
    ['z > 0', OUTSIDE],
    ['(z > 0) * z', OUTSIDE],
    ['0 < z < 1', OUTSIDE],
    ['z > 0 and z < 1', OUTSIDE],
    ['z ? 1 : 0', CONDITION],
    ['-z ? 1 : 0', CONDITION],
    ['z + 1 ? 1 : 0', CONDITION],
    ['z == 0 ? 1 : 0', CONDITION],
    ['true ? 1 : 0', CONDITION],
    ['z > 0 xor z > 1 ? 1 : 0', CONDITION],
    ['0 < z == 1 ? 1 : 0', CONDITION],
    ['true', 'numbers must be finite; got true'],
    ['null', 'numbers must be finite; got null'],
    ['NaN', 'numbers must be finite; got NaN'],
    ['1e999', 'numbers must be finite; got Infinity'],
    ['z + 0x10', 'numbers must be decimal'],
    ['2 3', 'unexpected part "3" at position 3'],
    ['(z', 'parenthesis ) expected at position 3'],
    ['z)', 'unexpected operator ) at position 2'],
    ['z +', 'unexpected end of expression at position 4'],
    ['z + * 2', 'value expected at position 5'],
    ['max(z,, 1)', 'value expected at position 7'],
    ['z > 0 ? 1', 'false part of conditional expression expected at position 10'],
  ])('%j is refused: %s', async (text, problem) => {
    expect(await message(text)).toBe(
      `\`activation\` expression ${JSON.stringify(text).replace('\0', '\\u0000')}: ${problem}`,
    );
  });

  it('is refused with a shortened copy when it is long', async () => {
    expect(await message(`z${' '.repeat(999)}`)).toBe('accepted');
    expect(await message(`${'z+'.repeat(500)}z`)).toBe(
      `\`activation\` expression "${'z+'.repeat(28)}z...": must have at most 1000 characters; got 1001`,
    );
  });

  it('is refused when it is nested too deeply, and accepted up to there', async () => {
    const wrapped = (count: number): string => `${'('.repeat(count)}z${')'.repeat(count)}`;
    expect(await message(wrapped(100))).toBe('accepted');
    expect(await message(wrapped(101))).toContain('brackets must be nested at most 100 deep');
    expect(await message(`${'-'.repeat(99)}z`)).toBe('accepted');
    expect(await message(`${'-'.repeat(100)}z`)).toContain('terms must be nested at most 100 deep');
    expect(await message(`z${'^z'.repeat(490)}`)).toContain('terms must be nested at most 100 deep');
    expect(await message(`${'z>0?z:'.repeat(160)}1`)).toContain('terms must be nested at most 100 deep');
    expect(await message(`z${'+z'.repeat(499)}`)).toBe('accepted');
  });

  it('is refused at once where mathjs would try two readings at every level', async () => {
    const start = performance.now();
    expect(await message(`${'1%('.repeat(90)}z${')'.repeat(90)}`)).toContain('character "%"');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('always gets one line, without control characters or marks of direction', async () => {
    for (const text of ['z\nfoo', 'z\u2028foo', 'z\u202efoo', '\u0007', '\ud835', 'z\r\n)']) {
      // eslint-disable-next-line no-control-regex
      expect(await message(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    }
  });

  it('is a TypeError when it is no string', async () => {
    const cases: [unknown, string][] = [
      [undefined, 'undefined'],
      [null, 'null'],
      [5, '5'],
      [['z'], '["z"]'],
    ];
    for (const [text, shown] of cases) {
      await expect(parseExpression(text as string, 'z', 'activation')).rejects.toThrow(
        new TypeError(`\`activation\` must be a string; got ${shown}`),
      );
    }
  });
});

describe('names that mean something to JavaScript or to mathjs', () => {
  const names = [
    'constructor', '__proto__', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'globalThis', 'process', 'this',
    'Function', 'import', 'eval', 'evaluate', 'parse', 'compile', 'createUnit', 'simplify', 'derivative', 'config',
    'typed', 'random', 'factorial', 'undefined1', 'end', 'i', 'tau', 'phi', 'Infinity1',
  ]; // prettier-ignore

  it.each(names)('%s is neither a name nor a function', async (name) => {
    expect(await message(name)).toContain(`: unknown name ${name}; allowed: z, pi, e`);
    expect(await message(`${name}(z)`)).toContain(`: unknown function ${name}; allowed: `);
    expect(await message(`z.${name}`)).toContain(': a property is not allowed');
    expect(await message(`z.${name}(z)`)).toContain(': a function must have a plain name');
  });
});
