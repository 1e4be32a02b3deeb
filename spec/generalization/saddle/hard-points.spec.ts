import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import type { Activation } from '../../../lib/gaussian/activation.js';
import { generalizationCurve } from '../../../lib/generalization/saddle/curve.js';
import { interpolationThreshold } from '../../../lib/generalization/saddle/interpolation-threshold.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { reference, relativeError } from '../../support/reference.js';
import { scanSaddlePoints } from '../../support/saddle-scan.js';

interface HardCase {
  readonly slopes: readonly [number, number];
  readonly load: number;
  readonly gammaDecay: number;
  readonly noiseVariance: number;
  readonly gap: string;
  readonly sigma: string;
  readonly susceptibility: string;
  readonly generalizationError: string;
  readonly trainingError: string;
}

const unitOf = ([, below]: readonly [number, number]): Activation => (below === 0 ? relu : leakyRelu(below));

describe('a saddle point that is hard to find', () => {
  const { cases } = reference<HardCase>('hard-saddle-points');

  it.each(
    cases.map(
      (entry) => [entry.slopes[1], entry.load, entry.gammaDecay, entry.noiseVariance, entry] as const,
    ),
  )(
    'is that of 36 digits (slope %s below zero, load %s, decay %s, noise %s)',
    (_slope, load, gammaDecay, noiseVariance, entry) => {
      const point = saddlePoint({ activation: unitOf(entry.slopes), load, gammaDecay, noiseVariance });
      const gap = Number(entry.gap);
      const sigma = Number(entry.sigma);
      expect(point.outcome).toBe('converged');
      // γ and R are rounded to 1e-16, the root is known to 1e-10 of √(gap² + σ²) and σ, and ε is a square of these.
      expect(relativeError(point.gamma, Math.hypot(1 - gap, sigma))).toBeLessThan(1e-10);
      expect(Math.abs(point.overlap - (1 - gap) / Math.hypot(1 - gap, sigma))).toBeLessThan(1e-10);
      expect(relativeError(point.generalizationError, entry.generalizationError)).toBeLessThan(2e-10);
      // V is known to 1e-10 of what depends on it, λV + V^−½ next to a threshold.
      const v = Number(entry.susceptibility);
      const weight =
        v === Infinity ? 1 : Math.min(1, load * gammaDecay * v + v ** (entry.slopes[1] === 0 ? -0.5 : -1));
      if (v === Infinity) expect(point.susceptibility).toBe(Infinity);
      else expect(relativeError(point.susceptibility, v)).toBeLessThan(1e-10 / weight);
      // The training error is made of 1/V² and of labels out of reach.
      expect(relativeError(point.trainingError, entry.trainingError)).toBeLessThan(3e-10 / weight);
    },
  );

  it('has enough of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(14);
  });

  it.each([0.05, 0.25])(
    'is passed on either side of the interpolation threshold (S = %s)',
    (noiseVariance) => {
      const threshold = interpolationThreshold(relu, noiseVariance);
      const at = (distance: number): ReturnType<typeof saddlePoint> =>
        saddlePoint({ activation: relu, load: threshold * (1 + distance), gammaDecay: 0, noiseVariance });
      for (const distance of [1e-4, 1e-6, 1e-8, 1e-10]) {
        const [below, above] = [at(-distance), at(distance)];
        expect([below.outcome, above.outcome]).toEqual(['converged', 'converged']);
        expect(below.susceptibility).toBe(Infinity);
        // V^−½ is proportional to the distance, to first order in it.
        const ratio = Math.sqrt(at(2 * distance).susceptibility / above.susceptibility);
        expect(Math.abs(2 * ratio - 1)).toBeLessThan(Math.max(30 * distance, 1e-5));
        // The peak of γ is there: to first order γ rises to it, and falls beyond.
        expect(below.gamma).toBeLessThan(at(0).gamma);
        expect(above.gamma).toBeLessThan(at(0).gamma);
      }
    },
  );

  it('has the expansion of large loads: ε = S/(α − 2) less what the region of small fields adds', () => {
    for (const load of [1e4, 1e6, 1e8, 1e10]) {
      const point = saddlePoint({ activation: relu, load, gammaDecay: 0, noiseVariance: 0.05 });
      // Half of the samples have an active unit: ε = σ²/2 = S/α, V = 2/α; corrections are of relative order √(S/α).
      const correction = 4 * Math.sqrt(0.05 / load);
      expect(relativeError(point.generalizationError * load, 0.05)).toBeLessThan(correction);
      expect(relativeError(point.susceptibility * load, 2)).toBeLessThan(2 * correction);
    }
  });
});

describe('a scan over loads, decays and noises', () => {
  it.each([
    ['relu', relu],
    ['leaky ReLU', leakyRelu(0.2)],
    ['a leaky ReLU that is steeper below zero', leakyRelu(3)],
    ['identity', identity],
  ])('finds every point: %s', (_, activation) => {
    const { lost, iterations } = scanSaddlePoints(activation, 60, 1);
    expect(lost).toEqual([]);
    // Some thirty steps a start where the first search finds the point, some hundreds where it is followed.
    expect(iterations / 60).toBeLessThan(80);
  });

  it.each([
    ['relu of a linear teacher', relu, identity],
    ['leaky ReLU of relu', leakyRelu(0.2), relu],
  ])('finds every point of another teacher: %s', (_, activation, teacher) => {
    const { lost, iterations } = scanSaddlePoints(activation, 60, 7, teacher);
    expect(lost).toEqual([]);
    // More of them are followed: close to the teacher of a rectifier with little noise.
    expect(iterations / 60).toBeLessThan(200);
  });

  it('is followed as a curve across the threshold, the same from both ends', () => {
    const loads = [1.1, 1.18, 1.1842, 1.1843, 1.185, 1.2, 2, 100, 1e5];
    const curve = generalizationCurve({ activation: relu, gammaDecay: 0, noiseVariance: 0.05, loads });
    curve.upward.forEach((point, i) => {
      expect([point.outcome, curve.downward[i].outcome]).toEqual(['converged', 'converged']);
      expect(relativeError(curve.downward[i].generalizationError, point.generalizationError)).toBeLessThan(
        2e-10,
      );
    });
    expect(curve.points.some(({ coexisting }) => coexisting)).toBe(false);
  });
});
