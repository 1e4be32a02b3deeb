import {
  ArgumentRangeError,
  ArgumentTypeError,
  isArgumentError,
} from '../../lib/foundation/argument-error.js';
import { integer, listOf, oneOf, requireFinite, requireInteger } from '../../lib/foundation/checks.js';
import { describe as inWords } from '../../lib/foundation/describe.js';
import { optional, requireOptions, shape, type OptionChecks } from '../../lib/foundation/options.js';

interface Place {
  readonly x: number;
  readonly y?: number;
}
interface Options {
  readonly noiseVariance: number;
  readonly batchSize?: number;
  readonly place?: Place;
}
const checks: OptionChecks<Options> = {
  noiseVariance: requireFinite,
  batchSize: optional(integer(1)),
  place: optional(shape<Place>({ x: requireFinite, y: optional(requireFinite) })),
};

function messageOf(given: unknown): string {
  try {
    requireOptions('options', given, checks);
    return 'taken';
  } catch (error) {
    return isArgumentError(error) ? error.message : `another error: ${String(error)}`;
  }
}

describe('requireOptions', () => {
  it.each<[unknown, string]>([
    [{ noiseVariance: 0 }, 'taken'],
    [{ noiseVariance: 0, batchSize: undefined, place: { x: 1 } }, 'taken'],
    [Object.assign(Object.create(null) as object, { noiseVariance: 0 }), 'taken'],
    [undefined, '`options` must be an object with noiseVariance, batchSize, place; got undefined'],
    [[], '`options` must be an object with noiseVariance, batchSize, place; got []'],
    [new Map(), '`options` must be an object with noiseVariance, batchSize, place; got Map'],
    [{}, '`noiseVariance` must be a finite number; got undefined'],
    [{ noiseVarience: 5 }, 'unknown option `noiseVarience`; did you mean `noiseVariance`?'],
    [{ noise_variance: 5 }, 'unknown option `noise_variance`; did you mean `noiseVariance`?'],
    [{ BATCHSIZE: 5 }, 'unknown option `BATCHSIZE`; did you mean `batchSize`?'],
    [{ speed: 5 }, 'unknown option `speed`; known are noiseVariance, batchSize, place'],
    [{ constructor: 5 }, 'unknown option `constructor`; known are noiseVariance, batchSize, place'],
    [
      JSON.parse('{ "__proto__": { "noiseVariance": 1 } }'),
      'unknown option `__proto__`; known are noiseVariance, batchSize, place',
    ],
    [
      { 'a\u001b[31m\n`': 1 },
      "unknown option `a\\u001b[31m\\u000a'`; known are noiseVariance, batchSize, place",
    ],
    [{ noiseVariance: 1, place: { x: 1, z: 2 } }, 'unknown option `place.z`; known are place.x, place.y'],
    [{ noiseVariance: 1, place: { x: '1' } }, '`place.x` must be a finite number; got "1"'],
    [
      Object.assign(Object.create({ batchSize: 5 }) as object, { noiseVariance: 1 }),
      '`batchSize` must be given by the object itself, not inherited; got 5',
    ],
  ])('given %p says: %s', (given, message) => {
    expect(messageOf(given)).toBe(message);
  });
});

describe('checks', () => {
  it('find holes of lists', () => {
    // eslint-disable-next-line no-sparse-arrays
    expect(() => listOf(requireFinite)('times', [1, , 2])).toThrow(
      '`times[1]` must be a finite number; got undefined',
    );
  });

  it('tell the largest safe integer to those who are beyond it', () => {
    expect(() => requireInteger('seed', 2 ** 53, 0)).toThrow(
      '`seed` must be an integer from 0 to 9007199254740991; got 9007199254740992',
    );
    expect(() => requireInteger('seed', -1, 0)).toThrow('`seed` must be an integer >= 0; got -1');
  });

  it('throw a TypeError for another type, a RangeError for another value', () => {
    const check = oneOf(['a', 'b']);
    expect(() => check('x', 5)).toThrow(ArgumentTypeError);
    expect(() => check('x', 'c')).toThrow(ArgumentRangeError);
    expect(() => check('x', 'c')).toThrow('`x` must be a or b; got "c"');
    const [type, range] = [new ArgumentTypeError('t'), new ArgumentRangeError('r')];
    expect([type instanceof TypeError, range instanceof RangeError]).toEqual([true, true]);
    expect([type, range, new TypeError('t'), 'r', undefined].map(isArgumentError)).toEqual([
      ...[true, true, false, false, false],
    ]);
  });
});

describe('a value in words', () => {
  const cyclic: unknown[] = [1];
  cyclic.push(cyclic, { cyclic });

  it.each<[unknown, string]>([
    [cyclic, '[1, […], {…}]'],
    [{ a: 1, b: 2 }, '{ a, b }'],
    [Symbol('s'), 'Symbol(s)'],
    [10n ** 3n, '1000n'],
    [Math.tanh, 'function tanh'],
    [new Date(0), 'Date'],
    [new Float64Array(2), 'Float64Array of 16 bytes'],
    ['\u001b\u2028"', '"\\u001b\\u2028\\""'],
    [Object.create(null), '{}'],
  ])('%#', (value, words) => {
    expect(inWords(value)).toBe(words);
  });

  it('is short, whatever its size', () => {
    for (const value of [
      'x'.repeat(1e6),
      Array<string>(1e6).fill('x'),
      { ['k'.repeat(1e5)]: 1 },
      10n ** 1000n,
    ])
      expect(inWords(value).length).toBeLessThan(80);
  });
});
