import { bootstrapErrors } from '../../lib/regularization/bootstrap.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { standardizedSamples } from '../../lib/regularization/standardized.js';
import { uniform } from './fields.js';

const stream = randomStream(21);
const sample = Float64Array.from({ length: 4000 }, () => uniform.draw(stream));

describe('bootstrap standard errors', () => {
  // 400 resamples give a standard error to 3.5 %, and the sample's own moments to some 2 %: 20 % is five of these.
  it('are those of the mean and of the kurtosis', () => {
    const errors = bootstrapErrors(sample, undefined, { resamples: 400, seed: 1 }, 2, (h, _t, out) => {
      out[0] = h.reduce((sum, value) => sum + value, 0) / h.length;
      out[1] = standardizedSamples(h).kurtosis;
    });
    expect(Math.abs(errors[0] / Math.sqrt(1 / sample.length) - 1)).toBeLessThan(0.2);
    // Delta method: the influence h⁴ − 2m₄h² + m₄ has variance m₈ − m₄² − 4m₄m₆ + 4m₄³, with m₄ = 9/5, m₆ = 27/7, m₈ = 9.
    const variance = 9 - 1.8 ** 2 - 4 * 1.8 * (27 / 7) + 4 * 1.8 ** 3;
    expect(Math.abs(errors[1] / Math.sqrt(variance / sample.length) - 1)).toBeLessThan(0.2);
  });

  it('are unbiased standard deviations over the data sets', () => {
    const values = [1, 2, 6];
    let call = 0;
    const [error] = bootstrapErrors(sample, undefined, { resamples: 3, seed: 1 }, 1, (_h, _t, out) => {
      out[0] = values[call++];
    });
    // Deviations −2, −1, 3 of the mean: 14/2.
    expect(error).toBeCloseTo(Math.sqrt(7), 14);
  });

  it('keep the rows of pre-activations and labels together', () => {
    const labels = sample.map((value) => 2 * value + 1);
    const [error] = bootstrapErrors(sample, labels, { resamples: 5, seed: 1 }, 1, (h, t, out) => {
      out[0] = h.reduce((sum, value, j) => sum + Math.abs(2 * value + 1 - t![j]), 0);
    });
    expect(error).toBe(0);
  });

  it('draw again where all values are equal', () => {
    const draw = { resamples: 50, seed: 1 };
    bootstrapErrors([0, 1], undefined, draw, 1, (h) => {
      expect(h[0]).not.toBe(h[1]);
    });
  });
});
