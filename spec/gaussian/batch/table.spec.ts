import { batchTable } from '../../../lib/gaussian/batch/table.js';

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

  it.each([
    // At M = 4 C₀ has a term in φ⁴ log φ, which a polynomial in φ meets to 1e-4 of its slope.
    [1, 0, 4, 2e-4],
    [1, 0.2, 32, 2e-6],
    [1, 0, 256, 2e-6],
  ])('for slopes %p, %p and M = %p have the derivatives of differences', (a, b, m, tolerance) => {
    const { exact, evaluateByMisalignment } = batchTable(a, b, m);
    const slope = new Float64Array(4);
    const largest = [0, 0, 0, 0];
    const errors = [0, 0, 0, 0];
    const at = (phi: number): number[] => {
      exact.write(phi, out);
      return [...out];
    };
    // Near φ = 0 averages vary on the scale 1/√M: steps of a thirtieth of it, or of φ where that is less.
    for (const part of [0.05, 0.15, 0.19, 0.21, 0.5, 1, 2]) {
      const phi = part / Math.sqrt(m);
      const h = Math.min(phi, 1 / Math.sqrt(m)) / 30;
      const [far, left, right, beyond] = [-2, -1, 1, 2].map((steps) => at(phi + steps * h));
      evaluateByMisalignment(phi, slope);
      for (let k = 0; k < 4; k++) {
        const difference = (8 * (right[k] - left[k]) - (beyond[k] - far[k])) / (12 * h * Math.sin(phi));
        errors[k] = Math.max(errors[k], Math.abs(slope[k] - difference));
        largest[k] = Math.max(largest[k], Math.abs(difference));
      }
    }
    errors.forEach((error, k) => {
      // Truncation h⁴ = 1e-6 on the scale of variation; of rounding, 1e-13 over h² = 1e-6.
      expect(error / largest[k]).toBeLessThan(tolerance);
    });
  });

  it('are built once for each batch size and pair of slopes', () => {
    expect(batchTable(1, 0, 32)).toBe(batchTable(1, 0, 32));
  });
});
