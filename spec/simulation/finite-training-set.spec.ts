import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { trainingBatches } from '../../lib/simulation/batch-source.js';
import { estimate } from '../../lib/numerics/statistics.js';
import { simulate } from '../../lib/simulation/simulate.js';
import { drawTrainingSet } from '../../lib/simulation/training-set.js';

describe('minibatches of a training set', () => {
  const [P, N, M] = [12, 5, 4];
  const stream = randomStream(3);
  const set = drawTrainingSet(P, N, 0.5, stream);
  const source = trainingBatches(set, M, stream);

  it('are M distinct samples, each with its noise, every pair as often as any other', () => {
    const counts = new Map<string, number>();
    const draws = 6000;
    let faithful = true;
    for (let count = 0; count < draws; count++) {
      source.draw();
      const samples = source.inputs.map((input) => input.byteOffset / (8 * N));
      faithful &&= new Set(samples).size === M;
      faithful &&= samples.every((sample, i) => source.noise[i] === set.noise[sample]);
      samples.forEach((sample, i) => {
        for (const other of samples.slice(i + 1)) {
          const pair = [sample, other].sort((x, y) => x - y).join();
          counts.set(pair, (counts.get(pair) ?? 0) + 1);
        }
      });
    }
    expect(faithful).toBe(true);
    // A pair is in a batch with probability M(M − 1)/(P(P − 1)) = 1/11. One of 66 counts is off by more than 5 standard
    // deviations in 4e-5 of the seeds.
    const mean = draws / 11;
    expect(counts.size).toBe(66);
    for (const count of counts.values()) {
      expect(Math.abs(count - mean)).toBeLessThan(5 * Math.sqrt(mean * (10 / 11)));
    }
  });

  it('are the whole set where M = P', () => {
    const whole = trainingBatches(set, P, stream);
    whole.draw();
    expect(new Set(whole.inputs.map((input) => input.byteOffset)).size).toBe(P);
  });
});

// Gradient descent ẇ = (η/P√N)Σ(t − h)x written out in vectors; the start is w = L w*, so that no other draw matters.
function descend(
  seed: number,
  run: number,
  P: number,
  N: number,
  S: number,
  eta: number,
  steps: number,
): number[] {
  const { inputs, noise } = drawTrainingSet(P, N, S, randomStream(seed, run));
  const rows = Array.from({ length: P }, (_, i) => [...inputs.subarray(i * N, (i + 1) * N)]);
  let weights = Array.from({ length: N }, () => LENGTH);
  for (let step = 0; step < steps; step++) {
    const errors = rows.map(
      (x, i) => x.reduce((sum, value, k) => sum + (1 - weights[k]) * value, 0) / Math.sqrt(N) + noise[i],
    );
    weights = weights.map(
      (w, k) => w + (eta / P / Math.sqrt(N)) * errors.reduce((sum, e, i) => sum + e * rows[i][k], 0),
    );
  }
  return weights;
}
const LENGTH = 1.4;

describe('linear SGD on a training set', () => {
  const [N, S, eta, seed, time] = [24, 0.3, 0.8, 17, 4];
  const start = { overlap: 1, length: LENGTH };
  const rule = (batchSize: number): ReturnType<typeof sgd> =>
    sgd({ activation: identity, learningRate: eta, batchSize, noiseVariance: S });
  const projection = (run: ReturnType<typeof simulate<'overlap' | 'length'>>): number[] => {
    const lengths = run.samples('length', 0);
    return run.samples('overlap', 0).map((overlap, k) => overlap * lengths[k]);
  };

  it('is gradient descent, run by run, where a batch is the whole set', () => {
    const P = 1.5 * N;
    const run = simulate({
      rule: rule(P),
      initial: start,
      times: [time],
      load: 1.5,
      dimension: N,
      runs: 3,
      seed,
    });
    expect(run.sampleCount).toBe(P);
    projection(run).forEach((value, k) => {
      const weights = descend(seed, k, P, N, S, eta, time * N);
      // 96 steps of rounding of sums of 24 and 36 terms.
      expect(Math.abs(value - weights.reduce((a, b) => a + b) / N)).toBeLessThan(1e-12);
      expect(Math.abs(run.samples('length', 0)[k] - Math.hypot(...weights) / Math.sqrt(N))).toBeLessThan(
        1e-12,
      );
    });
  });

  it('has the mean of gradient descent on its own training sets, where it is not', () => {
    // The step is linear in w and a batch represents its set: the mean over batches is gradient descent exactly.
    const P = 2 * N;
    const run = simulate({
      rule: rule(3),
      initial: start,
      times: [time],
      load: 2,
      dimension: N,
      runs: 200,
      seed,
    });
    const excess = projection(run).map((value, k) => {
      const weights = descend(seed, k, P, N, S, eta, time * N);
      return value - weights.reduce((a, b) => a + b) / N;
    });
    const { mean, standardError } = estimate(excess);
    // |deviation| > 4.5 has probability 1e-5.
    expect(Math.abs(mean)).toBeLessThan(4.5 * standardError);
    // A power of the test: the mean of fresh samples, 1 + 0.4 e^(−ηt), lies outside, as do half the steps.
    expect(standardError).toBeLessThan(0.01);
  });
});

describe('a simulation on a training set', () => {
  const rule = weightNormalization({
    activation: relu,
    learningRate: 0.8,
    batchSize: 2,
    gammaDecay: 0.1,
    noiseVariance: 0.5,
  });
  const options = {
    rule,
    initial: { gamma: 0.5, overlap: 0.2, length: 0.8 },
    times: [2, 6],
    dimension: 24,
    runs: 300,
    seed: 9,
  };
  const fresh = simulate(options);

  it('many times larger than what is read agrees with fresh samples, one that is read often does not', () => {
    const large = simulate({ ...options, load: 150, seed: 10 });
    const small = simulate({ ...options, load: 1, seed: 10 });
    const z = (run: typeof fresh, name: 'gamma' | 'overlap' | 'length', index: number): number => {
      const [a, b] = [run.series(name)[index], fresh.series(name)[index]];
      return (a.mean - b.mean) / Math.hypot(a.standardError, b.standardError);
    };
    // Six deviations beyond 4.5: one in 2e4 seeds.
    for (const name of ['gamma', 'overlap', 'length'] as const) {
      for (const index of [0, 1]) expect(Math.abs(z(large, name, index))).toBeLessThan(4.5);
    }
    expect(Math.abs(z(small, 'overlap', 1))).toBeGreaterThan(5);
  });

  it('says how many samples it had, and is the same from the same seed', () => {
    const small = simulate({ ...options, load: 1, runs: 4 });
    expect([small.sampleCount, fresh.sampleCount]).toEqual([24, undefined]);
    expect(simulate({ ...options, load: 1, runs: 4 }).samples('overlap', 1)).toEqual(
      small.samples('overlap', 1),
    );
  });

  it('refuses a set smaller than a batch, or too large to hold, in one line', () => {
    expect(() => simulate({ ...options, load: 0.05 })).toThrow(
      '`load` must be such that round(load × 24) >= 2; got 0.05',
    );
    expect(() => simulate({ ...options, dimension: 10_000, load: 50 })).toThrow(
      '`load` must be such that the training set takes at most 16 GB, not 40.0 GB for 500000 inputs of dimension 10000; got 50',
    );
  });
});
