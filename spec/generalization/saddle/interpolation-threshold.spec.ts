import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { interpolationThreshold } from '../../../lib/generalization/saddle/interpolation-threshold.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';

const susceptibility = (load: number, noiseVariance: number): number =>
  saddlePoint({ activation: relu, load, gammaDecay: 0, noiseVariance }).susceptibility;

describe('the interpolation threshold', () => {
  it.each([0.01, 0.05, 1])('is the load above which V is finite (S = %s)', (noise) => {
    const threshold = interpolationThreshold(relu, noise);
    expect(susceptibility(0.999 * threshold, noise)).toBe(Infinity);
    expect(susceptibility(1.001 * threshold, noise)).not.toBe(Infinity); // nor found, so near to it
    expect(Number.isFinite(susceptibility(1.02 * threshold, noise))).toBe(true);
  });

  it('is 2 for a rectifier without noise, where half of the samples count', () => {
    expect(interpolationThreshold(relu)).toBe(2);
    expect(susceptibility(1.99, 0)).toBe(Infinity);
    expect(Number.isFinite(susceptibility(2.01, 0))).toBe(true);
  });

  it('is 4/3 for labels of noise alone, where the positive ones and half of the others count', () => {
    // The teacher's part of the labels is of relative size 1/√S.
    const [near, far] = [1e6, 1e4].map((noise) => 4 / 3 - interpolationThreshold(relu, noise));
    expect(near).toBeLessThan(1e-3);
    expect(far / near).toBeCloseTo(10, 1);
  });

  it('depends on the slope through S over its square', () => {
    const steep = { ...relu, slopes: [0, -2] as const };
    expect(interpolationThreshold(steep, 0.2)).toBeCloseTo(interpolationThreshold(relu, 0.05), 12);
  });

  it('is one sample a weight for units that meet any label', () => {
    expect(interpolationThreshold(identity, 0.3)).toBe(1);
    expect(interpolationThreshold(leakyRelu(0.2))).toBe(1);
  });

  it('is refused for other units', () => {
    expect(() => interpolationThreshold(erf, 0.1)).toThrow(/`activation`.*erf/);
    expect(() => interpolationThreshold(leakyRelu(-1), 0.1)).toThrow(/`activation`/);
    expect(() => interpolationThreshold(relu, -1)).toThrow(/`noiseVariance`/);
  });
});
