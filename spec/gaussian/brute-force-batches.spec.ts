import { batchNormalization } from '../../lib/dynamics/batch-normalized.js';
import { stepCoefficients } from '../../lib/dynamics/batch-step.js';
import { fillNormal } from '../../lib/foundation/normal-deviates.js';
import { randomStream } from '../../lib/foundation/random-stream.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { identity, leakyRelu, relu } from '../../lib/gaussian/homogeneous.js';
import { averagesOf } from '../support/batch-averages.js';

describe('exact averages against brute force over minibatches', () => {
  const dimensionless = 200_000;
  // 3 averages × 4 cases at |z| < 4.5: false alarm rate 8e-5.
  it.each([
    [identity, 1, 1, 8, 0.6, 0.3],
    [relu, 1, 0, 8, 0.6, 0.3],
    [relu, 1, 0, 16, 1.2, -0.5],
    [leakyRelu(0.3), 1, 0.3, 8, 0.9, 0.8],
  ] as [Activation, number, number, number, number, number][])(
    'agree within their standard errors, case %#',
    (activation, a, b, m, gamma, overlap) => {
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
        step.compute(0, gamma, 1, fields, coefficients);
        // At η = η_γ = L = 1 the step's coefficients are γδ̃/(M s), and its Δγ is ⟨δv̂⟩.
        let towards = 0;
        let power = 0;
        for (let i = 0; i < m; i++) {
          towards += (coefficients.onInputs[i] * fields.teacher[i]) / gamma;
          power += (coefficients.onInputs[i] / gamma) ** 2;
        }
        [coefficients.gammaChange, towards, power].forEach((value, k) => {
          sums[k] += value;
          squares[k] += value * value;
        });
      }
      averagesOf(a, b, m, gamma, overlap, 0.2).forEach((expected, k) => {
        const mean = sums[k] / dimensionless;
        const error = Math.sqrt((squares[k] / dimensionless - mean * mean) / dimensionless);
        expect(Math.abs(mean - expected) / error).toBeLessThan(4.5);
        // Sharp enough to see two percent.
        expect(error).toBeLessThan(0.02 * Math.abs(expected) + 1e-3);
      });
    },
  );
});
