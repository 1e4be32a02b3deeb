import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { byQuadrature } from '../../support/by-quadrature.js';
import { relativeError } from '../../support/reference.js';
import {
  errorOf,
  expectSame,
  nearTo,
  ownRectifier,
  problemOf,
  saddleTable as table,
  startNear,
} from '../../support/saddle-points.js';

describe('a ReLU student', () => {
  const cases = table.cases.filter(
    (entry) => entry.activation === 'relu' && entry.teacherActivation === 'relu',
  );

  it.each(cases.map((entry) => [entry.load, entry.gammaDecay, entry.noiseVariance, entry] as const))(
    'has the saddle point of brute-force quadrature at load %s, decay %s, noise %s',
    (_load, _decay, _noise, entry) => {
      const point = saddlePoint(problemOf(entry));
      expect(point.outcome).toBe('converged');
      // The root is known to 1e-10 by the solver's claim and the table to its own error, at most 1e-13.
      expect(entry.error).toBeLessThan(1e-13);
      expect(errorOf(point, entry)).toBeLessThan(1e-11);
    },
  );

  it('has enough of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(11);
  });

  it('has the published check values', () => {
    const at = (load: number, gammaDecay: number): number =>
      saddlePoint({ activation: relu, load, gammaDecay, noiseVariance: 0.05 }).generalizationError;
    expect(at(2, 0.25)).toBeCloseTo(0.172942041, 9);
    expect(at(4, 0.125)).toBeCloseTo(0.065142485, 9);
  });

  it('depends on noise and length only through S/T²', () => {
    const noisy = { activation: relu, load: 2, gammaDecay: 0.1 };
    const unit = saddlePoint({ ...noisy, noiseVariance: 0.1 });
    const scaled = saddlePoint({ ...noisy, noiseVariance: 0.9, teacherLength: 3 });
    expect(scaled.overlap).toBeCloseTo(unit.overlap, 12);
    expect(scaled.generalizationError).toBeCloseTo(9 * unit.generalizationError, 11);
  });

  it('is a matter of units however short or long the teacher', () => {
    const problem = { activation: relu, load: 2, gammaDecay: 0.1, noiseVariance: 0 };
    const unit = saddlePoint(problem);
    for (const teacherLength of [1e-140, 1e-20, 1e20, 1e140]) {
      const point = saddlePoint({ ...problem, teacherLength });
      // The solver's claim is 1e-10 of the order parameters.
      expect(relativeError(point.gamma / teacherLength, unit.gamma)).toBeLessThan(1e-10);
      expect(Math.abs(point.overlap - unit.overlap)).toBeLessThan(1e-10);
    }
  });

  it('shrinks like 1/ζ under a strong decay, like √α at small loads, without an end', () => {
    const problem = { activation: relu, load: 2, noiseVariance: 0.1 };
    const strong = [1e12, 1e40, 1e120].map((gammaDecay) => saddlePoint({ ...problem, gammaDecay }));
    const small = [1e-12, 1e-40, 1e-120].map((load) => saddlePoint({ ...problem, load, gammaDecay: 0.1 }));
    // Corrections to both laws are about 1e-12 here; the solver claims 1e-10.
    [1e12, 1e40, 1e120].forEach((scale, i) => {
      expect(relativeError(strong[i].gamma * scale, strong[0].gamma * 1e12)).toBeLessThan(1e-9);
      expect(Math.abs(strong[i].overlap - strong[0].overlap)).toBeLessThan(1e-9);
      expect(relativeError(small[i].gamma * Math.sqrt(scale), small[0].gamma * 1e6)).toBeLessThan(1e-9);
    });
  });

  it('is reached from both starts alike, and warns that its loss is not convex', () => {
    const problem = { activation: relu, load: 1, gammaDecay: 0.5 };
    const near = saddlePoint(problem, { gamma: 1, overlap: 1 });
    const far = saddlePoint(problem, { gamma: 0.2, overlap: -0.3, susceptibility: 1 });
    expect(far.gamma).toBeCloseTo(near.gamma, 12);
    expect(near.diagnostics.jumpDensity).toBeGreaterThan(0.1);
    expect(near.warning).toMatch(/^replica symmetry is an approximation/);
  });
});

describe('students by quadrature', () => {
  // The others are among the slow checks.
  const cases = table.cases.filter((entry) => entry.activation === 'erf' && [2, 3].includes(entry.load));

  it.each(cases.map((entry) => [entry.teacherActivation, entry.load, entry.noiseVariance, entry] as const))(
    'of the erf unit and a teacher of the %s unit have the saddle point at load %s, noise %s',
    (_teacher, _load, _noise, entry) => {
      const point = saddlePoint(problemOf(entry), startNear(entry));
      expect(point.outcome).toBe('converged');
      expect(point.diagnostics.quadratureError).toBeLessThan(1e-9);
      expect(errorOf(point, entry)).toBeLessThan(1e-9); // what quadrature claims
    },
  );

  it('agree with the closed forms of ReLU', () => {
    const noisy = { load: 2, gammaDecay: 0.25, noiseVariance: 0.05 };
    const exact = saddlePoint({ ...noisy, activation: relu });
    expectSame(saddlePoint({ ...noisy, activation: ownRectifier }, nearTo(exact)), exact);
  });
});

describe('a linear student', () => {
  const line = byQuadrature(identity);

  /**
   * λV² + (λ + α − 1)V − 1 = 0 and what follows from V, for T = 1
   * (docs/theory/generalization.md#any-activation-the-free-energy).
   */
  function ridge(load: number, decay: number, noise: number): { v: number; m: number; q: number } {
    const lambda = load * decay;
    const b = lambda + load - 1;
    const v = 2 / (b + Math.sqrt(b * b + 4 * lambda));
    const c = (load * v * v) / (1 + v) ** 2;
    const m = (load * v) / (1 + v);
    return { v, m, q: (c * (1 - 2 * m + noise) + m * m) / (1 - c) };
  }

  it.each([
    ['identity', identity, 0.5, 0.3, 0.1, 1e-11],
    ['identity', identity, 1, 0.01, 0.25, 1e-11],
    ['identity', identity, 4, 2, 0, 1e-11],
    ['by quadrature', line, 3, 0.1, 0.2, 1e-9],
  ] as const)('(%s) is ridge regression', (_, activation, load, decay, noise, bound) => {
    const { v, m, q } = ridge(load, decay, noise);
    const start = {
      gamma: 0.98 * Math.sqrt(q),
      overlap: Math.min(m / Math.sqrt(q), 0.99),
      susceptibility: v,
    };
    const point = saddlePoint({ activation, load, gammaDecay: decay, noiseVariance: noise }, start);
    expect(relativeError(point.susceptibility, v)).toBeLessThan(bound);
    expect(relativeError(point.gamma ** 2, q)).toBeLessThan(bound);
    expect(relativeError(point.gamma * point.overlap, m)).toBeLessThan(bound);
    expect(relativeError(point.generalizationError, 1 - 2 * m + q)).toBeLessThan(bound);
    // ∂F/∂ω = −V/(1 + V); a diagnostic that quadrature knows to 1e-6.
    const replicon = (load * v * v) / (1 + v) ** 2;
    expect(relativeError(point.diagnostics.replicon, replicon)).toBeLessThan(Math.max(bound, 1e-6));
    expect(point.warning).toBeUndefined();
  });

  it('has the value of ridge at its published point', () => {
    const point = saddlePoint({ activation: identity, load: 1, gammaDecay: 0.01, noiseVariance: 0.25 });
    expect(point.generalizationError).toBeCloseTo(1.1796202427, 10);
  });
});

describe('two slopes', () => {
  it('may come in either order, and both signs may turn', () => {
    const problem = { load: 2, gammaDecay: 0.1, noiseVariance: 0.1 };
    const steep = saddlePoint({ ...problem, activation: leakyRelu(3) });
    // leakyRelu(3) is 3 × leakyRelu(1/3) of the field with the other sign: scale labels and noise by 1/3, decay by 1/9.
    const flat = saddlePoint({
      load: 2,
      gammaDecay: 0.1 / 9,
      noiseVariance: 0.1 / 9,
      activation: leakyRelu(1 / 3),
    });
    expect(steep.gamma).toBeCloseTo(flat.gamma, 11);
    expect(steep.overlap).toBeCloseTo(flat.overlap, 11);
    expect(steep.generalizationError).toBeCloseTo(9 * flat.generalizationError, 11);
  });
});

describe('arguments out of their domain', () => {
  const good = { activation: relu, load: 1, gammaDecay: 0.1 };

  it.each([
    [{ ...good, load: 0 }, /`load`/],
    [{ ...good, gammaDecay: -1 }, /`gammaDecay`/],
    [{ ...good, noiseVariance: NaN }, /`noiseVariance`/],
    [{ ...good, teacherLength: 0 }, /`teacherLength`/],
    [{ ...good, activation: 'relu' as never }, /`activation`/],
  ])('are refused by name', (problem, message) => {
    expect(() => saddlePoint(problem)).toThrow(message);
  });

  it.each([
    [{ gamma: 0, overlap: 0 }, /`start.gamma`/],
    [{ gamma: 1, overlap: 2 }, /`start.overlap`/],
    [{ gamma: 1, overlap: 0, susceptibility: 0 }, /`start.susceptibility`/],
  ])('are refused in a start', (start, message) => {
    expect(() => saddlePoint(good, start)).toThrow(message);
  });
});
