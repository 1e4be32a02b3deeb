import type { Activation } from '../../../lib/gaussian/activation.js';
import { defineActivation } from '../../../lib/gaussian/activations/custom.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { softplus } from '../../../lib/gaussian/activations/softplus.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import { fromBatches, fromQuadrature, type Statistics } from '../../support/one-statistic.js';

const ramp = defineActivation({
  name: 'ramp',
  value: (z) => Math.max(-1, Math.min(1, z)),
  derivative: (z) => (z >= -1 && z < 1 ? 1 : 0),
  kinks: [-1, 1],
});

describe('averages of normalization by one statistic of the batch', () => {
  // 3 averages × 9 cases at |z| < 4.5: false alarm rate 2e-4. The deviation alone at M ≥ 16: below 14, C has no variance.
  it.each([
    ['deviation', relu, 32, 0.9, 0.97],
    ['deviation', leakyRelu(0.2), 32, 1.1, -0.3],
    ['deviation', erf, 16, 0.9, 0.8],
    ['deviation', softplus, 16, 0.7, 0.6],
    ['deviation', ramp, 16, 1.3, 0.9],
    ['mean', relu, 8, 0.7, 0.6],
    ['mean', leakyRelu(0.2), 3, 1.1, -0.3],
    ['mean', softplus, 2, 0.7, 0.6],
    ['mean', ramp, 8, 1.3, 0.9],
  ] as [Statistics, Activation, number, number, number][])(
    'agree with batches drawn at random, case %#: %s',
    (statistics, activation, m, gamma, overlap) => {
      const expected = fromQuadrature(activation, statistics, m, gamma, overlap, 0.2);
      fromBatches(activation, statistics, m, gamma, overlap, 0.2, 5e6).forEach(({ mean, error }, k) => {
        expect(Math.abs(mean - expected[k]) / error).toBeLessThan(4.5);
        // Sharp enough to see one percent.
        expect(error).toBeLessThan(0.01 * Math.abs(expected[k]) + 3e-4);
      });
    },
  );

  // Near R = 1 kinks of the teacher away from zero pass those of the student abruptly.
  it.each([
    ['deviation', 32, 1, 0.9999],
    ['deviation', 32, 0.95, 1],
    ['deviation', 8, 0.9, 0.99],
    ['mean', 2, 1, 0.9999],
    ['mean', 8, 1, 0.9999],
  ] as [Statistics, number, number, number][])(
    'by %s of a ramp are known to 1e-7 of their terms, M = %p, γ = %p, R = %p',
    (statistics, m, gamma, overlap) => {
      expect(
        batchQuadrature(ramp, m, ramp, statistics).relativeError(gamma, Math.acos(overlap)),
      ).toBeLessThan(1e-7);
    },
  );
});
