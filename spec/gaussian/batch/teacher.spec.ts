import { batchAverages } from '../../../lib/gaussian/batch/averages.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import type { Activation, Slopes } from '../../../lib/gaussian/activation.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { activationPair } from '../../../lib/gaussian/activations/pair.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { homogeneousUnit } from '../../../lib/gaussian/homogeneous.js';
import { batchNormalization } from '../../../lib/dynamics/rules/batch-normalization.js';
import { stepCoefficients } from '../../../lib/dynamics/batch-step.js';
import { fillNormal } from '../../../lib/random/normal-deviates.js';
import { randomStream } from '../../../lib/random/random-stream.js';

const slopes: [Slopes, Slopes][] = [
  [
    [1, 0],
    [1.3, 1.3],
  ],
  [
    [1, 0.3],
    [2, 0],
  ],
  [
    [1, 1],
    [1, 0],
  ],
  [
    [1, -1],
    [0.7, 0.35],
  ],
  [
    [2, 0.5],
    [1, 0.4],
  ],
];

const out = new Float64Array(4);

describe.each(slopes)(
  'batch normalization of slopes %j beside a teacher of slopes %j',
  (student, teacher) => {
    const unit = homogeneousUnit('student', student);

    it('has closed forms that agree with quadrature', () => {
      const byQuadrature = new Float64Array(4);
      for (const [m, gamma, phi] of [[5, 0.8, 1.2]]) {
        const exact = batchAverages(...student, m, teacher);
        exact.write(phi, out);
        batchQuadrature(unit, m, homogeneousUnit('teacher', teacher)).write(gamma, phi, byQuadrature);
        const found = [
          out[0] - exact.gammaCoefficient * gamma,
          out[1],
          out[2] + gamma * (out[3] + gamma * exact.squaredGamma),
          exact.noise,
        ];
        // What is promised of quadrature: 1e-7 of the terms, which are of order one.
        found.forEach((value, i) => {
          expect(Math.abs(value - byQuadrature[i])).toBeLessThan(1e-7);
        });
      }
    });

    it('knows the slopes at R = 1', () => {
      const exact = batchAverages(...student, 8, teacher);
      exact.writeAlignedSlope(out);
      const at = (r: number): Float64Array => {
        const values = new Float64Array(4);
        exact.write(2 * Math.asin(Math.sqrt(r / 2)), values);
        return values;
      };
      const origin = at(0);
      const [near, far] = [at(1e-4), at(4e-4)];
      out.forEach((slope, i) => {
        // Averages go on in powers of √r: two of the quotients leave r, times what reaches 10.
        const quotient = (2 * (near[i] - origin[i])) / 1e-4 - (far[i] - origin[i]) / 4e-4;
        expect(Math.abs(slope - quotient)).toBeLessThan(1e-3);
      });
    });
  },
);

describe('averages beside a teacher, against brute force over minibatches', () => {
  const COUNT = 60_000;
  // 3 averages × 2 cases at |z| < 4.5: false alarm rate 1e-4.
  it.each([
    [relu, homogeneousUnit('line', [1, 1]), 1.4, 8],
    [erf, homogeneousUnit('line', [1, 1]), 0.8, 6],
  ] as [Activation, Activation, number, number][])('agree, case %#', (activation, taught, length, m) => {
    const [gamma, overlap, noise] = [0.8, 0.7, 0.2];
    const common = { activation, teacherActivation: taught, teacherLength: length };
    const rule = batchNormalization({ ...common, learningRate: 1, batchSize: m, noiseVariance: noise });
    const stream = randomStream(5, m);
    const normals = new Float64Array(3 * m);
    const fields = { teacher: new Float64Array(m), student: new Float64Array(m), noise: new Float64Array(m) };
    const coefficients = stepCoefficients(m);
    const sums = [0, 0, 0];
    const squares = [0, 0, 0];
    const sine = Math.sqrt(1 - overlap * overlap);
    for (let batch = 0; batch < COUNT; batch++) {
      fillNormal(stream, normals);
      for (let i = 0; i < m; i++) {
        fields.student[i] = normals[i];
        fields.teacher[i] = overlap * normals[i] + sine * normals[m + i];
        fields.noise[i] = Math.sqrt(noise) * normals[2 * m + i];
      }
      rule.batchStep.compute(0, [gamma, NaN, 1], fields, coefficients);
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
    const { teacher } = activationPair(activation, taught, length);
    const values = new Float64Array(4);
    batchQuadrature(activation, m, teacher).write(gamma, Math.acos(overlap), values);
    [values[0], sine * sine * values[1], values[2] + noise * values[3]].forEach((expected, k) => {
      const average = sums[k] / COUNT;
      const error = Math.sqrt((squares[k] / COUNT - average * average) / COUNT);
      expect(Math.abs(average - expected) / error).toBeLessThan(4.5);
      expect(error).toBeLessThan(0.03 * Math.abs(expected) + 1e-3);
    });
    expect(teacher.value(1)).toBe(taught.value(length));
  });
});
