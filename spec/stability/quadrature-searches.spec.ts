import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { defineActivation } from '../../lib/gaussian/activations/custom.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { LearningRateFamily } from '../../lib/stability/family.js';
import { alignedFixedPoint } from '../../lib/stability/fixed-point.js';
import { learningRates, learningRatesAsync } from '../../lib/stability/learning-rates.js';
import { linearMaximum } from '../../lib/stability/maximum-learning-rate.js';
import { stationaryMaximum } from '../../lib/stability/stationary-maximum.js';
import { byQuadrature } from '../support/by-quadrature.js';
import { relativeError } from '../support/reference.js';

/** The activation, and how often its averages were evaluated at a place other than the one before. */
function counted(activation: Activation): { activation: Activation; evaluations: () => number } {
  const { averages } = activation;
  let count = 0;
  let last = [NaN, NaN];
  return {
    activation: {
      ...activation,
      averages: {
        ...averages,
        write(gamma, phi, out, sine, cosine) {
          if (gamma !== last[0] || phi !== last[1]) count++;
          last = [gamma, phi];
          averages.write(gamma, phi, out, sine, cosine);
        },
      },
    },
    evaluations: () => count,
  };
}

const square = defineActivation({ name: 'square', value: (z) => z * z, derivative: (z) => 2 * z });

// A scan of 70 places, a branch of at most 60 points with some ten averages each, and their derivatives: seconds, at 10 ms each.
const SECONDS = 1000;

describe('learning rates of SGD with label noise, all averages by quadrature', () => {
  it('of the linear unit has the numbers of the closed form, and 2M as its limit', () => {
    const family = (activation: Activation) => (learningRate: number) =>
      sgd({ activation, learningRate, noiseVariance: 0.05 });
    const { activation, evaluations } = counted(byQuadrature(identity));
    const found = learningRates({ family: family(activation), learningRate: 0.5 });
    const exact = learningRates({ family: family(identity), learningRate: 0.5 });
    // Quadrature to 1e-9; derivatives at r = 0 by differences to 1e-7.
    expect(relativeError(found.maximumLearningRate!.stationary!, 2)).toBeLessThan(1e-8);
    expect(
      relativeError(found.stationaryPoint!.misalignment, exact.stationaryPoint!.misalignment),
    ).toBeLessThan(1e-7);
    expect(
      relativeError(
        found.maximumLearningRate!.frozenLength.effective!,
        exact.maximumLearningRate!.frozenLength.effective!,
      ),
    ).toBeLessThan(1e-6);
    expect(evaluations()).toBeLessThan(SECONDS);
  });

  it('of the square without noise is M/6 = 2M E[g′²]/E[g′⁴]', () => {
    const { activation, evaluations } = counted(square);
    const found = learningRates({
      family: (learningRate) => sgd({ activation, learningRate, batchSize: 4 }),
      learningRate: 0.1,
    });
    // Derivatives by differences to 1e-7.
    expect(relativeError(found.maximumLearningRate!.stationary!, 4 / 6)).toBeLessThan(1e-6);
    expect(evaluations()).toBeLessThan(SECONDS);
  });

  it('says that the square comes to no rest beyond its limit after as few averages', () => {
    const { activation, evaluations } = counted(square);
    const family = (learningRate: number) => sgd({ activation, learningRate, noiseVariance: 0.05 });
    const found = learningRates({ family, learningRate: 0.5 });
    expect(found.stationaryPoint).toBeUndefined();
    expect(found.maximumLearningRate!.stationary).toBeLessThan(0.5);
    expect(evaluations()).toBeLessThan(SECONDS);
  });

  it('says that there is no fixed point after one look at every scale', () => {
    const { activation, evaluations } = counted(byQuadrature(identity));
    const family = (learningRate: number) =>
      weightNormalization({ activation, learningRate, gammaDecay: 1e4 });
    expect(learningRates({ family, learningRate: 0.5 }).outcome).toBe('no-fixed-point');
    expect(evaluations()).toBeLessThan(200);
  });
});

describe('maximum learning rates', () => {
  it.each(['identity', 'relu', 'erf'])('grow in proportion to M up to 1e12, %s', (name) => {
    const activation = { identity, relu, erf }[name]!;
    const family =
      (batchSize: number): LearningRateFamily =>
      (learningRate) =>
        sgd({ activation, learningRate, batchSize, noiseVariance: 0.2 });
    const [linear, stationary] = [1, 1e6, 1e12].reduce<[number[], number[]]>(
      (found, batchSize) => {
        const aligned = alignedFixedPoint(family(batchSize), 1)!;
        found[0].push(linearMaximum(family(batchSize), aligned) / batchSize);
        found[1].push(stationaryMaximum(family(batchSize), aligned, 100 * batchSize)! / batchSize);
        return found;
      },
      [[], []],
    );
    for (const maxima of [linear, stationary]) {
      // The equations depend on η/M alone near the fixed point; rounding of searches that end within 1e-11.
      for (const maximum of maxima.slice(1)) expect(relativeError(maximum, maxima[0])).toBeLessThan(1e-9);
    }
  });

  it('do not depend on M for weight normalization either, where a small rate leaves r of order η/M', () => {
    const family = (batchSize: number) => (learningRate: number) =>
      weightNormalization({
        activation: identity,
        learningRate,
        gammaDecay: 0.1,
        noiseVariance: 0.05,
        batchSize,
      });
    const [small, large] = [1e6, 1e12].map((batchSize) =>
      learningRates({ family: family(batchSize), learningRate: 0.5 }),
    );
    expect(
      relativeError(large.maximumLearningRate!.effective! / 1e6, small.maximumLearningRate!.effective!),
    ).toBeLessThan(1e-9);
    expect(large.maximumLearningRate!.stationary).toBeUndefined();
    // r = x C/(2 dB/dr) to first order in η/M.
    expect(
      relativeError(large.stationaryPoint!.misalignment * 1e6, small.stationaryPoint!.misalignment),
    ).toBeLessThan(1e-6);
  });

  it('of erf with S = 1 is 1.644, the limit of η as L diverges', () => {
    const family = (learningRate: number) => sgd({ activation: erf, learningRate, noiseVariance: 1 });
    // Known from integrating the equations.
    expect(stationaryMaximum(family, alignedFixedPoint(family, 1)!, 100)).toBeCloseTo(1.644, 3);
  });
});

describe('learning rates in turns', () => {
  const family = (learningRate: number) => sgd({ activation: square, learningRate, noiseVariance: 0.05 });

  it('are the same, with progress that rises from turn to turn', async () => {
    const closed = (learningRate: number) => sgd({ activation: relu, learningRate, noiseVariance: 0.1 });
    const fractions: number[] = [];
    const found = await learningRatesAsync(
      { family: closed, learningRate: 0.5 },
      { onProgress: (fraction) => fractions.push(fraction) },
    );
    expect(found).toEqual(learningRates({ family: closed, learningRate: 0.5 }));
    expect(fractions.length).toBeGreaterThan(50);
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
    fractions.slice(1).forEach((fraction, i) => {
      // The branch may turn to smaller rates for some steps.
      expect(fraction).toBeGreaterThan(fractions[i] - 0.1);
    });
  });

  it('end at a signal with the maxima of the fixed point, or with nothing before it is known', async () => {
    const controller = new AbortController();
    const stopping = learningRatesAsync(
      { family, learningRate: 0.5 },
      {
        signal: controller.signal,
        onProgress: (fraction) => {
          if (fraction > 0.25) controller.abort();
        },
      },
    );
    const found = await stopping;
    const whole = learningRates({ family, learningRate: 0.5 });
    expect(found.fixedPoint).toEqual(whole.fixedPoint);
    expect(found.maximumLearningRate!.frozenLength).toEqual(whole.maximumLearningRate!.frozenLength);
    expect(found).toMatchObject({ outcome: 'aborted', stationaryPoint: undefined });
    const nothing = await learningRatesAsync({ family, learningRate: 0.5 }, { signal: AbortSignal.abort() });
    expect(nothing).toMatchObject({ outcome: 'aborted', fixedPoint: undefined });
  });
});
