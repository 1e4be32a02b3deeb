import { batchNormalization } from '../../../lib/dynamics/rules/batch-normalization.js';
import { randomStream } from '../../../lib/random/random-stream.js';
import type { Activation } from '../../../lib/gaussian/activation.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { averagesOf } from '../../support/batch-averages.js';
import { averagesOverMinibatches } from './minibatches.js';

/** A, B, C in closed form, or by quadrature. */
function expectedAverages(activation: Activation, m: number, gamma: number, overlap: number): number[] {
  if (activation.slopes) return averagesOf(...activation.slopes, m, gamma, overlap, 0.2);
  const values = new Float64Array(4);
  batchQuadrature(activation, m).write(gamma, Math.acos(overlap), values);
  return [values[0], (1 - overlap * overlap) * values[1], values[2] + 0.2 * values[3]];
}

describe('exact averages against brute force over minibatches', () => {
  const dimensionless = 200_000;
  // 3 averages × 5 cases at |z| < 4.5: false alarm rate 1e-4.
  it.each([
    [identity, 8, 0.6, 0.3],
    [relu, 8, 0.6, 0.3],
    [relu, 16, 1.2, -0.5],
    [leakyRelu(0.3), 8, 0.9, 0.8],
    [erf, 8, 0.9, 0.6],
  ] as [Activation, number, number, number][])(
    'agree within their standard errors, case %#',
    (activation, m, gamma, overlap) => {
      const step = batchNormalization({
        activation,
        learningRate: 1,
        batchSize: m,
        noiseVariance: 0.2,
      }).batchStep;
      const found = averagesOverMinibatches(step, gamma, overlap, randomStream(77, m), dimensionless);
      expectedAverages(activation, m, gamma, overlap).forEach((expected, k) => {
        const { mean, error } = found[k];
        expect(Math.abs(mean - expected) / error).toBeLessThan(4.5);
        // Sharp enough to see two percent.
        expect(error).toBeLessThan(0.02 * Math.abs(expected) + 1e-3);
      });
    },
  );
});
