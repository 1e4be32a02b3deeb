import { normalDistribution } from '../../../lib/numerics/special-functions.js';
import type { ActivationFunction } from '../../../lib/gaussian/activation.js';
import { smoothedTeacher } from '../../../lib/gaussian/batch/smoothed-teacher.js';

const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
const out = new Float64Array(4);

/** E[g], E[g′], E[g²] of a function of a normal number of mean m and deviation σ. */
type Exact = (m: number, sigma: number) => [number, number, number];

/** Positive part of u − k: its averages are those of the orthant. */
const rectifier = (k: number): { activation: ActivationFunction; exact: Exact } => ({
  activation: { value: (u) => Math.max(u - k, 0), derivative: (u) => (u >= k ? 1 : 0), kinks: [k] },
  exact: (m, sigma) => {
    const a = (m - k) / sigma;
    const gate = normalDistribution(a);
    const linear = (m - k) * gate + sigma * density(a);
    return [linear, gate, ((m - k) ** 2 + sigma * sigma) * gate + (m - k) * sigma * density(a)];
  },
});

const exponential: { activation: ActivationFunction; exact: Exact } = {
  activation: { value: (u) => Math.exp(u), derivative: (u) => Math.exp(u), kinks: [] },
  exact: (m, sigma) => {
    const mean = Math.exp(m + (sigma * sigma) / 2);
    return [mean, mean, Math.exp(2 * m + 2 * sigma * sigma)];
  },
};

const wave: { activation: ActivationFunction; exact: Exact } = {
  activation: { value: (u) => Math.sin(u), derivative: (u) => Math.cos(u), kinks: [] },
  exact: (m, sigma) => {
    const damping = Math.exp((-sigma * sigma) / 2);
    return [
      damping * Math.sin(m),
      damping * Math.cos(m),
      (1 - Math.exp(-2 * sigma * sigma) * Math.cos(2 * m)) / 2,
    ];
  },
};

describe('labels averaged over what a student does not know of them', () => {
  it.each([
    ['sine', 1, wave],
    ['sine', 0.2, wave],
    ['exponential', 0.6, exponential],
    ['rectifier', 1, rectifier(0)],
    ['rectifier', 0.05, rectifier(0)],
    ['rectifier at 0.7', 0.3, rectifier(0.7)],
    ['rectifier at −0.4', 1e-3, rectifier(-0.4)],
  ] as const)('are known for the %s in closed form, σ = %p', (_, sigma, { activation, exact }) => {
    const extent = 3;
    const teacher = smoothedTeacher(activation, sigma, extent, 1, 30);
    for (let m = -extent; m <= extent; m += 0.0817) {
      teacher(m, out);
      exact(m, sigma).forEach((expected, i) => {
        // Twenty terms on panels of width 1, or on layers of six deviations, which leave 4e-9 at most.
        expect(Math.abs(out[i] - expected)).toBeLessThan(1e-8 * Math.max(1, Math.abs(expected)));
      });
    }
  });

  it('are the labels themselves where all is known, σ = 0', () => {
    const { activation } = rectifier(0.7);
    const teacher = smoothedTeacher(activation, 0, 3, 1, 30);
    for (const m of [-2.9, -0.3, 0.69, 0.71, 1.5, 3]) {
      teacher(m, out);
      [activation.value(m), activation.derivative(m), activation.value(m) ** 2].forEach((expected, i) => {
        expect(Math.abs(out[i] - expected)).toBeLessThan(1e-12);
      });
    }
  });

  it('are one number where nothing is known, R = 0', () => {
    smoothedTeacher(exponential.activation, 1, 0, 1, 30)(0, out);
    exponential.exact(0, 1).forEach((expected, i) => {
      // The normal law is cut at 8.5, where e^(2z) times its density is 1e-10 of its integral.
      expect(Math.abs(out[i] / expected - 1)).toBeLessThan(2e-10);
    });
  });
});
