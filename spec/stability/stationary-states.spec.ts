import { meanDeviation, meanInverseDeviation } from '../../lib/gaussian/batch/moments.js';
import { learningRates } from '../../lib/stability/learning-rates.js';
import { stationaryStates, stationaryStatesAsync } from '../../lib/stability/stationary-states.js';
import { solve } from '../../lib/trajectory/solve.js';
import { relativeError } from '../support/reference.js';
import { familyOf, withFrozenLength, type FamilyCase } from './families.js';

const WN = 'weight-normalization';
const rates = [0.03, 0.3, 0.9, 0.999, 1.001, 1.1, 3, 30];

/** The root q = R² below 1 of (1 − q)·unit = ρq(1 − q + S), where the linear unit rests at frozen length. */
function linearRest(rate: number, unit: number, noise: number): number {
  const k = rate / unit;
  const b = 1 + k * (1 + noise);
  return 2 / (b + Math.sqrt(b * b - 4 * k));
}

describe('stationary states of the linear unit at frozen length', () => {
  it.each([0, 1e-9, 0.01, 0.25])('have R² from a quadratic equation, weight normalization, S = %p', (S) => {
    const batchSize = 3;
    const family = familyOf({ rule: WN, activation: 'identity', batchSize, noiseVariance: S });
    // Below 2M, at it and beyond.
    const reducedLearningRates = rates.map((rate) => 2 * batchSize * rate);
    const states = stationaryStates({ family, reducedLearningRates, length: 1.3 });
    states.forEach(({ orderParameters, misalignment, generalizationError, eigenvalues }, i) => {
      // γ = R; ṙ = 0 is 2M(1 − R²) = ρR²(1 − R² + S).
      const square = linearRest(rates[i], 1, S);
      // Newton's method stops at 1e-12 of r; R² to rounding.
      expect(Math.abs(orderParameters['overlap'] - Math.sqrt(square))).toBeLessThan(1e-11);
      expect(Math.abs(orderParameters['gamma'] - Math.sqrt(square))).toBeLessThan(1e-11);
      expect(Math.abs(generalizationError - (1 - square))).toBeLessThan(1e-11);
      expect(orderParameters['length']).toBe(1.3);
      expect(eigenvalues[0].real).toBeLessThan(0);
      if (S === 0 && rates[i] < 1) expect(misalignment).toBe(0);
    });
    expect(states).toHaveLength(rates.length);
  });

  it.each([0, 0.1])('is that with 2E[1/s](M − 3)/κ for 2M and γ = κR, batch normalization, S = %p', (S) => {
    const M = 8;
    const family = familyOf({
      rule: 'batch-normalization',
      activation: 'identity',
      batchSize: M,
      noiseVariance: S,
    });
    const unit = (2 * (M - 3) * meanInverseDeviation(M)) / meanDeviation(M);
    const reducedLearningRates = rates.map((rate) => unit * rate);
    stationaryStates({ family, reducedLearningRates }).forEach(({ orderParameters }, i) => {
      const overlap = Math.sqrt(linearRest(rates[i], 1, S));
      expect(Math.abs(orderParameters['overlap'] - overlap)).toBeLessThan(1e-11);
      expect(Math.abs(orderParameters['gamma'] - meanDeviation(M) * overlap)).toBeLessThan(1e-11);
    });
  });

  it('have ε = ηS/(2M − η) for SGD, up to 2M and not beyond', () => {
    const family = familyOf({ rule: 'sgd', activation: 'identity', batchSize: 2, noiseVariance: 0.3 });
    const etas = [0.1, 2, 3.9, 4.01, 7];
    const states = stationaryStates({ family, reducedLearningRates: etas });
    expect(states).toHaveLength(3);
    states.forEach(({ generalizationError, effectiveLearningRate }, i) => {
      expect(relativeError(generalizationError, (etas[i] * 0.3) / (4 - etas[i]))).toBeLessThan(1e-10);
      expect(effectiveLearningRate).toBe(etas[i]);
    });
  });
});

describe('stationary states of ReLU', () => {
  const rest = (entry: Partial<FamilyCase>, reduced: number) => {
    const family = familyOf({ rule: WN, activation: 'relu', batchSize: 1, noiseVariance: 0, ...entry });
    return stationaryStates({ family, reducedLearningRates: [reduced] })[0];
  };

  it('at η = 3 M do not jump where noise sets in', () => {
    const silent = rest({}, 3);
    expect(silent.orderParameters['overlap']).toBeCloseTo(0.8367, 4);
    // The slope by S is of order 1.
    const faint = rest({ noiseVariance: 1e-9 }, 3);
    expect(Math.abs(faint.misalignment - silent.misalignment)).toBeLessThan(1e-8);
  });

  it.each([0, 0.05])('are where the equations come to rest with the length held, S = %p', (noiseVariance) => {
    const entry = { rule: WN, activation: 'relu', batchSize: 1, noiseVariance };
    const rule = familyOf(entry)(5) as Parameters<typeof withFrozenLength>[0];
    const initial = { gamma: 0.5, overlap: 0.3, length: 1 };
    const run = solve({ rule: withFrozenLength(rule), initial, until: 40 });
    const { gamma, overlap } = run.at(40);
    const state = rest({ noiseVariance }, 5);
    // The slowest mode falls by e^{-70} until then; the solver errs by 1e-10 a step.
    expect(Math.abs(state.orderParameters['overlap'] - overlap)).toBeLessThan(1e-8);
    expect(Math.abs(state.orderParameters['gamma'] - gamma)).toBeLessThan(1e-8);
  });

  it('are the stationary point of learningRates, beyond its maximum too', () => {
    for (const [noiseVariance, learningRate] of [
      [0, 0.5],
      [0, 2.5],
      [0.1, 7],
    ] as const) {
      const family = familyOf({ rule: WN, activation: 'relu', batchSize: 1, noiseVariance });
      const { stationaryPoint } = learningRates({ family, learningRate });
      const state = rest({ noiseVariance }, learningRate);
      expect(stationaryPoint!.misalignment).toBeCloseTo(state.misalignment, 11);
    }
  });

  it('take the place of R = 1 beyond 2M for SGD', () => {
    const { maximumLearningRate } = learningRates({
      family: familyOf({ rule: 'sgd', activation: 'relu', batchSize: 1, noiseVariance: 0 }),
      learningRate: 1,
    });
    expect(maximumLearningRate).toMatchObject({ sense: 'stationary' });
    expect(maximumLearningRate!.message).toMatch(/R = 1 gives way to a stationary state of R < 1/);
    expect(relativeError(maximumLearningRate!.reduced!, 2)).toBeLessThan(1e-8);
    const state = rest({ rule: 'sgd' }, 2.05);
    const rule = familyOf({ rule: 'sgd', activation: 'relu', batchSize: 1, noiseVariance: 0 })(2.05);
    const run = solve({ rule, initial: { overlap: 0.5, length: 1 }, until: 2000 });
    // The slowest mode is 0.0244: e^{-49} of the way is left.
    expect(Math.abs(run.at(2000)['overlap'] - state.orderParameters['overlap'])).toBeLessThan(1e-8);
  });
});

describe('the spectral maximum', () => {
  const family = (ratio: number) => {
    const build = (eta: number) =>
      familyOf(
        { rule: WN, activation: 'erf', batchSize: 1, noiseVariance: 0.4, gammaDecay: 0.3 },
        ratio * eta,
      )(eta);
    return build;
  };

  const spectralOf = (ratio: number) =>
    learningRates({ family: family(ratio), learningRate: 1 }).maximumLearningRate!;

  it.each([
    [1, 307.57],
    [0.1, 125.44],
  ])('is where the greatest real part is zero, that of a pair too: η_γ = %p η', (ratio, expected) => {
    const reduced = spectralOf(ratio).spectral.reduced!;
    // By another code, to the digits shown.
    expect(Math.abs(reduced - expected)).toBeLessThan(0.005);
    const at = learningRates({ family: family(ratio), learningRate: reduced }).fixedPoint!.eigenvalues;
    // The eigenvalues are of the order of the learning rate.
    expect(Math.abs(at[0].real)).toBeLessThan(1e-9 * reduced);
    expect(at[0].imaginary).toBeGreaterThan(0);
  });

  it('of a pair is where the trace is zero, and so is linear in η_γ/η from the frozen-length maximum on', () => {
    const [one, tenth] = [spectralOf(1), spectralOf(0.1)];
    const linear = one.frozenLength.reduced!;
    const shift = (tenth.spectral.reduced! - linear) / (one.spectral.reduced! - linear);
    // Averages of erf to 1e-12, roots to rounding.
    expect(Math.abs(shift - 0.1)).toBeLessThan(1e-9);
  });
});

describe('stationary states refuse and stop', () => {
  const family = familyOf({ rule: WN, activation: 'relu', batchSize: 1, noiseVariance: 0.1 });

  it('in one line that names the argument', () => {
    expect(() => stationaryStates({ family, reducedLearningRates: [2, 1] })).toThrow(
      '`reducedLearningRates[1]` must be greater than the one before it, 2; got 1',
    );
    expect(() => stationaryStates({ family, reducedLearningRates: [0] })).toThrow(
      '`reducedLearningRates[0]` must be a finite number > 0; got 0',
    );
  });

  it('give the same in turns, and none after a signal', async () => {
    const options = { family, reducedLearningRates: [0.5, 4] };
    expect(await stationaryStatesAsync(options)).toEqual(stationaryStates(options));
    expect(await stationaryStatesAsync(options, { signal: AbortSignal.abort() })).toEqual([]);
  });
});
