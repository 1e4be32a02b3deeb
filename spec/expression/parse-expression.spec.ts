import fc from 'fast-check';
import { all, create } from 'mathjs/number';
import { parseExpression } from '../../lib/expression/parse-expression.js';
import { checkKinks, randomText } from './random-expressions.js';

/** mathjs for real numbers, without its tolerance in comparisons. */
const mathjs = create(all, { relTol: 1e-300, absTol: 0 });

/** Functions that mathjs does not have, by formulas other than the library's. */
const extras = {
  relu: (u: number) => (u + Math.abs(u)) / 2,
  softplus: (u: number) => (u > 30 ? u : Math.log(1 + Math.exp(u))),
  sigmoid: (u: number) => (1 + Math.tanh(u / 2)) / 2,
  step: (u: number) => (u === 0 ? 1 : (1 + Math.sign(u)) / 2),
};

/** The text as a function, by mathjs. */
function independent(text: string): (z: number) => number {
  const code = mathjs.compile(text);
  return (z) => {
    return Number(code.evaluate({ ...extras, z }));
  };
}

const points = fc.integer({ min: -2999, max: 2999 }).map((n) => n / 1000 + 1e-4 / 3);

/** Richardson's extrapolation of central differences from steps 0.01/2^k, and an estimate of its error. */
function numericalSlope(f: (x: number) => number, x: number): { slope: number; error: number } {
  let row = [] as number[];
  let best = { slope: NaN, error: Infinity };
  for (let k = 0; k < 6; k++) {
    const h = 0.01 / 2 ** k;
    const next = [(f(x + h) - f(x - h)) / (2 * h)];
    row.forEach((older, j) => next.push(next[j] + (next[j] - older) / (4 ** (j + 1) - 1)));
    if (k > 0) {
      const error = Math.max(Math.abs(next[k] - next[k - 1]), Math.abs(next[k] - row[k - 1]));
      if (error < best.error) best = { slope: next[k], error };
    }
    row = next;
  }
  return best;
}

describe('parseExpression', () => {
  it('reads what its documentation shows', async () => {
    const leaky = await parseExpression('max(0.1 z, z)', 'z', 'activation');
    expect(leaky.text).toBe('max(0.1 z, z)');
    expect(leaky.variable).toBe('z');
    expect(leaky.value(-2)).toBe(-0.2);
    expect(leaky.derivative(0)).toBe(1);
    expect(leaky.kinks(10)).toEqual([0]);
  });

  it('has the precedence that its documentation states', async () => {
    const cases: [string, number][] = [
      ['-z^2', -9],
      ['2^z^2', 512],
      ['2^-z', 1 / 8],
      ['1/2 z', 1.5],
      ['z/2 z', 0.5],
      ['2(z + 1)', 8],
      ['(z + 1)(z - 1)', 8],
      ['6 - 2 - 1', 3],
      ['24/4/2', 3],
      ['z > 0 ? 1 : z > -1 ? 2 : 3', 1],
      ['z > 0?.5:1', 0.5],
      [' z\n + 1\t', 4],
      ['max(1, z, 2) + min(5, 4)', 7],
      ['pow(z, 2) + e - e + pi/pi', 10],
      ['2.5e-1 + .5 + 1.', 1.75],
    ];
    for (const [text, value] of cases) expect((await parseExpression(text, 'z')).value(3)).toBe(value);
  });

  it('takes any name for the variable, and calls the text an expression by default', async () => {
    const rate = await parseExpression('0.5/(1 + t/10)', 't');
    expect(rate.value(10)).toBe(0.25);
    expect(rate.derivative(10)).toBeCloseTo(-0.0125, 16);
    await expect(parseExpression('z', 't')).rejects.toThrow(
      new RangeError('`expression` expression "z": unknown name z; allowed: t, pi, e'),
    );
  });

  it('gives the values that mathjs gives, for random expressions', async () => {
    // Seed fixed, 3000 runs. Other formulas for the same function differ by rounding, which the trees amplify.
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomText, points, async (text, z) => {
        fc.pre(text.length <= 1000);
        const expected = independent(text)(z);
        const value = (await parseExpression(text, 'z')).value(z);
        fc.pre(!(Math.abs(expected) > 1e9));
        compared += Number.isNaN(expected) ? 0 : 1;
        if (Number.isNaN(expected)) expect(value).toBeNaN();
        else expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-10 * (1 + Math.abs(expected)));
      }),
      { seed: 5, numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(2000);
  });

  it('gives the derivatives that differences of mathjs values give, for random expressions', async () => {
    // Seed fixed, 3000 runs; points near a kink, a pole or a fast oscillation have a large estimated error and are left out.
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomText, points, async (text, z) => {
        fc.pre(text.length <= 1000);
        const f = independent(text);
        const { slope, error } = numericalSlope(f, z);
        // A difference of values of this size has lost up to 1e5 · 1e-16 / 3e-4 to rounding.
        if (!(error <= 1e-7 * (1 + Math.abs(slope)) && Math.abs(f(z)) < 1e5)) return;
        compared++;
        const derivative = (await parseExpression(text, 'z')).derivative(z);
        expect(Math.abs(derivative - slope)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(slope)));
      }),
      { seed: 6, numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(1500);
  });

  it('has all its kinks and no others, for random expressions', async () => {
    // 400 runs are among the slow tests.
    const { jumps, kinks } = await checkKinks(100);
    expect(jumps).toBeGreaterThan(25);
    expect(kinks).toBeGreaterThan(25);
  });
});
