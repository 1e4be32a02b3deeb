import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import type { Activation } from '../../../lib/gaussian/activation.js';
import { generalizationCurve } from '../../../lib/generalization/saddle/curve.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { type SaddlePoint } from '../../../lib/generalization/saddle/saddle-types.js';
import { gaussLegendre } from '../../../lib/numerics/gauss-legendre.js';
import { relativeError } from '../../support/reference.js';

const at = (activation: Activation, load: number, noiseVariance: number, gammaDecay = 0): SaddlePoint =>
  saddlePoint({ activation, load, gammaDecay, noiseVariance });

describe('the limit of no decay', () => {
  it.each([0.3, 0.9, 1.1, 3])('is the minimum-norm solution of linear regression at load %s', (load) => {
    const noise = 0.25;
    const point = at(identity, load, noise);
    const error = load < 1 ? 1 - load + (load * noise) / (1 - load) : noise / (load - 1);
    // 1e-11: the root is known to 1e-10 and better.
    expect(relativeError(point.generalizationError, error)).toBeLessThan(1e-11);
    expect(point.susceptibility).toBe(load < 1 ? Infinity : point.susceptibility);
    expect(
      relativeError(point.susceptibility, load < 1 ? point.susceptibility : 1 / (load - 1)) || 0,
    ).toBeLessThan(1e-11);
  });

  it.each([
    // Where V is infinite a rectifier gives up labels below |ω|/√V to reach the rest: the limit is approached like √ζ.
    ['relu', relu, 0.5, 0, Math.sqrt(10)],
    ['relu', relu, 1.5, 0, Math.sqrt(10)],
    ['relu', relu, 0.8, 0.05, Math.sqrt(10)],
    ['relu', relu, 3, 0.05, 10],
    ['leaky ReLU', leakyRelu(0.2), 0.6, 0.05, 10],
    ['leaky ReLU', leakyRelu(0.2), 2, 0.05, 10],
  ] as const)('is what decay tends to (%s, load %s, noise %s)', (_, activation, load, noise, ratio) => {
    const limit = at(activation, load, noise);
    const [far, near] = [1e-6, 1e-7].map((decay) => at(activation, load, noise, decay).gamma - limit.gamma);
    // The next order of the approach, ζ, changes the ratio by some √ζ.
    expect(Math.abs(far / near / ratio - 1)).toBeLessThan(0.05);
  });

  it('finds the teacher where the samples tell all of it', () => {
    const point = at(relu, 5, 0);
    expect([point.gamma, point.overlap, point.generalizationError]).toEqual([1, 1, 0]);
    // V̂ = α/2(1 + V) and V = 1/V̂, half of the samples having an active unit.
    expect(point.susceptibility).toBeCloseTo(2 / (5 - 2), 12);
    expect(at(relu, 2, 0).susceptibility).toBe(Infinity);
    expect(at(erf, 1.5, 0).generalizationError).toBe(0);
  });

  it('has V of the shares that samples take there, αE[g′²/(1/V + g′²)] = 1, and their squares as replicon', () => {
    const [load, teacherLength] = [1.5, 1.3];
    const { susceptibility, diagnostics } = saddlePoint({
      ...{ activation: erf, load, teacherLength, gammaDecay: 0, noiseVariance: 0 },
    });
    const { nodes, weights } = gaussLegendre(400);
    let [shares, squares] = [0, 0];
    nodes.forEach((node, k) => {
      const u = 9 * node;
      const power = (2 / Math.PI) * Math.exp(-((teacherLength * u) ** 2));
      const share = power / (1 / susceptibility + power);
      const weight = (9 * weights[k] * Math.exp((-u * u) / 2)) / Math.sqrt(2 * Math.PI);
      shares += weight * share;
      squares += weight * share * share;
    });
    // The root is known to 1e-13; 400 nodes resolve a share that falls from 1 to 0 within a fraction of a deviation.
    expect(load * shares).toBeCloseTo(1, 12);
    expect(diagnostics.replicon).toBeCloseTo(load * squares, 12);
  });

  it('meets the labels of an invertible unit as a linear one would, below one sample a weight', () => {
    const point = at(erf, 0.4, 0);
    expect(point.overlap).toBeCloseTo(Math.sqrt(0.4), 12);
    expect(point.gamma).toBeCloseTo(Math.sqrt(0.4), 12);
    expect(point.susceptibility).toBe(Infinity);
  });

  it('leaves the negative labels of a rectifier unmet, and meets all others', () => {
    const point = at(relu, 0.8, 0.05);
    expect(point.susceptibility).toBe(Infinity);
    // Labels below zero come from noise: E[min(t, 0)²] = S/4 from u < 0, and from u > 0 the quarter-plane integral
    // E[(u + √S ξ)² 1(u > 0, u + √S ξ < 0)] = ((1 + S) θ − √S)/2π with θ = arctan √S.
    const noise = 0.05;
    const angle = Math.atan(Math.sqrt(noise));
    const unmet = noise / 4 + ((1 + noise) * angle - Math.sqrt(noise)) / (2 * Math.PI);
    expect(point.trainingError).toBeCloseTo(unmet, 13);
  });

  it('does not converge at the threshold itself, where the error of a linear student is infinite', () => {
    const point = at(identity, 1, 0.25);
    expect(point.outcome).toBe('not-converged');
    expect(point.generalizationError).toBeNaN();
    expect(point.warning).toMatch(/no saddle point/);
  });

  it('is refused at once for a student by quadrature where V cannot be finite', () => {
    const problem = { activation: erf, gammaDecay: 0, noiseVariance: 0.05 };
    const message =
      /^`gammaDecay` must be > 0 for erf at load 0.5, where without decay V is infinite; got 0$/;
    expect(() => saddlePoint({ ...problem, load: 0.5 })).toThrow(message);
    expect(() => generalizationCurve({ ...problem, loads: [0.5, 2] })).toThrow(message);
    expect(() => saddlePoint({ ...problem, load: 1, teacherActivation: relu })).toThrow(/infinite/);
  });
});
