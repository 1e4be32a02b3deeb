import { batchTable } from '../../lib/gaussian/batch-table.js';

const out = new Float64Array(4);

describe('tables of exact averages', () => {
  it.each([
    [1, 0, 4],
    [1, 0, 32],
    [1, 0, 4096],
    [1, 0.1, 8],
  ])('for slopes %p, %p and M = %p are within 1e-8 of the largest value of each', (a, b, m) => {
    const { exact, evaluate } = batchTable(a, b, m);
    const value = new Float64Array(4);
    const errors = [0, 0, 0, 0];
    const largest = [0, 0, 0, 0];
    for (let i = 0; i <= 60; i++) {
      const phi = i < 30 ? (Math.PI * i) / 29 : Math.exp(-10 + (10 * (i - 30)) / 30);
      exact.write(phi, out);
      evaluate(phi, value);
      for (let k = 0; k < 4; k++) {
        errors[k] = Math.max(errors[k], Math.abs(value[k] - out[k]));
        largest[k] = Math.max(largest[k], Math.abs(out[k]));
      }
    }
    errors.forEach((error, k) => {
      expect(error / largest[k]).toBeLessThan(1e-8);
    });
  });

  it('are built once for each batch size and pair of slopes', () => {
    expect(batchTable(1, 0, 32)).toBe(batchTable(1, 0, 32));
  });
});
