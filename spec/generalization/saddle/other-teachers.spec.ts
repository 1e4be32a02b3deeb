import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { homogeneousUnit } from '../../../lib/gaussian/homogeneous.js';
import { interpolationThreshold } from '../../../lib/generalization/saddle/interpolation-threshold.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { type SaddlePoint } from '../../../lib/generalization/saddle/saddle-types.js';
import { estimate } from '../../../lib/numerics/statistics.js';
import { byQuadrature } from '../../support/by-quadrature.js';
import { rectifierOfLinearTeacher } from '../../support/rectifier-of-linear-teacher.js';
import { relativeError } from '../../support/reference.js';

const at = (load: number, noiseVariance: number, gammaDecay = 0): SaddlePoint =>
  saddlePoint({ activation: relu, teacherActivation: identity, load, gammaDecay, noiseVariance });

describe('a rectifier that learns from a linear teacher without decay', () => {
  it('has the published check values, and its peak at the threshold', () => {
    // Computed apart from this package, to the digits given.
    expect(at(0.5, 0.25).generalizationError).toBeCloseTo(0.89318, 5);
    expect(at(1.3, 0.25).generalizationError).toBeCloseTo(1.00881, 5);
    const threshold = interpolationThreshold(relu, 0.25, identity);
    expect(threshold).toBeCloseTo(1.46491, 5);
    expect(at(threshold, 0.25).generalizationError).toBeCloseTo(3.455, 3);
    for (const distance of [-0.01, 0.01])
      expect(at(threshold * (1 + distance), 0.25).generalizationError).toBeLessThan(3.455);
  });

  it('meets all positive labels, and the others as far as it can', () => {
    const point = at(0.8, 0.25);
    expect(point.susceptibility).toBe(Infinity);
    expect(point.diagnostics.jumpDensity).toBe(0);
    expect(point.warning).toBeUndefined();
    // Half of the labels are negative, of variance 1 + S.
    expect(point.trainingError).toBeCloseTo(1.25 / 2, 13);
  });

  it.each([
    [0.8, Math.sqrt(10)],
    [3, 10],
  ])('is what decay tends to at load %s', (load, ratio) => {
    const limit = at(load, 0.25).gamma;
    const [far, near] = [1e-6, 1e-7].map((decay) => at(load, 0.25, decay).gamma - limit);
    // Like √ζ below the threshold and like ζ above; the next order changes the ratio by some √ζ.
    expect(Math.abs(far / near / ratio - 1)).toBeLessThan(0.05);
  });

  it('cannot tell it from a rectifier where there is no noise', () => {
    const [below, above] = [at(1, 0), at(5, 0)];
    const own = saddlePoint({ activation: relu, load: 1, gammaDecay: 0 });
    // The same constraints: all positive labels are met, where labels are negative or zero h ≤ 0. Both to 1e-10.
    expect(relativeError(below.gamma, own.gamma)).toBeLessThan(1e-9);
    expect(relativeError(below.overlap, own.overlap)).toBeLessThan(1e-9);
    expect([above.gamma, above.overlap, above.generalizationError]).toEqual([1, 1, 0.5]);
    expect(above.susceptibility).toBeCloseTo(2 / 3, 12);
    expect(interpolationThreshold(relu, 0, identity)).toBe(2);
    // And with little noise the threshold comes close to that, unlike that of labels of a rectifier.
    expect(interpolationThreshold(relu, 1e-8, identity)).toBeGreaterThan(1.99);
  });

  it('learns from a teacher that is turned round as from one that is not', () => {
    const task = { activation: relu, load: 3, gammaDecay: 0 };
    const turned = saddlePoint({ ...task, teacherActivation: homogeneousUnit('turned', [-2, -2]) });
    const straight = saddlePoint({ ...task, teacherActivation: identity, teacherLength: 2 });
    // Above the threshold of 2 both are known, to rounding.
    expect(relativeError(turned.generalizationError, straight.generalizationError)).toBeLessThan(1e-12);
    expect(turned.overlap).toBeCloseTo(-straight.overlap, 14);
    expect(relativeError(turned.gamma, straight.gamma)).toBeLessThan(1e-12);
  });

  it('is the solution of a quadratic program on finite samples', () => {
    const runs = Array.from({ length: 24 }, (_, k) => rectifierOfLinearTeacher(60, 0.7, 0.25, 5, k));
    for (const { inputs, labels, weights, forces } of runs) {
      labels.forEach((t, i) => {
        const h = inputs[i].reduce((sum, x, k) => sum + x * weights[k], 0);
        // The conditions of the minimum, to the rounding of solutions of some 40 equations.
        if (t > 0) expect(Math.abs(h - t)).toBeLessThan(1e-10);
        else
          expect([h < 1e-10, forces[i] <= 0, forces[i] === 0 || Math.abs(h) < 1e-10]).toEqual([
            true,
            true,
            true,
          ]);
      });
    }
    const theory = at(0.7, 0.25);
    for (const name of ['generalizationError', 'gamma', 'trainingError'] as const) {
      const { mean, standardError } = estimate(runs.map((run) => run[name]));
      // 3 standard errors; the bias of order 1/N is below one, as seen at N = 60 … 300.
      expect(Math.abs(mean - theory[name])).toBeLessThan(3 * standardError);
    }
  });
});

describe('teachers of other kinds without decay', () => {
  it('leave an invertible student a linear problem below one sample a weight', () => {
    // A leaky student meets h = g⁻¹(t): the shortest has μ = αE[hu], σ² = α(E[h²] − α(2 − α)E[hu]²)/(1 − α).
    const [load, below] = [0.6, 0.5];
    const point = saddlePoint({
      activation: leakyRelu(below),
      teacherActivation: identity,
      load,
      gammaDecay: 0,
    });
    const [along, square] = [(1 + 1 / below) / 2, (1 + below ** -2) / 2];
    const mu = load * along;
    const spread = (load * (square - load * (2 - load) * along * along)) / (1 - load);
    expect(point.gamma * point.overlap).toBeCloseTo(mu, 9);
    expect(relativeError(point.gamma ** 2, mu * mu + spread)).toBeLessThan(1e-9);
    expect(point.trainingError).toBeLessThan(1e-20);
  });

  it.each([
    ['identity', identity, identity, 0.25],
    ['a leaky unit of a linear teacher', leakyRelu(0.5), identity, 0.25],
    ['a leaky unit of a rectifier, without noise', leakyRelu(0.5), relu, 0],
  ] as const)('do so whatever the student, if it reaches all labels: %s', (_, unit, teacher, noise) => {
    const problem = { teacherActivation: teacher, load: 0.6, gammaDecay: 0, noiseVariance: noise };
    const exact = saddlePoint({ ...problem, activation: unit });
    const point = saddlePoint({ ...problem, activation: byQuadrature(unit) });
    // The search is good to 1e-10, quadrature to 1e-11.
    expect(relativeError(point.gamma, exact.gamma)).toBeLessThan(2e-10);
    expect(relativeError(point.overlap, exact.overlap)).toBeLessThan(2e-10);
    expect(relativeError(point.generalizationError, exact.generalizationError)).toBeLessThan(1e-9);
    expect([point.susceptibility, point.trainingError]).toEqual([Infinity, 0]);
  });

  it('are refused where a student that saturates has labels out of its reach', () => {
    const problem = { activation: erf, gammaDecay: 0, load: 0.5 };
    expect(() => saddlePoint({ ...problem, teacherActivation: identity })).toThrow(
      /^`gammaDecay` must be > 0 for erf at load 0.5, where without decay V is infinite; got 0$/,
    );
  });
});
