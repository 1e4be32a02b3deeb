import { batchNormalization } from '../../../lib/dynamics/rules/batch-normalization.js';
import { stepCoefficients } from '../../../lib/dynamics/batch-step.js';
import { fillNormal } from '../../../lib/random/normal-deviates.js';
import { randomStream } from '../../../lib/random/random-stream.js';
import type { Activation } from '../../../lib/gaussian/activation.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { averagesOf } from '../../support/batch-averages.js';

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
      const stream = randomStream(77, m);
      const normals = new Float64Array(3 * m);
      const fields = {
        teacher: new Float64Array(m),
        student: new Float64Array(m),
        noise: new Float64Array(m),
      };
      const coefficients = stepCoefficients(m);
      const sums = [0, 0, 0];
      const squares = [0, 0, 0];
      const sine = Math.sqrt(1 - overlap * overlap);
      for (let batch = 0; batch < dimensionless; batch++) {
        fillNormal(stream, normals);
        for (let i = 0; i < m; i++) {
          fields.student[i] = normals[i];
          fields.teacher[i] = overlap * normals[i] + sine * normals[m + i];
          fields.noise[i] = Math.sqrt(0.2) * normals[2 * m + i];
        }
        step.compute(0, [gamma, NaN, 1], fields, coefficients);
        // At η = η_γ = L = 1 the step's coefficients are γδ̃/(M s), and its Δγ is ⟨δv̂⟩.
        let towards = 0;
        let power = 0;
        for (let i = 0; i < m; i++) {
          towards += (coefficients.onInputs[i] * fields.teacher[i]) / gamma;
          power += (coefficients.onInputs[i] / gamma) ** 2;
        }
        [coefficients.scaleChange, towards, power].forEach((value, k) => {
          sums[k] += value;
          squares[k] += value * value;
        });
      }
      expectedAverages(activation, m, gamma, overlap).forEach((expected, k) => {
        const mean = sums[k] / dimensionless;
        const error = Math.sqrt((squares[k] / dimensionless - mean * mean) / dimensionless);
        expect(Math.abs(mean - expected) / error).toBeLessThan(4.5);
        // Sharp enough to see two percent.
        expect(error).toBeLessThan(0.02 * Math.abs(expected) + 1e-3);
      });
    },
  );
});
