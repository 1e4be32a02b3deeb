import { updateWeights, writeProducts } from '../../lib/simulation/batch-products.js';

const N = 9;
const vector = (seed: number): Float64Array =>
  Float64Array.from({ length: N }, (_, k) => Math.sin(seed + 1.7 * k));
const sumOf = (term: (k: number) => number): number =>
  Array.from({ length: N }, (_, k) => term(k)).reduce((sum, x) => sum + x, 0);

describe.each([1, 2, 3, 4, 5, 8])('for %p inputs', (count) => {
  const inputs = Array.from({ length: count }, (_, i) => vector(i));
  const coefficients = Float64Array.from({ length: count }, (_, i) => Math.cos(3 * i));

  it('writes the sum of each and its product with the weights, terms added in their order', () => {
    const weights = vector(100);
    const sums = new Float64Array(count);
    const products = new Float64Array(count);
    writeProducts(weights, inputs, sums, products);
    expect([...sums]).toEqual(inputs.map((x) => sumOf((k) => x[k])));
    expect([...products]).toEqual(inputs.map((x) => sumOf((k) => weights[k] * x[k])));
  });

  it('scales the weights, adds the inputs in their order, and returns the square of the new length', () => {
    const weights = vector(100);
    const expected = weights.map((w, k) =>
      inputs.reduce((sum, x, i) => sum + coefficients[i] * x[k], -0.7 * w),
    );
    const square = updateWeights(weights, -0.7, inputs, coefficients);
    expect(weights).toEqual(expected);
    expect(square).toBe(sumOf((k) => expected[k] * expected[k]));
  });
});
