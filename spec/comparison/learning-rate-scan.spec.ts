import { scanLearningRatesAsync, type ScannedRate } from '../../lib/comparison/learning-rate-scan.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { bracketedRoot } from '../../lib/numerics/root-finding.js';
import { odex } from '../../lib/ode/methods/odex.js';
import { solve } from '../../lib/trajectory/solve.js';
import { relativeError } from '../support/reference.js';

const M = 8;
const initial = { gamma: 0.5, overlap: 0.1, length: 1 };
const weights = (learningRate: number, gammaDecay = 0, noiseVariance = 0) =>
  weightNormalization({
    activation: identity,
    learningRate,
    gammaLearningRate: 1,
    batchSize: M,
    ...{ gammaDecay, noiseVariance },
  });
const timesOf = (rows: readonly ScannedRate[]): (number | undefined)[] =>
  rows.flatMap(({ times }) => times.map((time) => time?.mean));

describe('times to an overlap, the length free', () => {
  it('are those of the closed form for linear SGD, up to 2M, beyond which it diverges', async () => {
    const learningRates = [0.1, 1, 10, 15.9, 17];
    const overlaps = [0.9, 0.9999];
    const start = { overlap: 0.1, length: 1 };
    const family = (learningRate: number) => sgd({ activation: identity, learningRate, batchSize: M });
    const rows = await scanLearningRatesAsync({
      ...{ family, initial: start, learningRates, overlaps, until: 1e4 },
    });
    // m = LR relaxes at η, ε = 1 − 2m + L² at 2η − η²/M; R = m/√(ε − 1 + 2m), at last rising.
    learningRates.slice(0, 4).forEach((eta, i) => {
      const overlapAt = (time: number): number => {
        const m = 1 - 0.9 * Math.exp(-eta * time);
        const error = 1.8 * Math.exp(-(2 * eta - (eta * eta) / M) * time);
        return m / Math.sqrt(error - 1 + 2 * m);
      };
      overlaps.forEach((level, j) => {
        const time = rows[i].times[j]!.mean;
        const root = bracketedRoot((t) => overlapAt(t) - level, 0.5 * time, 2 * time);
        // The solver errs by 1e-10 a step; where 1 − R is 1e-4, rounding of the closed form counts 1e-12.
        expect(relativeError(time, root)).toBeLessThan(1e-8);
      });
      expect(rows[i].outcome).toBe('reached');
    });
    expect(rows[4]).toMatchObject({ outcome: 'diverged', times: [undefined, undefined], length: undefined });
  });

  it('are flat in η for weight normalization, whose length grows like √η', async () => {
    const learningRates = [15, 5000, 1e5];
    const options = { family: weights, initial, learningRates, overlaps: [0.9999], until: 100 };
    const rows = await scanLearningRatesAsync(options);
    // By two other integrators in another code, to the digits shown.
    expect(timesOf(rows)[0]).toBeCloseTo(3.7265, 4);
    expect(timesOf(rows)[1]).toBeCloseTo(3.731, 4);
    // dL⁴/dt = 2η²γ²C: with L ≫ 1 a state of L/√η evolves by itself, up to the start of order 1/η.
    const lengths = rows.map(({ length }) => length!.mean);
    expect(relativeError(lengths[2] / lengths[1], Math.sqrt(20))).toBeLessThan(1e-3);
  });

  it('are those of another integrator', async () => {
    const overlaps = [0.99, 0.999];
    const family = (learningRate: number) => weights(learningRate, 0.1);
    const [row] = await scanLearningRatesAsync({
      ...{ family, initial, learningRates: [100], overlaps, until: 1e4 },
    });
    const run = solve({
      rule: family(100),
      initial,
      until: 1e4,
      method: odex,
      events: overlaps.map((level, i) => ({
        ...({ quantity: 'overlap', direction: 'rising', terminal: i === 1 } as const),
        level,
      })),
    });
    row.times.forEach((time, i) => {
      // Two solutions to 1e-10 a step.
      expect(relativeError(time!.mean, run.events[i].time)).toBeLessThan(1e-7);
    });
  });

  it('anneal with noise like C₀/(32 r²), whatever η', async () => {
    const [misalignment, noiseVariance] = [1e-5, 0.05];
    const rows = await scanLearningRatesAsync({
      family: (learningRate) => weights(learningRate, 0.1, noiseVariance),
      ...{ initial, learningRates: [100, 1e4], overlaps: [1 - misalignment], until: 1e8 },
    });
    // docs/theory/learning-rates.md#a-free-length: C₀ = ((1 − γ₀)² + S)/M, γ₀ = 1/1.1.
    const noise = ((0.1 / 1.1) ** 2 + noiseVariance) / M;
    // To first order in r and in the slowness of x, which is of order √r here.
    for (const time of timesOf(rows))
      expect(relativeError(time!, noise / (32 * misalignment ** 2))).toBeLessThan(1e-3);
  });

  it('are long with decay alone, too, whose residual is noise', async () => {
    const family = (learningRate: number) => weights(learningRate, 0.1);
    const learningRates = [0.1, 1, 100];
    const rows = await scanLearningRatesAsync({
      ...{ family, initial, learningRates, overlaps: [0.9999], until: 1e4 },
    });
    // By a second code, to the digits shown.
    [73, 2640, 3222].forEach((time, i) => {
      expect(Math.abs(timesOf(rows)[i]! - time)).toBeLessThan(0.6);
    });
  });

  it('are measured on students: within three standard errors of the equations', async () => {
    const options = { family: weights, initial, learningRates: [5, 40], overlaps: [0.5, 0.99], until: 20 };
    const theory = await scanLearningRatesAsync(options);
    const measured = await scanLearningRatesAsync({ ...options, students: { runs: 16, seed: 61 } });
    expect(measured.map(({ dimension }) => dimension)).toEqual([10_000, 20_000]);
    measured.forEach(({ times, length }, i) => {
      times.forEach((time, j) => {
        const z = (time!.mean - theory[i].times[j]!.mean) / time!.standardError;
        expect(Math.abs(z)).toBeLessThan(3);
      });
      expect(relativeError(length!.mean, theory[i].length!.mean)).toBeLessThan(0.01);
    });
  });

  it('are zero at the start, and undefined where the wait is too short', async () => {
    const options = { family: weights, learningRates: [1], overlaps: [0.05, 0.5, 0.9999], until: 3 };
    for (const students of [undefined, { runs: 2, seed: 1, dimension: 500 }]) {
      const [row] = await scanLearningRatesAsync({ ...options, initial, students });
      expect(row.times[0]!.mean).toBe(0);
      expect(row.times[1]!.mean).toBeGreaterThan(0.5);
      expect(row).toMatchObject({ outcome: 'not-reached', length: undefined });
      expect(row.times[2]).toBeUndefined();
    }
  });

  it('stop at a signal, and refuse in one line', async () => {
    const options = { family: weights, initial, learningRates: [1], overlaps: [0.5], until: 3 };
    const stopped = { signal: AbortSignal.abort() };
    expect(await scanLearningRatesAsync(options, stopped)).toEqual([]);
    expect(await scanLearningRatesAsync({ ...options, students: { runs: 2, seed: 1 } }, stopped)).toEqual([]);
    await expect(scanLearningRatesAsync({ ...options, overlaps: [1] })).rejects.toThrow(/`overlaps\[0\]`/);
    await expect(scanLearningRatesAsync({ ...options, learningRates: [0] })).rejects.toThrow(
      '`learningRates[0]` must be a finite number > 0; got 0',
    );
  });
});
