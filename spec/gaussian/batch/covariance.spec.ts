import { identity } from '../../../lib/gaussian/activations/identity.js';
import { linearCovariance } from '../../../lib/gaussian/batch/linear-covariance.js';
import { sampledCovariance } from '../../../lib/gaussian/batch/sampled-covariance.js';
import { largestGap, places } from './covariance-gap.js';

const sampled = new Float64Array(6);
const expected = new Float64Array(6);

describe('the covariance of the averages of a batch', () => {
  it.each([
    [8, 0.7, 0.6, 0.2],
    [32, 0.9, 0.95, 0.1],
  ])('of a linear unit is the same in closed form and sampled, M = %p', (m, gamma, overlap, noise) => {
    sampledCovariance(identity, m, noise, 'both')(gamma, Math.acos(overlap), sampled);
    linearCovariance(1, m, noise)(gamma, Math.acos(overlap), expected);
    // Claimed: 1 to 2 % each; six entries, correlated, at five times 1 %.
    expect(largestGap(sampled, expected)).toBeLessThan(0.05);
  });

  it('of a steeper linear unit is that of slope 1 with less noise', () => {
    // δ = a²δ₁ with S/a²: the first two numbers have a², the third a⁴.
    linearCovariance(2, 8, 0.4)(0.7, 1, sampled);
    linearCovariance(1, 8, 0.1)(0.7, 1, expected);
    const gain = [4, 4, 16];
    places.forEach(([i, j], k) => {
      expect(sampled[k] / (gain[i] * gain[j] * expected[k])).toBeCloseTo(1, 12);
    });
  });
});
