import { batchAverages } from '../../../lib/gaussian/batch/averages.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import type { Activation, Slopes } from '../../../lib/gaussian/activation.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { activationPair } from '../../../lib/gaussian/activations/pair.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { homogeneousUnit } from '../../../lib/gaussian/homogeneous.js';
import { batchNormalization } from '../../../lib/dynamics/rules/batch-normalization.js';
import { randomStream } from '../../../lib/random/random-stream.js';
import { averagesOverMinibatches } from './minibatches.js';

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
    const found = averagesOverMinibatches(rule.batchStep, gamma, overlap, randomStream(5, m), COUNT);
    const squaredSine = 1 - overlap * overlap;
    const { teacher } = activationPair(activation, taught, length);
    const values = new Float64Array(4);
    batchQuadrature(activation, m, teacher).write(gamma, Math.acos(overlap), values);
    [values[0], squaredSine * values[1], values[2] + noise * values[3]].forEach((expected, k) => {
      const { mean, error } = found[k];
      expect(Math.abs(mean - expected) / error).toBeLessThan(4.5);
      expect(error).toBeLessThan(0.03 * Math.abs(expected) + 1e-3);
    });
    expect(teacher.value(1)).toBe(taught.value(length));
  });
});
