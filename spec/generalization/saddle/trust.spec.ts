import { relu } from '../../../lib/gaussian/activations/relu.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { trustOf, trustWarning } from '../../../lib/generalization/saddle/trust.js';
import { estimate } from '../../../lib/numerics/statistics.js';
import { fillNormal } from '../../../lib/random/normal-deviates.js';
import { randomStream } from '../../../lib/random/random-stream.js';

const at = (load: number, gammaDecay: number): ReturnType<typeof saddlePoint> =>
  saddlePoint({ activation: relu, load, gammaDecay, noiseVariance: 0.25 });

/** The Moreau step of ReLU from its definition: the lower of the minima on its two sides. */
function step(omega: number, t: number, v: number): number {
  const cost = (h: number): number => (h - omega) ** 2 / (2 * v) + (t - Math.max(h, 0)) ** 2 / 2;
  const [right, left] = [Math.max((omega + v * t) / (1 + v), 0), Math.min(omega, 0)];
  return cost(right) < cost(left) ? right : left;
}

describe('replica symmetry', () => {
  it.each([
    [2, 0, 'unstable', /unstable/],
    [1.5, 0, 'unstable', /unstable/],
    [3, 0, 'approximate', /approximation/],
    [2, 3 / 64, 'approximate', /approximation/],
  ] as const)('at load %s and decay %s is %s, jumps or not', (load, decay, trust, words) => {
    const point = at(load, decay);
    expect(point.diagnostics.jumpDensity).toBeGreaterThan(0.01);
    expect(trustOf(point.diagnostics)).toBe(trust);
    expect(point.warning).toMatch(words);
  });

  it('is stable where the loss is convex: below the threshold, and for linear students', () => {
    for (const point of [at(1, 0), saddlePoint({ activation: identity, load: 1, gammaDecay: 0.01 })]) {
      expect(trustOf(point.diagnostics)).toBe('stable');
      expect(point.warning).toBeUndefined();
    }
  });

  it('has the replicon of steps that are shifted a little, where they do not jump', () => {
    const [load, count, shift] = [2, 40_000, 1e-7];
    const { gamma, overlap, susceptibility, diagnostics } = at(load, 0);
    const numbers = new Float64Array(3 * count);
    fillNormal(randomStream(3), numbers);
    const squares = Array.from({ length: count }, (_, i) => {
      const [u, z, noise] = numbers.subarray(3 * i);
      const omega = gamma * (overlap * u + Math.sqrt(1 - overlap ** 2) * z);
      const t = Math.max(u, 0) + 0.5 * noise;
      const slope = (step(omega + shift, t, susceptibility) - step(omega, t, susceptibility)) / shift - 1;
      return Math.abs(slope) > 2 ? 0 : load * slope * slope; // a jump
    });
    const { mean, standardError } = estimate(squares);
    expect(Math.abs(mean - diagnostics.replicon)).toBeLessThan(3 * standardError);
  });

  it('is not judged where averages are not known', () => {
    const diagnostics = { residual: 0, iterations: 0, jumpDensity: 0, replicon: 0.5 };
    expect(trustWarning({ ...diagnostics, quadratureError: 1e-7 })).toMatch(/relative 1\.0e-7/);
    expect(trustWarning({ ...diagnostics, quadratureError: NaN })).toMatch(/relative NaN/);
  });
});
