import { randomStream } from '../../lib/random/random-stream.js';
import { batchSampler } from '../../lib/regularization/batch-sampler.js';
import { statisticsOf, subsets } from './subsets.js';

describe('minibatches from data', () => {
  // Sums of different powers of two tell which set was drawn. χ² with 19 degrees of freedom exceeds 52 with probability 6e-5.
  it('draw every set of M different entries equally often, seed 3', () => {
    const values = Float64Array.of(1, 2, 4, 8, 16, 32);
    const counts = new Map<number, number>();
    const draw = batchSampler(values, 3, randomStream(3));
    const out = { mean: 0, deviation: 0 };
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      draw(out);
      const sum = Math.round(3 * out.mean);
      counts.set(sum, (counts.get(sum) ?? 0) + 1);
    }
    const sets = subsets([...values], 3).map((set) => set.reduce((sum, value) => sum + value, 0));
    expect([...counts.keys()].sort()).toEqual(sets.sort());
    const expected = draws / sets.length;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    expect(chiSquare).toBeLessThan(52);
    expect(values).toEqual(Float64Array.of(1, 2, 4, 8, 16, 32));
  });

  it('are independent of the ones before, seed 4', () => {
    const values = Float64Array.of(1, 2, 4, 8);
    const draw = batchSampler(values, 2, randomStream(4));
    const out = { mean: 0, deviation: 0 };
    const counts = new Map<string, number>();
    const drawn = (): number => {
      draw(out);
      return Math.round(2 * out.mean);
    };
    for (let i = 0; i < 36_000; i++) {
      const pair = `${drawn()} ${drawn()}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    // Six sets after six sets: χ² with 35 degrees of freedom exceeds 76 with probability 7e-5.
    expect(counts.size).toBe(36);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(76);
  });

  it('give mean and biased deviation', () => {
    const values = [3, -1, 0.5, 8];
    const out = { mean: 0, deviation: 0 };
    batchSampler(Float64Array.from(values), 4, randomStream(1))(out);
    const { mean, deviation } = statisticsOf(values);
    expect(out.mean).toBeCloseTo(mean, 14);
    expect(out.deviation).toBeCloseTo(deviation, 14);
  });

  it('of equal values have deviation exactly 0, also where their mean is rounded', () => {
    const out = { mean: 0, deviation: 1 };
    batchSampler(new Float64Array(7).fill(0.1), 7, randomStream(1))(out);
    expect(out).toEqual({ mean: 0.1, deviation: 0 });
  });
});
