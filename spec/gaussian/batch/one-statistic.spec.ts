import { batchDrift } from '../../../lib/dynamics/batch-drift.js';
import type { Activation } from '../../../lib/gaussian/activation.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import type { BatchAverages } from '../../../lib/gaussian/batch/averages.js';
import { deviationAverages } from '../../../lib/gaussian/batch/deviation-averages.js';
import { meanAverages } from '../../../lib/gaussian/batch/mean-averages.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import { batchTable } from '../../../lib/gaussian/batch/table.js';
import { fromBatches, fromQuadrature, type Statistics } from '../../support/one-statistic.js';

const averagesBy = { deviation: deviationAverages, mean: meanAverages };
const values = new Float64Array(4);

/** A, B, C from the polynomials in γ. */
function fromPolynomials(averages: BatchAverages, gamma: number, overlap: number, noise: number): number[] {
  averages.write(Math.acos(overlap), values);
  const [a, b, c, linear] = values;
  return [
    a - averages.gammaCoefficient * gamma,
    (1 - overlap * overlap) * b,
    c + gamma * (linear + gamma * averages.squaredGamma) + averages.noise * noise,
  ];
}

describe('averages of normalization by one statistic of the batch', () => {
  // 3 averages × 3 cases at |z| < 4.5: false alarm rate 6e-5. The deviation alone at M ≥ 16: below 14, C has no variance.
  it.each([
    ['deviation', relu, 16, 0.7, 0.6],
    ['mean', relu, 2, 0.9, 0.8],
    ['mean', erf, 8, 0.9, 0.8],
  ] as [Statistics, Activation, number, number, number][])(
    'agree with batches drawn at random, case %#: %s',
    (statistics, activation, m, gamma, overlap) => {
      const expected = fromQuadrature(activation, statistics, m, gamma, overlap, 0.2);
      fromBatches(activation, statistics, m, gamma, overlap, 0.2, 2e5).forEach(({ mean, error }, k) => {
        expect(Math.abs(mean - expected[k]) / error).toBeLessThan(4.5);
        // Sharp enough to see five percent.
        expect(error).toBeLessThan(0.05 * Math.abs(expected[k]) + 1e-3);
      });
    },
  );

  it.each([
    ['deviation', 1, 0, 8, 0.7, 0.6],
    ['deviation', 1, -0.7, 16, 0.9, 0.99],
    ['deviation', 1, 0.2, 100, 1.1, -0.8],
    ['mean', 1, 0, 3, 0.9, 0.99],
    ['mean', 1, -0.7, 8, 1.1, -0.8],
    ['mean', 1, 0.2, 100, 0.7, 0.6],
  ] as const)(
    'by %s of slopes %p and %p are the same by orthant moments and by quadrature, M = %p, γ = %p, R = %p',
    (statistics, a, b, m, gamma, overlap) => {
      const closed = fromPolynomials(averagesBy[statistics](a, b, m), gamma, overlap, 0.1);
      const unit: Activation = { ...leakyRelu(b / a), slopes: [a, b] };
      fromQuadrature(unit, statistics, m, gamma, overlap, 0.1).forEach((value, k) => {
        // Claimed are 1e-7 of the terms of quadrature, of the order of 1 and 1/M.
        expect(Math.abs(closed[k] - value)).toBeLessThan(1e-7 / (k === 2 ? m : 1));
      });
    },
  );

  it.each([
    ['deviation', 8],
    ['deviation', 33],
    ['mean', 3],
    ['mean', 33],
  ] as const)('by %s of a linear unit are its closed forms, M = %p', (statistics, m) => {
    const [gamma, overlap, noise] = [0.7, 0.6, 0.3];
    const unit = { ...identity, slopes: [0.5, 0.5] as const };
    const drift = batchDrift(statistics, {
      activation: unit,
      batchSize: m,
      noiseVariance: noise,
      gammaDecay: 0,
      learningRate: 1,
      gammaLearningRate: 1,
    });
    const out = new Float64Array(3);
    drift.write(gamma, 1 - overlap, out);
    fromPolynomials(averagesBy[statistics](0.5, 0.5, m), gamma, overlap, noise).forEach((value, k) => {
      // Rounding of sums of 32 nodes.
      expect(Math.abs(out[k] - value)).toBeLessThan(1e-13);
    });
  });

  it.each([
    ['deviation', 16],
    ['mean', 5],
  ] as const)(
    'by %s of a linear unit have a closed form for a steeper teacher too, M = %p',
    (statistics, m) => {
      const [gamma, overlap, noise] = [0.7, 0.6, 0.3];
      const parameters = {
        batchSize: m,
        noiseVariance: noise,
        gammaDecay: 0.1,
        learningRate: 1,
        gammaLearningRate: 1,
      };
      const drift = batchDrift(statistics, { ...parameters, activation: identity, teacherLength: 1.7 });
      const out = new Float64Array(3);
      drift.write(gamma, 1 - overlap, out);
      const steep = { value: (u: number) => 1.7 * u, derivative: () => 1.7, kinks: [] };
      batchQuadrature(identity, m, steep, statistics).write(gamma, Math.acos(overlap), values);
      const [a, b, c, perNoise] = values;
      [a - 0.1 * gamma, (1 - overlap * overlap) * b, c + noise * perNoise].forEach((expected, k) => {
        // Quadrature to 1e-9 of its terms.
        expect(Math.abs(out[k] - expected)).toBeLessThan(1e-8);
      });
      const gradient = new Float64Array(6);
      drift.writeGradient(gamma, 1 - overlap, gradient);
      const [up, down] = [1e-5, -1e-5].map((by) => {
        drift.write(gamma, 1 - overlap + by, out);
        return [...out];
      });
      up.forEach((value, k) => {
        // Rounding 1e-16/1e-5 and truncation 1e-10.
        expect(Math.abs(gradient[3 + k] - (value - down[k]) / 2e-5)).toBeLessThan(1e-9);
      });
    },
  );

  it.each([
    ['deviation', relu],
    ['deviation', leakyRelu(-0.5)],
    ['mean', relu],
    ['mean', leakyRelu(-0.5)],
  ] as [Statistics, Activation][])(
    'by the %s tend to those of weight normalization like 1/M, but for what is taken out of δ, case %#',
    (statistics, activation) => {
      const [gamma, phi] = [0.8, 0.9];
      const limit = new Float64Array(4);
      activation.averages.write(gamma, phi, limit);
      const [a, b] = activation.slopes!;
      // E[δ] = (a² − b²)((1 + R)/2 − γ)/√2π, from E[θ(v)u⁺] = (1 + R)/(2√2π) on each side of zero.
      const meanDelta = ((a * a - b * b) * ((1 + Math.cos(phi)) / 2 - gamma)) / Math.sqrt(2 * Math.PI);
      const taken = (statistics === 'deviation' ? limit[0] : meanDelta) ** 2;
      const expected = [limit[0], limit[1], limit[2] - taken];
      const gaps = [1000, 2000].map((m) => {
        const [A, B, C] = fromPolynomials(averagesBy[statistics](a, b, m), gamma, Math.cos(phi), 0);
        return [A, B, m * C].map((value, k) => value - expected[k]);
      });
      gaps[0].forEach((gap, k) => {
        expect(Math.abs(gap)).toBeLessThan(5e-3);
        // Halved, up to relative corrections of 1/√M from kinks.
        expect(Math.abs(gaps[1][k] / gap - 0.5)).toBeLessThan(0.06);
      });
    },
  );

  it.each([
    ['deviation', 8],
    ['mean', 3],
    ['mean', 256],
  ] as const)('by the %s are tabulated to 1e-8 of their largest, M = %p', (statistics, m) => {
    const { exact, evaluate } = batchTable(1, 0, m, [1, 0], statistics);
    const tabulated = new Float64Array(4);
    const [errors, largest] = [new Float64Array(4), new Float64Array(4)];
    for (let i = 0; i <= 40; i++) {
      const phi = i < 20 ? (Math.PI * i) / 19 : Math.exp(-10 + i / 4 - 5);
      exact.write(phi, values);
      evaluate(phi, tabulated);
      values.forEach((value, k) => {
        errors[k] = Math.max(errors[k], Math.abs(value - tabulated[k]));
        largest[k] = Math.max(largest[k], Math.abs(value));
      });
    }
    errors.forEach((error, k) => {
      expect(error / largest[k]).toBeLessThan(1e-8);
    });
  });
});
