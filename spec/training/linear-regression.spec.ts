import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { simulate } from '../../lib/simulation/simulate.js';

// For the linear unit, ε = ‖w − w*‖²/N. With Δ = w − w* a step is Δ′ = Δ − (η/N)⟨(x·Δ)x⟩ + (η/√N)⟨ξx⟩, and since
// E[(x·Δ)²‖x‖²] = (N + 2)‖Δ‖², at any N exactly
//     E ε′ = ε [1 − 2η/N + (η²/N²)(N + 1 + M)/M] + η²S/(MN),   E[1 − w·w*/N]′ = (1 − η/N)(1 − w·w*/N).
const RUNS = 1000;

/** Deviation in standard errors. A thousand runs: Student's t is normal, and |deviation| > 4 has probability 6e-5. */
function deviation(values: readonly number[], expected: number): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return (mean - expected) / Math.sqrt(variance / values.length);
}

describe('simulated linear SGD with label noise', () => {
  const [eta, batchSize, noiseVariance] = [1.2, 2, 0.5];
  const rule = sgd({ activation: identity, learningRate: eta, batchSize, noiseVariance });

  const places = (['explicit', 'dimension-free'] as const).flatMap((engine) =>
    [2, 8, 50].map((dimension) => [dimension, engine] as const),
  );

  it.each(places)('obeys the exact recursions of its means at N = %p, engine %s', (dimension, engine) => {
    const length = 0.7;
    const overlap = 0.2;
    const times = [0.5, 1, 2, 5];
    const initial = { overlap, length };
    const run = simulate({ rule, initial, times, dimension, engine, runs: RUNS, seed: 11 });
    const factor =
      1 - (2 * eta) / dimension + (eta / dimension) ** 2 * ((dimension + 1 + batchSize) / batchSize);
    let error = 1 - 2 * overlap * length + length ** 2;
    let gap = 1 - overlap * length;
    let step = 0;
    times.forEach((time, index) => {
      for (; step < Math.round(time * dimension); step++) {
        error = factor * error + (eta ** 2 * noiseVariance) / (batchSize * dimension);
        gap *= 1 - eta / dimension;
      }
      const lengths = run.samples('length', index);
      const products = run.samples('overlap', index).map((value, k) => 1 - value * lengths[k]);
      // 48 tests: a false alarm in three of a thousand seeds.
      expect(Math.abs(deviation(products, gap))).toBeLessThan(4);
      expect(Math.abs(deviation(run.samples('generalizationError', index), error))).toBeLessThan(4);
    });
  });

  it('has the stationary error ηS/(2M − η), up to O(1/N)', () => {
    const dimension = 100;
    const expected = (eta * noiseVariance) / (2 * batchSize - eta);
    const atSize = (eta * noiseVariance) / (2 * batchSize - eta * (1 + (batchSize + 1) / dimension));
    const length = Math.sqrt(1 + expected);
    const run = simulate({
      rule,
      initial: { overlap: 1 / length, length },
      times: [5],
      dimension,
      runs: RUNS,
      seed: 12,
    });
    const samples = run.samples('generalizationError', 0);
    // False alarm 6e-5 each. The two expected values are 1.3 % apart, four standard errors are 1.8 %.
    expect(Math.abs(deviation(samples, atSize))).toBeLessThan(4);
    expect(Math.abs(deviation(samples, expected))).toBeLessThan(4 + 3);
    // A power of the test: half the noise, twice the batch would be seen.
    expect(Math.abs(deviation(samples, atSize / 2))).toBeGreaterThan(50);
  });
});
