import { identity } from '../../../lib/gaussian/activations/identity.js';
import { linearCovariance } from '../../../lib/gaussian/batch/linear-covariance.js';
import { sampledCovariance } from '../../../lib/gaussian/batch/sampled-covariance.js';

const sampled = new Float64Array(6);
const expected = new Float64Array(6);
// Where the entries (i, j) of the upper triangle stand, and their diagonals.
const places = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 2],
  [2, 2],
] as const;
const diagonal = [0, 3, 5];

/** The largest error of `sampled`, each entry relative to the deviations of its two numbers. */
function worst(): number {
  return Math.max(
    ...places.map(([i, j], k) => {
      const size = Math.sqrt(expected[diagonal[i]] * expected[diagonal[j]]);
      return Math.abs(sampled[k] - expected[k]) / size;
    }),
  );
}

describe('the covariance of the averages of a batch', () => {
  it.each([
    [8, 0.7, 0.6, 0.2],
    [32, 0.9, 0.95, 0.1],
  ])('of a linear unit is the same in closed form and sampled, M = %p', (m, gamma, overlap, noise) => {
    sampledCovariance(identity, m, noise, 'both')(gamma, Math.acos(overlap), sampled);
    linearCovariance(1, m, noise)(gamma, Math.acos(overlap), expected);
    // Claimed: 1 to 2 % each; six entries, correlated, at five times 1 %.
    expect(worst()).toBeLessThan(0.05);
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
