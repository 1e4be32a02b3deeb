import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import type { Channel } from '../../../lib/generalization/channel.js';
import { linearChannel } from '../../support/linear-channel.js';
import { linearGeneralization } from '../../../lib/generalization/linear/linear.js';
import { quadratureChannel } from '../../../lib/generalization/channels/quadrature-channel.js';
import { saddleEquations } from '../../../lib/generalization/saddle/saddle-equations.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { type SaddlePoint } from '../../../lib/generalization/saddle/saddle-types.js';
import { relativeError, worst } from '../../support/reference.js';

/** Largest residual of the saddle-point equations at a point, in units of γ, σ and σ². */
function residualOf(channel: Channel, point: SaddlePoint, gammaDecay: number): number {
  const { load, gamma, overlap, susceptibility } = point;
  const interpolating = susceptibility === Infinity;
  const equations = saddleEquations(channel, load, load * gammaDecay, interpolating);
  const sine = Math.sqrt((1 - overlap) * (1 + overlap));
  // Without decay the samples take α of the weights, 1 − ν of the equations of F = t − ω.
  const third = interpolating ? 1 - load : Math.log(susceptibility);
  const residual = new Float64Array(3);
  equations.residual(Float64Array.of(gamma * overlap, Math.log(gamma * sine), third), residual);
  return worst(Array.from(residual, Math.abs));
}

describe('a linear student', () => {
  const loads = [0.05, 0.5, 0.9, 0.999, 1, 1.001, 1.1, 3, 50, 1e3, 1e5];
  const decays = [0, 1e-12, 1e-8, 1e-4, 0.01, 0.3, 1, 100, 1e4];
  const noises = [0, 1e-4, 0.05, 1, 10];
  const steep = { ...identity, name: 'steep', slopes: [-2, -2] as const };

  it.each([
    ['the identity', identity, 1],
    ['a unit of another slope', steep, -2],
  ])('solves its equations at every load, decay and noise (%s)', (_, activation, slope) => {
    for (const load of loads)
      for (const gammaDecay of decays)
        for (const noiseVariance of noises) {
          const point = saddlePoint({ activation, load, gammaDecay, noiseVariance, teacherLength: 1.5 });
          if (load === 1 && gammaDecay === 0) {
            expect(point.outcome).toBe(noiseVariance === 0 ? 'converged' : 'not-converged');
            continue;
          }
          expect(point.outcome).toBe('converged');
          const sine = Math.sqrt((1 - point.overlap) * (1 + point.overlap));
          // R is rounded, and σ is only known to that over 1 − R²: nearer to the teacher it is not to be had from R.
          if (sine < 1e-3) continue;
          const channel = linearChannel(slope, noiseVariance, 1.5);
          expect(residualOf(channel, point, gammaDecay)).toBeLessThan(
            (8 * Number.EPSILON) / sine ** 2 + 1e-12,
          );
        }
  });

  it('is known next to one sample a weight and at tiny decays', () => {
    const point = saddlePoint({ activation: identity, load: 0.999, gammaDecay: 1e-8 });
    expect(point.generalizationError).toBeCloseTo(0.00100009586201263, 16);
    const { warning, ...exact } = linearGeneralization({ load: 0.999, gammaDecay: 1e-8 });
    expect([point, warning]).toMatchObject([exact, undefined]);
  });

  it('has the diagnostics of its channel', () => {
    const [load, gammaDecay, noiseVariance] = [2, 0.3, 0.1];
    const point = saddlePoint({ activation: steep, load, gammaDecay, noiseVariance });
    const { gamma, overlap, susceptibility, diagnostics } = point;
    const [mu, sigma] = [gamma * overlap, gamma * Math.sqrt((1 - overlap) * (1 + overlap))];
    const channel = linearChannel(-2, noiseVariance, 1);
    const averages = new Float64Array(5);
    channel.average(mu, sigma, 1 / susceptibility, averages);
    // Closed forms on both sides: rounding.
    expect(
      relativeError(diagnostics.replicon, load * channel.slopeSquare(mu, sigma, 1 / susceptibility)),
    ).toBeLessThan(1e-13);
    expect(relativeError(point.generalizationError, channel.generalizationError(mu, sigma))).toBeLessThan(
      1e-13,
    );
    expect(relativeError(point.trainingError, averages[3])).toBeLessThan(1e-13);
    expect(relativeError(2 * point.objective, point.trainingError + gammaDecay * gamma ** 2)).toBeLessThan(
      1e-14,
    );
    expect([diagnostics.residual, diagnostics.iterations, diagnostics.jumpDensity]).toEqual([0, 0, 0]);
  });

  it('says in words what diverges at one sample a weight', () => {
    const point = saddlePoint({ activation: identity, load: 1, gammaDecay: 0, noiseVariance: 0.25 });
    expect(point.outcome).toBe('not-converged');
    expect(point.warning).toMatch(/no saddle point.*at load 1 .*fits the label noise.*diverge/);
  });

  it.each([
    ['relu', relu, 1.5],
    ['erf', erf, 1],
    ['the absolute value', leakyRelu(-1), 1],
  ])(
    'of a teacher of another unit solves the equations by quadrature (%s)',
    (_, teacherActivation, teacherLength) => {
      for (const activation of [identity, steep]) {
        const [load, gammaDecay, noiseVariance] = [2, 0.1, 0.05];
        const point = saddlePoint({
          activation,
          teacherActivation,
          load,
          gammaDecay,
          noiseVariance,
          teacherLength,
        });
        const slope = activation.slopes![0];
        const unit = {
          ...activation,
          slopes: undefined,
          value: (z: number) => slope * z,
          derivative: () => slope,
        };
        const channel = quadratureChannel(unit as never, teacherActivation, noiseVariance, teacherLength);
        // What quadrature claims, times α V over γ and σ.
        expect(residualOf(channel, point, gammaDecay)).toBeLessThan(1e-8);
        const mu = point.gamma * point.overlap;
        const error = channel.generalizationError(mu, Math.sqrt(point.gamma ** 2 - mu ** 2));
        expect(relativeError(point.generalizationError, error)).toBeLessThan(1e-10);
      }
    },
  );

  it('of a teacher of another unit has a limit without decay on both sides of one sample a weight', () => {
    for (const load of [0.5, 2]) {
      const problem = { activation: identity, teacherActivation: erf, load, noiseVariance: 0.05 };
      const limit = saddlePoint({ ...problem, gammaDecay: 0 });
      const near = saddlePoint({ ...problem, gammaDecay: 1e-9 });
      // The limit is approached like ζ, by a few times as much.
      expect(relativeError(limit.generalizationError, near.generalizationError)).toBeLessThan(1e-8);
      expect(limit.susceptibility === Infinity).toBe(load < 1);
    }
  });
});
