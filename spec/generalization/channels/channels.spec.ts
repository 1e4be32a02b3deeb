import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { AVERAGES, type Channel } from '../../../lib/generalization/channel.js';
import { anyTeacherChannel } from '../../../lib/generalization/channels/any-teacher-channel.js';
import { linearChannel } from '../../support/linear-channel.js';
import { quadratureChannel } from '../../../lib/generalization/channels/quadrature-channel.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { twoSlopeChannel } from '../../../lib/generalization/channels/two-slope-channel.js';
import { worst } from '../../support/reference.js';

/** Largest difference of the averages of two channels. */
function difference(one: Channel, other: Channel, mu: number, sigma: number, inverse: number): number {
  const [x, y] = [new Float64Array(AVERAGES), new Float64Array(AVERAGES)];
  one.average(mu, sigma, inverse, x);
  other.average(mu, sigma, inverse, y);
  return worst(Array.from(x, (value, i) => Math.abs(value - y[i])));
}

/** Difference of the mean square slopes, which quadrature claims to 1e-6. */
function slopeDifference(one: Channel, other: Channel, mu: number, sigma: number, inverse: number): number {
  return Math.abs(one.slopeSquare(mu, sigma, inverse) - other.slopeSquare(mu, sigma, inverse));
}

describe('closed-form averages are those of quadrature', () => {
  // μ, σ, 1/V: a usual point, a turned student, one almost at the teacher, a nearly free step.
  const points = [
    [0.5, 0.3, 1],
    [-0.2, 0.6, 0.3],
    [0.95, 0.05, 5],
    [0.7, 0.4, 0.01],
  ] as const;

  it.each([
    ['identity', identity],
    ['relu', relu],
    ['leaky ReLU', leakyRelu(0.3)],
    ['a leaky ReLU that is steeper below zero', leakyRelu(3)],
  ])('without noise: %s', (_, unit) => {
    const [a, b] = unit.slopes!;
    const exact = a === b ? linearChannel(a, 0, 1.5) : twoSlopeChannel(unit, 0, 1.5);
    const general = quadratureChannel(unit, unit, 0, 1.5);
    // Quadrature claims 1e-9 of the size of each average, at most 4, and is better than its claim.
    for (const [mu, sigma, inverse] of points) {
      expect(difference(exact, general, mu, sigma, inverse)).toBeLessThan(4e-10);
      expect(slopeDifference(exact, general, mu, sigma, inverse)).toBeLessThan(1e-6);
    }
  });

  it.each([
    ['relu', relu, 0.05],
    ['relu with little noise', relu, 1e-4],
    ['leaky ReLU', leakyRelu(0.3), 0.05],
  ])('with noise: %s', (_, unit, noise) => {
    const exact = twoSlopeChannel(unit, noise, 1);
    const general = quadratureChannel(unit, unit, noise, 1);
    // The second is a nearly free step.
    for (const inverse of [0.8, 1e-4]) {
      expect(difference(exact, general, 0.5, 0.4, inverse)).toBeLessThan(4e-10);
      expect(slopeDifference(exact, general, 0.5, 0.4, inverse)).toBeLessThan(1e-6);
    }
  });
});

describe('averages of a student of two slopes and another teacher', () => {
  it.each([
    ['relu of identity', relu, identity, 0],
    ['relu of identity with noise', relu, identity, 0.1],
    ['leaky ReLU of the absolute value', leakyRelu(0.3), leakyRelu(-1), 0.1],
    ['a leaky ReLU that is steeper below zero of relu', leakyRelu(3), relu, 0.1],
  ])('are those of quadrature: %s', (_, unit, teacher, noise) => {
    const exact = twoSlopeChannel(unit, noise, 1.5, teacher);
    const [general, half] = [
      quadratureChannel(unit, teacher, noise, 1.5),
      anyTeacherChannel(unit, teacher, noise, 1.5),
    ];
    for (const [mu, sigma, inverse] of [[0.5, 0.3, 0.7]] as const) {
      // Quadrature claims 1e-9 of the size of each average, at most 4.
      expect(difference(exact, general, mu, sigma, inverse)).toBeLessThan(4e-9);
      expect(slopeDifference(exact, general, mu, sigma, inverse)).toBeLessThan(1e-6);
      expect(difference(exact, half, mu, sigma, inverse)).toBeLessThan(4e-9);
      expect(slopeDifference(exact, half, mu, sigma, inverse)).toBeLessThan(4e-9);
      expect(exact.generalizationError(mu, sigma)).toBeCloseTo(general.generalizationError(mu, sigma), 11);
    }
    // In the limit V → ∞ only the second knows them.
    expect(difference(exact, half, -0.2, 0.6, 1e-100)).toBeLessThan(4e-9);
  });

  it('of any kind are those of quadrature for both fields', () => {
    const [half, general] = [anyTeacherChannel, quadratureChannel].map((make) => make(relu, erf, 0.1, 1.2));
    expect(difference(half, general, 0.5, 0.3, 1)).toBeLessThan(2e-9);
    expect(slopeDifference(half, general, 0.5, 0.3, 1)).toBeLessThan(1e-6);
  });
});

describe('averages of two slopes', () => {
  it.each([0, 1e-12, 0.1])('pass on without a step from much to no noise (S = %s)', (noise) => {
    const channel = twoSlopeChannel(leakyRelu(0.2), noise, 1);
    const near = twoSlopeChannel(leakyRelu(0.2), noise + 1e-13, 1);
    // dE/dS is finite except for terms like √S, of size 3e-7 at S = 1e-13.
    expect(difference(channel, near, 0.8, 0.3, 1)).toBeLessThan(1e-6);
  });

  it('make the free energy stationary at the saddle point', () => {
    const [load, gammaDecay, noiseVariance] = [2, 0.25, 0.05];
    const { gamma, overlap, susceptibility, objective } = saddlePoint({
      activation: relu,
      load,
      gammaDecay,
      noiseVariance,
    });
    const channel = twoSlopeChannel(relu, noiseVariance, 1);
    const averages = new Float64Array(AVERAGES);
    /** λ(μ² + σ²)/2 + αE[min over z of the Moreau objective] − σ²/2V */
    const energy = ([mu, sigma, v]: readonly [number, number, number]): number => {
      channel.average(mu, sigma, 1 / v, averages);
      const envelope = (averages[2] / v + averages[3]) / 2;
      return (
        (load * gammaDecay * (mu * mu + sigma * sigma)) / 2 + load * envelope - (sigma * sigma) / (2 * v)
      );
    };
    const mu = gamma * overlap;
    const sigma = gamma * Math.sqrt(1 - overlap * overlap);
    expect(energy([mu, sigma, susceptibility]) / load).toBeCloseTo(objective, 12);
    const h = 1e-4;
    for (const [i, slope] of [0, 1, 2].map((j) => {
      const shift = (d: number): [number, number, number] =>
        [mu, sigma, susceptibility].map((x, k) => (k === j ? x + d : x)) as [number, number, number];
      return [j, (energy(shift(h)) - energy(shift(-h))) / (2 * h)] as const;
    })) {
      // A central difference errs by h²/6 times a third derivative of order 1 to 10, and by rounding over h, 1e-12.
      expect([i, Math.abs(slope) < 1e-7]).toEqual([i, true]);
    }
  });
});
