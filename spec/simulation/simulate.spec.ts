import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { SimulateOptions } from '../../lib/simulation/options.js';
import { simulate, simulateAsync, type Simulation } from '../../lib/simulation/simulate.js';

const rule = weightNormalization({
  activation: relu,
  learningRate: 0.5,
  gammaDecay: 0.2,
  noiseVariance: 0.05,
});
const options = {
  rule,
  initial: { gamma: 0.5, overlap: 0.1, length: 0.8 },
  times: [0, 0.5, 1, 2],
  dimension: 30,
  runs: 5,
  seed: 4,
};

/** Every number a simulation measured, run by run. */
function numbersOf(simulation: Simulation<'gamma' | 'overlap' | 'length'>): number[][][] {
  return (['gamma', 'overlap', 'length'] as const).map((name) =>
    simulation.times.map((_, index) => simulation.samples(name, index)),
  );
}

describe('the same seed', () => {
  it('gives the same numbers to the last bit', () => {
    expect(numbersOf(simulate(options))).toEqual(numbersOf(simulate(options)));
  });

  it('gives the same numbers in simulateAsync, which reports growing fractions up to 1', async () => {
    const fractions: number[] = [];
    const simulation = await simulateAsync(options, { onProgress: (fraction) => fractions.push(fraction) });
    expect(numbersOf(simulation)).toEqual(numbersOf(simulate(options)));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(fractions.length).toBeGreaterThanOrEqual(options.runs);
  });

  it('gives the earlier runs again when runs are added', () => {
    const few = numbersOf(simulate({ ...options, runs: 3 }));
    const more = numbersOf(simulate({ ...options, runs: 7 }));
    expect(more.map((series) => series.map((samples) => samples.slice(0, 3)))).toEqual(few);
  });

  it('gives the same numbers at a time, whichever others are measured', () => {
    const alone = simulate({ ...options, times: [2] });
    expect(alone.samples('overlap', 0)).toEqual(simulate(options).samples('overlap', 3));
  });

  it('gives every run random numbers of its own', () => {
    const last = simulate({ ...options, runs: 20 }).samples('overlap', 3);
    expect(new Set(last).size).toBe(20);
  });

  it('and another seed, other numbers in every run', () => {
    const other = simulate({ ...options, seed: 5 }).samples('overlap', 3);
    const here = simulate(options).samples('overlap', 3);
    expect(new Set([...other, ...here]).size).toBe(10);
  });
});

describe('a simulation', () => {
  const simulation = simulate(options);

  it('says what was asked and what was done', () => {
    expect(simulation).toMatchObject({
      rule,
      outcome: 'reached-end',
      message: 'reached the end at time 2',
      dimension: 30,
      runs: 5,
      seed: 4,
      steps: 5 * 60,
      times: [0, 0.5, 1, 2],
    });
  });

  it('starts every run in exactly the asked state', () => {
    for (const [name, value] of Object.entries(options.initial)) {
      for (const sample of simulation.samples(name, 0)) {
        // Rounding of sums over 30 weights.
        expect(Math.abs(sample - value)).toBeLessThan(1e-15);
      }
    }
  });

  it('gives the mean over runs with its standard error, of any quantity', () => {
    const series = simulation.series('misalignment');
    expect(series).toHaveLength(4);
    expect(series[0].standardError).toBeLessThan(1e-15);
    const samples = simulation.samples('overlap', 2);
    const mean = samples.reduce((a, b) => a + b) / 5;
    const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4;
    expect(series[2].mean).toBeCloseTo(1 - mean, 14);
    expect(series[2].standardError).toBeCloseTo(Math.sqrt(variance / 5), 14);
    const [gamma, length] = [simulation.samples('gamma', 2), simulation.samples('length', 2)];
    simulation.samples('effectiveLearningRate', 2).forEach((rate, run) => {
      expect(rate).toBeCloseTo((0.5 * gamma[run]) / length[run] ** 2, 14);
    });
  });

  it('measures after whole numbers of steps and prints the time of those', () => {
    const rounded = simulate({ ...options, times: [0.51, 1.03] });
    expect(rounded.times).toEqual([15 / 30, 31 / 30]);
  });

  it('follows a schedule by the time of each step', () => {
    // w stays at the teacher's side until t = 1, since the learning rate is zero.
    const late = sgd({ activation: identity, learningRate: (t) => (t < 1 ? 0 : 0.5) });
    const run = simulate({ ...options, rule: late, initial: { overlap: 0, length: 1 }, times: [1, 2] });
    expect(run.series('overlap')[0].mean).toBeCloseTo(0, 14);
    expect(run.series('overlap')[1].mean).toBeGreaterThan(0.2);
  });

  it('leaves a noiseless student at the teacher alone', () => {
    const plain = sgd({ activation: relu, learningRate: 0.5 });
    const run = simulate({ ...options, rule: plain, initial: { overlap: 1, length: 1 } });
    // Rounding, squared.
    expect(Math.max(...run.samples('misalignment', 3))).toBeLessThan(1e-29);
  });
});

describe('divergence', () => {
  const unstable = {
    rule: sgd({ activation: identity, learningRate: 3 }),
    initial: { overlap: 0.1, length: 1 },
    times: Array.from({ length: 30 }, (_, k) => k + 1),
    dimension: 50,
    runs: 4,
    seed: 1,
  };

  it('is an outcome that keeps what was measured before', () => {
    const run = simulate({ ...unstable, lengthBound: 1000 });
    expect(run.outcome).toBe('diverged');
    const reached = run.times.length;
    expect(reached).toBeGreaterThan(1);
    expect(reached).toBeLessThan(30);
    expect(run.times).toEqual(unstable.times.slice(0, reached));
    const remedy = 'take a smaller learning rate, or raise lengthBound';
    expect(run.message).toBe(`run 0 diverged before time ${reached + 1}: ${remedy}`);
    for (const { mean } of run.series('length')) expect(mean).toBeLessThanOrEqual(1000);
    expect(() => run.samples('length', reached)).toThrow(
      `\`timeIndex\` must be from 0 to ${reached - 1}; got ${reached}`,
    );
  });

  it('is found where numbers overflow, too', () => {
    const run = simulate({ ...unstable, times: [1, 2000], dimension: 10 });
    expect(run.outcome).toBe('diverged');
    expect(run.times).toEqual([1]);
  });

  it('ends a run soon, however far away the next measurement is', () => {
    const run = simulate({ ...unstable, times: [1, 1e9], dimension: 10 });
    expect(run.outcome).toBe('diverged');
    expect(run.steps).toBeLessThan(1e6);
  });

  it('of a later run keeps the times that all runs begun have in common', () => {
    const free = simulate({ ...unstable, times: [1, 2, 3], lengthBound: 1e300 });
    const lengths = free.times.map((_, index) => free.samples('length', index));
    // A bound that the first run stays below for longer than some other.
    const bound = Math.max(...lengths.map((samples) => samples[0])) * 1.0001;
    const first = [1, 2, 3].find((run) => lengths.some((samples) => samples[run] > bound))!;
    const reached = lengths.findIndex((samples) => samples[first] > bound);
    const run = simulate({ ...unstable, times: free.times, lengthBound: bound });
    expect(run.outcome).toBe('diverged');
    expect(run.message).toMatch(new RegExp(`^run ${first} diverged`));
    expect(run.runs).toBe(first + 1);
    expect(run.times).toHaveLength(reached);
  });
});

describe('an aborted simulation', () => {
  it('keeps the runs that were complete', async () => {
    const controller = new AbortController();
    const run = await simulateAsync(options, {
      signal: controller.signal,
      onProgress: (fraction) => {
        if (fraction > 0.7) controller.abort();
      },
    });
    expect(run.outcome).toBe('aborted');
    expect(run.message).toBe('aborted in run 3');
    expect(run.runs).toBe(3);
    expect(run.times).toEqual(options.times);
    expect(numbersOf(run)).toEqual(numbersOf(simulate({ ...options, runs: 3 })));
    expect(run.steps).toBeLessThan(5 * 60);
  });

  it('keeps what the first run reached, where no two were complete', async () => {
    const controller = new AbortController();
    const run = await simulateAsync(options, {
      signal: controller.signal,
      onProgress: (fraction) => {
        if (fraction > 0.08) controller.abort();
      },
    });
    expect([run.outcome, run.runs]).toEqual(['aborted', 1]);
    expect(run.times.length).toBeLessThan(options.times.length);
    expect(run.series('overlap').every(({ standardError }) => standardError === Infinity)).toBe(true);
  });

  it('stops at the first turn when it was aborted before it began', async () => {
    const run = await simulateAsync(options, { signal: AbortSignal.abort() });
    expect(run.outcome).toBe('aborted');
    expect(run.times).toEqual([0]);
  });
});

describe('a simulation refuses, in one line that names the argument,', () => {
  const bad: [string, Partial<SimulateOptions<'gamma' | 'overlap' | 'length'>>, string][] = [
    ['N = 1', { dimension: 1 }, '`dimension` must be an integer >= 2; got 1'],
    ['N = 2.5', { dimension: 2.5 }, '`dimension` must be an integer >= 2; got 2.5'],
    [
      'a student too large to hold',
      { dimension: 3e9 },
      '`dimension` must be such that dimension × (batchSize + 1) <= 2000000000 for the engine explicit; got 3000000000',
    ],
    ['a single run', { runs: 1 }, '`runs` must be an integer from 2 to 4294967296; got 1'],
    ['a negative seed', { seed: -1 }, '`seed` must be an integer >= 0; got -1'],
    ['a seed that is not whole', { seed: 0.5 }, '`seed` must be an integer >= 0; got 0.5'],
    ['no times', { times: [] }, '`times` must be a list with at least one number'],
    [
      'times that do not increase',
      { times: [1, 1] },
      '`times[1]` must be greater than the one before it, 1; got 1',
    ],
    ['times before the start', { times: [-1, 1] }, '`times[0]` must be >= 0; got -1'],
    [
      'times within one step',
      { times: [0, 0.01] },
      '`times[1]` must be at least 1/N = 0.03333333333333333 after the one before it; got 0.01',
    ],
    ['times beyond counting', { times: [1e300] }, '`times[0]` must be at most 2^53 steps; got 1e+300'],
    [
      'a bad start',
      { initial: { gamma: 1, overlap: 2, length: 1 } },
      '`initial.overlap` must be a number from -1 to 1; got 2',
    ],
    [
      'an engine it does not have',
      { engine: 'steam' as 'explicit' },
      '`engine` must be explicit or dimension-free; got "steam"',
    ],
    [
      'a training set where no inputs are drawn',
      { engine: 'dimension-free', load: 2 },
      '`load` must be left out for the engine dimension-free; got 2',
    ],
    [
      'more steps than can be counted',
      { engine: 'dimension-free', dimension: 1e12, times: [1e4] },
      '`times[0]` must be at most 2^53 steps; got 10000',
    ],
    ['a length bound of 0', { lengthBound: 0 }, '`lengthBound` must be a finite number > 0; got 0'],
  ];

  it.each(bad)('%s', async (_, change, message) => {
    expect(() => simulate({ ...options, ...change })).toThrow(message);
    expect(() => simulate({ ...options, ...change })).toThrow(/^[^\n]+$/);
    await expect(simulateAsync({ ...options, ...change })).rejects.toThrow(message);
  });

  it('a quantity or a time that it does not have', () => {
    const simulation = simulate(options);
    expect(() => simulation.samples('speed', 0)).toThrow('`quantity` must be one of gamma, overlap, length');
    expect(() => simulation.samples('gamma', 4)).toThrow('`timeIndex` must be from 0 to 3; got 4');
    expect(() => simulation.samples('gamma', -1)).toThrow(RangeError);
  });
});
