import { parseExpression } from '../../lib/expression/parse-expression.js';

/**
 * Value and derivative by other formulas than the library uses: name, points, value, derivative. Where both are
 * elementary they are built from exp and log alone.
 */
const around = [-2.7, -1, -0.3, 0, 0.2, 1, 3.1];
const positive = [0.01, 0.5, 1, 2, 40];
const e = Math.exp;
const cases: [string, number[], (z: number) => number, (z: number) => number][] = [
  ['exp', around, (z) => Math.E ** z, (z) => Math.E ** z],
  ['expm1', [-40, -2, 0.5, 3], (z) => e(z) - 1, (z) => e(z)],
  ['log', positive, (z) => 2 * Math.atanh((z - 1) / (z + 1)), (z) => 1 / z],
  ['log1p', positive, (z) => Math.log(1 + z), (z) => 1 / (1 + z)],
  ['log2', positive, (z) => Math.log(z) / Math.LN2, (z) => 1 / (z * Math.LN2)],
  ['log10', positive, (z) => Math.log(z) / Math.LN10, (z) => 1 / (z * Math.LN10)],
  ['sqrt', positive, (z) => e(Math.log(z) / 2), (z) => e(-Math.log(z) / 2) / 2],
  ['cbrt', positive, (z) => e(Math.log(z) / 3), (z) => e((-2 * Math.log(z)) / 3) / 3],
  ['sin', around, (z) => 2 * Math.sin(z / 2) * Math.cos(z / 2), (z) => 1 - 2 * Math.sin(z / 2) ** 2],
  ['cos', around, (z) => 1 - 2 * Math.sin(z / 2) ** 2, (z) => -2 * Math.sin(z / 2) * Math.cos(z / 2)],
  ['tan', around, (z) => Math.sin(z) / Math.cos(z), (z) => 1 / Math.cos(z) ** 2],
  ['atan', around, (z) => Math.atan2(z, 1), (z) => Math.cos(Math.atan2(z, 1)) ** 2],
  ['sinh', around, (z) => (e(z) - e(-z)) / 2, (z) => (e(z) + e(-z)) / 2],
  ['cosh', around, (z) => (e(z) + e(-z)) / 2, (z) => (e(z) - e(-z)) / 2],
  ['tanh', around, (z) => 1 - 2 / (1 + e(2 * z)), (z) => (4 * e(2 * z)) / (1 + e(2 * z)) ** 2],
  ['asinh', around, (z) => Math.log(z + Math.sqrt(z * z + 1)), (z) => 1 / Math.hypot(1, z)],
  ['softplus', around, (z) => Math.log(1 + e(z)), (z) => 1 / (1 + e(-z))],
  ['sigmoid', around, (z) => 1 / (1 + e(-z)), (z) => 1 / (2 + e(z) + e(-z))],
  ['relu', around, (z) => (z + Math.abs(z)) / 2, (z) => (z < 0 ? 0 : 1)],
  ['abs', around, (z) => Math.sqrt(z * z), (z) => (z < 0 ? -1 : 1)],
  ['sign', around, (z) => (z === 0 ? 0 : z / Math.abs(z)), () => 0],
  ['step', around, (z) => (z < 0 ? 0 : 1), () => 0],
];

function powerSlope(z: number): number {
  return (1 + z * z) ** (3 * z) * (3 * Math.log(1 + z * z) + (6 * z * z) / (1 + z * z));
}

/** The formulas above lose a few places to cancellation, at most 1/0.01 of the last one. */
const TOLERANCE = 1e-13;

describe('the functions of an expression', () => {
  it.each(cases)('%s has the right value and derivative', async (name, points, value, derivative) => {
    const f = await parseExpression(`${name}(z)`, 'z');
    const inner = await parseExpression(`3 ${name}(2 z - 1) - 5`, 'z');
    for (const z of points) {
      expect(Math.abs(f.value(z) - value(z))).toBeLessThanOrEqual(TOLERANCE * (1 + Math.abs(value(z))));
      const slope = derivative(z);
      expect(Math.abs(f.derivative(z) - slope)).toBeLessThanOrEqual(TOLERANCE * (1 + Math.abs(slope)));
      const x = (z + 1) / 2;
      const size = 10 + 10 * Math.abs(value(z)) + 10 * Math.abs(slope);
      expect(Math.abs(inner.value(x) - (3 * value(2 * x - 1) - 5))).toBeLessThanOrEqual(TOLERANCE * size);
      expect(Math.abs(inner.derivative(x) - 6 * derivative(2 * x - 1))).toBeLessThanOrEqual(TOLERANCE * size);
    }
  });

  it.each<[string, (z: number) => number, (z: number) => number]>([
    ['z^(2 z)', (z) => e(2 * z * Math.log(z)), (z) => z ** (2 * z) * (2 * Math.log(z) + 2)],
    ['2^(3 z)', (z) => 8 ** z, (z) => 8 ** z * Math.log(8)],
    ['pow(1 + z^2, 3 z)', (z) => e(3 * z * Math.log1p(z * z)), powerSlope],
    ['(2 z)^-2.5', (z) => 1 / (Math.sqrt(2 * z) * 4 * z * z), (z) => -5 / (Math.sqrt(2 * z) * 8 * z ** 3)],
    ['(3 z)^4', (z) => 81 * z * z * z * z, (z) => 324 * z * z * z],
    ['(2 z)^3', (z) => 8 * z * z * z, (z) => 24 * z * z],
    ['(5 z)^2', (z) => 25 * z * z, (z) => 50 * z],
    ['(3 z)^1', (z) => 3 * z, () => 3],
    ['(3 z)^0', () => 1, () => 0],
    ['e^(3 z)', (z) => e(3 * z), (z) => 3 * e(3 * z)],
    ['(2 z + 1)/(3 z + 5)', (z) => (2 * z + 1) / (3 * z + 5), (z) => 7 / (3 * z + 5) ** 2],
  ])('the power or quotient %s has the right value and derivative', async (text, value, derivative) => {
    const f = await parseExpression(text, 'z');
    for (const z of positive.slice(0, 4)) {
      // Exponents up to 10 amplify the rounding of a logarithm or a power to some ten units of the last place.
      expect(f.value(z) / value(z)).toBeCloseTo(1, 13);
      expect(f.derivative(z) - derivative(z)).toBeCloseTo(
        0,
        13 - Math.ceil(Math.log10(1 + Math.abs(derivative(z)))),
      );
    }
  });

  it('erf and erfc agree with tabulated values and have ±(2/√π) exp(−z²) as derivative', async () => {
    const erf = await parseExpression('erf(z)', 'z');
    const erfc = await parseExpression('erfc(z)', 'z');
    // Abramowitz & Stegun table 7.1 (10 places), DLMF 7.25 for erfc(3).
    expect(erf.value(0.5)).toBeCloseTo(0.5204998778, 10);
    expect(erf.value(-1)).toBeCloseTo(-0.8427007929, 10);
    expect(erfc.value(3) / 2.209049699858544e-5).toBeCloseTo(1, 13);
    for (const z of [-3, -0.5, 0, 1, 4]) {
      const slope = 1.1283791670955126 * Math.exp(-(z * z)); // 2/√π
      expect(erf.derivative(z) / slope).toBeCloseTo(1, 14);
      expect(erfc.derivative(z) / slope).toBeCloseTo(-1, 14);
    }
  });

  it('stay finite and accurate where a plain formula overflows or cancels', async () => {
    const at = async (text: string, z: number): Promise<[number, number]> => {
      const f = await parseExpression(text, 'z');
      return [f.value(z), f.derivative(z)];
    };
    expect(await at('softplus(z)', 1000)).toEqual([1000, 1]);
    expect(await at('sigmoid(z)', 1000)).toEqual([1, 0]);
    expect(await at('sigmoid(z)', -1000)).toEqual([0, 0]);
    expect(await at('tanh(z)', -800)).toEqual([-1, 0]);
    expect(await at('tanh(exp(z))', 1000)).toEqual([1, 0]);
    expect(await at('1/(1 + exp(-z))', -800)).toEqual([0, 0]);
    expect(await at('(1 + exp(-z))^-1', -800)).toEqual([0, 0]);
    expect(await at('exp(-exp(-z))', -800)).toEqual([0, 0]);
    expect(await at('expm1(z)', 1e-20)).toEqual([1e-20, 1]);
    expect(await at('log1p(z)', 1e-20)).toEqual([1e-20, 1]);
    // softplus(−40) = e^−40 (1 − e^−40/2 + …) and so is its derivative; tanh′(20) = 4 e^−40 to 1e-17.
    const decay = Math.exp(-40);
    for (const x of await at('softplus(z)', -40)) expect(x / decay).toBeCloseTo(1, 14);
    expect((await at('tanh(z)', 20))[1] / (4 * decay)).toBeCloseTo(1, 14);
    expect((await at('sigmoid(z)', 40))[1] / decay).toBeCloseTo(1, 14);
  });
});
