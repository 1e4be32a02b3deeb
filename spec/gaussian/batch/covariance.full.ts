import { activationPair } from '../../../lib/gaussian/activations/pair.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { batchCovariance } from '../../../lib/gaussian/batch/covariance-table.js';
import { sampledCovariance } from '../../../lib/gaussian/batch/sampled-covariance.js';
import { largestGap } from './covariance-gap.js';

const sampled = new Float64Array(6);
const expected = new Float64Array(6);

describe('the covariance of the averages of a batch', () => {
  it('of ReLU is tabulated as it is sampled, for γ of both signs', () => {
    const table = batchCovariance(activationPair(relu), 64, 0.1, 'both');
    const exact = sampledCovariance(relu, 64, 0.1, 'both');
    for (const [gamma, phi] of [
      [0.7, 1.2],
      [1.6, 0.4],
    ]) {
      exact(gamma, phi, expected);
      table(gamma, phi, sampled);
      // A polynomial in γ, interpolated at ten points of φ: far below the 2 % of the samples.
      expect(largestGap(sampled, expected)).toBeLessThan(3e-3);
    }
    // The student −v with −γ is the same but for the sign of ⟨δp⟩.
    table(0.7, 1.2, expected);
    table(-0.7, Math.PI - 1.2, sampled);
    const signs = [1, -1, -1, 1, 1, 1];
    sampled.forEach((value, k) => {
      expect(value).toBeCloseTo(signs[k] * expected[k], 14);
    });
  });
});
