import fc from 'fast-check';
import { parseExpression } from '../../lib/expression/parse-expression.js';

async function kinks(text: string, range = 10): Promise<readonly number[]> {
  return (await parseExpression(text, 'z')).kinks(range);
}

describe('kinks', () => {
  it.each<[string, number[]]>([
    ['max(0.1 z, z)', [0]],
    ['z > 0 ? z : 0.1 z', [0]],
    ['abs(z - 0.5)', [0.5]],
    ['relu(z + 0.1)', [-0.1]],
    ['(0.7 - z)/3 > 0 ? z : 1', [0.7]],
    ['max(0.1 z, z - 0.9)', [1]],
    ['max(-0.3, min(0.7, z))', [-0.3, 0.7]],
    ['max(-z - 5, 0, 2 z - 1)', [-5, 0.5]],
    ['abs(abs(z - 0.1) - 0.3)', [-0.2, 0.1, 0.4]],
    ['step(z - 0.1) + 2 sign(z + 3)', [-3, 0.1]],
    ['0 < z <= 1.5 ? z : 0', [0, 1.5]],
    ['z < -1 or z > 2.5 ? 1 : 0', [-1, 2.5]],
    ['z > -1 and z > 2.5 ? 1 : 0', [2.5]],
    ['sign(relu(z - 0.3))', [0.3]],
    ['relu(z) + relu(-z)', [0]],
    ['sqrt((z - 0.3)^2)', [0.3]],
    ['((z - 0.3)^2)^0.5', [0.3]],
    ['abs(z)^0.5', [0]],
    ['cbrt(z - 0.2)', [0.2]],
    ['sqrt(relu(z))', [0]],
    ['1/z > 0 ? 1 : 0', [0]],
    ['exp(min(-0.12, 10 z - 2.5)^2)', [0.238]],
    ['(z^2)^z', [0]], // infinite derivative
    ['min((z < 0.9995 ? z^2 : z), z^2)', [1]],
    ['1e-30 abs(z - 0.5) + 1e-33', [0.5]],
    ['1e6 + relu(z)', [0]],
    ['pi abs(e z - e)', [1]],
  ])('of %s are exactly %j', async (text, expected) => {
    expect(await kinks(text)).toEqual(expected);
  });

  it('of a sum of moduli are exactly the numbers written there', async () => {
    const hundredths = fc.uniqueArray(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(hundredths, fc.integer({ min: 1, max: 9 }), async (places, factor) => {
        const text = places
          .map((place, i) => `${(i % 2 ? -1 : 1) * factor}/7 * abs(z - ${place}/100)`)
          .join(' + ');
        const expected = places.map((place) => place / 100).sort((a, b) => a - b);
        expect((await kinks(text)).map((x) => x + 0)).toEqual(expected.map((x) => x + 0));
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('of the greater of two lines is exactly where they cross', async () => {
    const integer = fc.integer({ min: -1000, max: 1000 });
    await fc.assert(
      fc.asyncProperty(integer, integer, integer, integer, async (p, a, q, b) => {
        fc.pre(p !== q);
        const crossing = (b - a) / (p - q); // correctly rounded
        expect(await kinks(`max(${p} z + ${a}, ${q} * z + ${b})`, 2000)).toEqual([crossing + 0]);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('of curves are roots to the last places', async () => {
    const cases: [string, number[]][] = [
      ['max(exp(z), 2)', [Math.LN2]],
      ['abs(z^2 - 2)', [-Math.SQRT2, Math.SQRT2]],
      ['abs(sin(z))', [-3, -2, -1, 0, 1, 2, 3].map((n) => n * Math.PI)],
      ['z^3 - z - 1 < 0 ? 0 : 1', [1.324717957244746]], // plastic number, OEIS A060006
      ['max(erf(z), 0.5)', [0.4769362762044699]], // OEIS A069286
      ['relu(tanh(z) - 0.5)', [0.5493061443340548]], // ln(3)/2
      ['abs(z^2 - 1e-10)', [-1e-5, 1e-5]],
      [
        'tan(z) < 1 and abs(z) < 3 ? 1 : 2',
        [-3, -2.356194490192345, -Math.PI / 2, Math.PI / 4, Math.PI / 2, 3],
      ],
    ];
    for (const [text, expected] of cases) {
      const found = await kinks(text);
      expect(found).toHaveLength(expected.length);
      // The roots are well-conditioned: a few units of the last place.
      found.forEach((x, i) => {
        expect(Math.abs(x - expected[i])).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(expected[i]));
      });
    }
  });

  it('are found in close pairs, far out, and in great number', async () => {
    const pair = await kinks('abs((z - 7)^2 - 1e-10)'); // conditioning: 7 eps/(2e-5 · 1e-5)
    expect(pair).toHaveLength(2);
    expect(pair[0]).toBeCloseTo(7 - 1e-5, 10);
    expect(pair[1]).toBeCloseTo(7 + 1e-5, 10);
    expect(await kinks('abs(z - 1e-7) + relu(z - 987.5)', 1000)).toEqual([1e-7, 987.5]);
    const three = await kinks('relu(z * (z - 1e-5) * (z - 2e-5))');
    [0, 1e-5, 2e-5].forEach((x, i) => {
      expect(three[i]).toBeCloseTo(x, 18);
    });
    expect(await kinks('abs(sin(50 z))', 40)).toHaveLength(2 * Math.floor((40 * 50) / Math.PI) + 1);
  });

  it.each([
    'z',
    '2',
    'tanh(z)',
    'max(z^2, 0)',
    'abs(z)^2',
    'abs(z)^1.5',
    'sign(z) * abs(z)^3',
    'max(z, z)',
    'relu(z) - relu(-z)',
    'max(z, sin(z))', // both slopes are 1 where they touch
    'abs(cos(z) - 1)',
    'abs(sign(z))',
    'z > 0 ? z : 1 z',
    'z > 0 ? sin(z) : z',
    'z > 0 ? sin(z)/z : 1', // no value at 0 itself
    'abs(z) < 1e-4 ? 1 - z^2/6 : sin(z)/z', // the two differ by 1e-18 there
    'z > 1e-6 ? sin(z)/z : 1 - z^2/6',
    'relu(exp(z) - 2)^2', // rounding of the root makes a slope of 1e-15 on one side
    'relu(2 - exp(z))^2',
    'relu(max(z, z - 1)) - relu(z)',
    '2 > 1 ? z : -z',
    'step(-exp(z))',
    'z + 1e-12 relu(z)', // below what counts
    'max(z * (z + 2)/(z + 2), z)', // equal but for rounding
  ])('has none: %s', async (text) => {
    expect(await kinks(text)).toEqual([]);
  });

  it('lie within the range, its ends included', async () => {
    expect(await kinks('abs(z - 10) + abs(z + 10) + abs(z)', 10)).toEqual([-10, 0, 10]);
    expect(await kinks('abs(z - 10) + abs(z + 10) + abs(z)', 9.99)).toEqual([0]);
    await expect(kinks('abs(z)', 0)).rejects.toThrow(
      new RangeError('`range` must be a finite number > 0; got 0'),
    );
    await expect(kinks('abs(z)', Infinity)).rejects.toThrow(RangeError);
  });

  it('are -0 nowhere', async () => {
    expect(Object.is((await kinks('abs(-z)'))[0], 0)).toBe(true);
  });
});
