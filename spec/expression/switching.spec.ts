import { parseExpression } from '../../lib/expression/parse-expression.js';

describe('at a kink or a jump', () => {
  it.each<[string, number, number, number]>([
    // text, z, value, right-hand derivative, all by hand
    ['max(0.1 z, z)', 0, 0, 1],
    ['min(0.1 z, z)', 0, 0, 0.1],
    ['max(-2 z, z, 5 z - 1)', 0, 0, 1],
    ['max(z, -z, 3 z)', 0, 0, 3],
    ['abs(z - 0.5)', 0.5, 0, 1],
    ['abs(0.5 - z)', 0.5, 0, 1],
    ['-abs(z)', 0, 0, -1],
    ['abs(z^3)', 0, 0, 0],
    ['relu(z)', 0, 0, 1],
    ['relu(-z)', 0, 0, 0],
    ['relu(-2 z) - relu(-z)', 0, 0, 0],
    ['sign(z)', 0, 0, 0],
    ['z sign(z)', 0, 0, 1],
    ['z sign(-z)', 0, 0, -1],
    ['step(z)', 0, 1, 0],
    ['step(-z)', 0, 1, 0],
    ['z step(-z)', 0, 0, 0],
    ['z step(-z^2)', 0, 0, 0],
    ['z step(z - z^2)', 0, 0, 1],
    ['z > 0 ? 3 z + 1 : z^2', 0, 0, 3],
    ['z >= 0 ? 3 z + 1 : z^2', 0, 1, 3],
    ['z < 0 ? 5 z : -z', 0, 0, -1],
    ['z <= 0 ? 5 z : -z', 0, 0, -1],
    ['z^2 > 0 ? 2 z : 5 z', 0, 0, 2],
    ['z^2 <= 0 ? 2 z : 5 z', 0, 0, 5],
    ['(z - 1)^2 > 0 ? 2 z : 5 z', 1, 5, 2],
    ['0 < z < 1 ? 2 z : 5 z', 0, 0, 2],
    ['0 < z < 1 ? 2 z : 5 z', 1, 5, 5],
    ['z > 1 or z < 0 ? 2 z : 5 z', 0, 0, 5],
    ['z > 1 or z < 0 ? 2 z : 5 z', 1, 5, 2],
    ['z > -1 and z > 0 ? 2 z : 5 z', 0, 0, 2],
    ['z step(relu(z))', -1, -1, 1],
    ['sqrt(z^2)', 0, 0, 1],
    ['(z^2)^0.5', 0, 0, 1],
    ['sqrt(relu(z))', -1, 0, 0],
    ['relu(z)^0.5', -1, 0, 0],
    ['cbrt(relu(z)) + z', -1, -1, 1],
    ['sqrt(relu(z))', 0, 0, Infinity],
    ['cbrt(z)', 0, 0, Infinity],
    ['relu(z)^1.5', 0, 0, 0],
    ['sin(z^2)^0.5', 0, 0, 1],
  ])('%s at %d has the value %d and the right-hand derivative %d', async (text, z, value, slope) => {
    const f = await parseExpression(text, 'z');
    expect(f.value(z) + 0).toBe(value);
    expect(f.derivative(z) + 0).toBe(slope);
  });

  it('a product of a root that is steep and a factor that is 0 has the limit of the slope', async () => {
    // d/dz z √|z| = 3/2 √|z|.
    const f = await parseExpression('z * sqrt(abs(z))', 'z');
    expect(Math.abs(f.derivative(0))).toBeLessThan(1e-15);
    expect(f.derivative(0.25)).toBeCloseTo(0.75, 15);
    for (const text of ['abs(z * sqrt(abs(z)))', 'relu(z * sqrt(abs(z)))', 'max(z * sqrt(abs(z)), -z^2)']) {
      expect(Math.abs((await parseExpression(text, 'z')).derivative(0))).toBeLessThan(1e-15);
    }
  });
});

describe('outside the domain', () => {
  it.each([
    ['sqrt(z)', -1],
    ['log(z)', -1],
    ['log1p(z)', -2],
    ['log2(z) + 1', -1],
    ['3 log10(z)', -1],
    ['z^0.5', -1],
    ['pow(z, z)', -0.5],
    ['z/z', 0],
    ['max(0, sqrt(z))', -1],
    ['abs(log(z))', -1],
    ['relu(log(z))', -1],
    ['sign(log(z))', -1],
    ['step(log(z))', -1],
    ['min(log(z), 1, 2)', -1],
    ['log(z) > 0 ? 1 : 0', -1],
    ['log(z) < 0 or z < 0 ? 1 : 0', -1],
    ['log(z) > 0 and z < 0 ? 1 : 0', -1],
    ['erf(sqrt(z))', -1],
    ['softplus(log(z)) + sigmoid(z)', -1],
  ])('%s at %d has no value and no derivative', async (text, z) => {
    const f = await parseExpression(text, 'z');
    expect(f.value(z)).toBeNaN();
    expect(f.derivative(z)).toBeNaN();
  });

  it('a condition guards what it leads to, and what stands after and, or', async () => {
    const guarded = await parseExpression('z > 0 ? z log(z) : 0', 'z');
    expect([guarded.value(-1), guarded.derivative(-1)]).toEqual([0, 0]);
    const short = await parseExpression('z > 0 and log(z) > 0 ? 1 : z < 0 or log(z) < 0 ? 2 z : 3', 'z');
    expect([short.value(-1), short.derivative(-1), short.value(0.5), short.value(3)]).toEqual([-2, 2, 1, 1]);
  });
});
