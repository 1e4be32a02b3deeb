import { batchAverages } from '../../../lib/gaussian/batch/averages.js';
import { meanDeviation, meanInverseDeviation } from '../../../lib/gaussian/batch/moments.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { averagesOf } from '../../support/batch-averages.js';
import { reference } from '../../support/reference.js';

const out = new Float64Array(4);

describe('exact averages of batch normalization', () => {
  it.each([
    [8, 0.7, 0.6, 0.05, [-0.02927437552, 0.19015067949, 0.03184777227]],
    [32, 0.8, 0.95, 0.25, [0.0663567848, 0.04185116275, 0.00547127645]],
  ])(
    'of ReLU are the values of docs/theory/batch-normalization.md#checks at M = %p',
    (m, gamma, overlap, noise, expected) => {
      averagesOf(1, 0, m, gamma, overlap, noise).forEach((value, i) => {
        // Eleven decimals are printed there.
        expect(Math.abs(value - expected[i])).toBeLessThan(6e-12);
      });
    },
  );

  it.each([4, 5, 8, 32, 256, 4096])('of the linear unit are its closed forms at M = %p', (m) => {
    const averages = batchAverages(1, 1, m);
    for (const phi of [0, 0.01, 0.5, 2, Math.PI]) {
      averages.write(phi, out);
      // Rounding, relative to the terms that cancel in C₀: 1/M.
      expect(Math.abs(out[0] - Math.cos(phi) * meanDeviation(m))).toBeLessThan(1e-13);
      expect(Math.abs(out[1] - (1 - 2 / m) * meanInverseDeviation(m))).toBeLessThan(1e-13);
      expect(Math.abs(out[2] - (Math.sin(phi) ** 2 * (m - 2)) / (m * (m - 3)))).toBeLessThan(1e-9 / m);
      expect(Math.abs(out[3])).toBeLessThan(1e-13);
    }
    expect(Math.abs(averages.squaredGamma)).toBeLessThan(1e-15);
    expect(averages.noise).toBeCloseTo((m - 2) / (m * (m - 3)), 15);
  });

  it.each([
    [8, 0.90871233],
    [32, 0.97696537],
    [256, 0.99709304],
  ])('vanish for γ₀ of docs/theory/batch-normalization.md#checks at R = 1, M = %p', (m, gamma) => {
    const averages = batchAverages(1, 0, m);
    averages.write(0, out);
    expect(Math.abs(out[0] / averages.gammaCoefficient - gamma)).toBeLessThan(6e-9);
  });

  it('tend to A and B of weight normalization, and to its noise less what the projection takes out', () => {
    const m = 1e6;
    const wn = new Float64Array(4);
    for (const [gamma, overlap] of [
      [0.7, 0.3],
      [1.3, -0.6],
    ] as const) {
      relu.averages.write(gamma, Math.acos(overlap), wn);
      const bn = averagesOf(1, 0, m, gamma, overlap, 0);
      // E[θ(v)(u⁺ − γv)]: the mean of δ, which batch normalization subtracts as it does E[δv]v̂.
      const meanDelta = (1 + overlap - 2 * gamma) / (2 * Math.sqrt(2 * Math.PI));
      // Away from R = ±1 corrections are of order 1/M = 1e-6 times numbers of order ten.
      expect(Math.abs(bn[0] - wn[0])).toBeLessThan(1e-5);
      expect(Math.abs(bn[1] - wn[1])).toBeLessThan(1e-5);
      expect(Math.abs(bn[2] * m - (wn[2] - meanDelta ** 2 - wn[0] ** 2))).toBeLessThan(1e-5);
    }
  });

  it('have at R = 1 the slopes that their values have nearby', () => {
    for (const m of [4, 8, 32, 256]) {
      const averages = batchAverages(1, 0.2, m);
      const slope = new Float64Array(4);
      const aligned = new Float64Array(4);
      averages.writeAlignedSlope(slope);
      averages.write(0, aligned);
      const quotient = (phi: number): number[] => {
        averages.write(phi, out);
        return [...out].map((value, i) => (value - aligned[i]) / (2 * Math.sin(phi / 2) ** 2));
      };
      const phi = 0.1 / Math.sqrt(m);
      const [far, near] = [quotient(2 * phi), quotient(phi)];
      near.forEach((value, i) => {
        // One Richardson step in φ² leaves terms of order φ³√M³ = 1e-3, and φ where there is one.
        const extrapolated = value + (value - far[i]) / 3;
        expect(Math.abs(extrapolated / slope[i] - 1)).toBeLessThan(2e-3);
      });
    }
  });

  it('refuse batches below 4', () => {
    expect(() => batchAverages(1, 0, 3)).toThrow('`batchSize` must be an integer >= 4; got 3');
  });
});

interface BatchCase {
  activation: string;
  batchSize: number;
  phi: number;
  A0: string;
  BoverSineSquare: string;
  C0: string;
  C1: string;
  C2: string;
  CS: string;
}

describe('exact averages, against reference values by another derivation', () => {
  const { cases } = reference<BatchCase>('batch-normalization');
  const groups = [...new Set(cases.map(({ activation, batchSize }) => `${activation} ${batchSize}`))];

  it.each(groups)('of %s agree to 1e-9 of the largest value of each', (group) => {
    const mine = cases.filter(({ activation, batchSize }) => `${activation} ${batchSize}` === group);
    const { activation, batchSize } = mine[0];
    const averages = batchAverages(1, activation === 'relu' ? 0 : 0.1, batchSize);
    const computed = mine.map(({ phi }) => {
      averages.write(phi, out);
      const [A0, BoverSineSquare, C0, C1] = out;
      return { A0, BoverSineSquare, C0, C1, C2: averages.squaredGamma, CS: averages.noise };
    });
    expect(mine.length).toBeGreaterThanOrEqual(10);
    for (const name of ['A0', 'BoverSineSquare', 'C0', 'C1', 'C2', 'CS'] as const) {
      const largest = Math.max(...mine.map((entry) => Math.abs(Number(entry[name]))));
      mine.forEach((entry, i) => {
        // The reference has twelve digits; the orthant probability of nearly dependent fields is good to 1e-10.
        expect(Math.abs(computed[i][name] - Number(entry[name]))).toBeLessThan(1e-9 * largest);
      });
    }
  });
});
