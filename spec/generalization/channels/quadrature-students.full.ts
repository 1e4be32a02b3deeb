import { softplus } from '../../../lib/gaussian/activations/softplus.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { generalizationCurve } from '../../../lib/generalization/saddle/curve.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import {
  errorOf,
  expectSame,
  nearTo,
  ownRectifier,
  problemOf,
  saddleTable,
  startNear,
} from '../../support/saddle-points.js';

describe('students by quadrature', () => {
  const cases = saddleTable.cases.filter((entry) => entry.activation === 'erf');

  it.each(cases.map((entry) => [entry.teacherActivation, entry.load, entry.noiseVariance, entry] as const))(
    'of the erf unit and a teacher of the %s unit have the saddle point at load %s, noise %s',
    (_teacher, _load, _noise, entry) => {
      for (const start of [undefined, startNear(entry)]) {
        const point = saddlePoint(problemOf(entry), start);
        expect(point.diagnostics.quadratureError).toBeLessThan(1e-9);
        expect(errorOf(point, entry)).toBeLessThan(1e-9); // what quadrature claims
      }
    },
  );

  it.each([0, 1e-4, 0.05])('agree with the closed forms of ReLU (S = %s)', (noiseVariance) => {
    const problem = { load: 2, gammaDecay: 0.25, noiseVariance };
    const exact = saddlePoint({ ...problem, activation: relu });
    expectSame(saddlePoint({ ...problem, activation: ownRectifier }, nearTo(exact)), exact);
  });

  it('agree with the limit of no decay of ReLU above its threshold', () => {
    const problem = { load: 1.5, gammaDecay: 0, noiseVariance: 0.05 };
    const exact = saddlePoint({ ...problem, activation: relu });
    expectSame(saddlePoint({ ...problem, activation: ownRectifier }), exact);
  });
});

describe('the limit of no decay', () => {
  it.each([
    ['erf', erf],
    ['softplus', softplus],
  ])('is what decay tends to where V is finite (%s)', (_, activation) => {
    const problem = { activation, load: 2.5, noiseVariance: 0.05 };
    const limit = saddlePoint({ ...problem, gammaDecay: 0 });
    const [far, near] = [1e-4, 1e-5].map(
      (gammaDecay) => saddlePoint({ ...problem, gammaDecay }, limit).gamma - limit.gamma,
    );
    // The next order of the approach changes the ratio by some ζV.
    expect(Math.abs(far / near / 10 - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['softplus', softplus, 1.1],
    ['a rectifier of ones own, below its threshold of 1.184', ownRectifier, 1.1],
  ])('is refused where V is found to diverge (%s)', (_, activation, load) => {
    const problem = { activation, load, gammaDecay: 0, noiseVariance: 0.05 };
    expect(() => saddlePoint(problem)).toThrow(/^`gammaDecay` must be > 0 for .* V grows to .*; got 0$/);
  });
});

describe('a learning curve', () => {
  it('splits in two where a student that cannot tell the sign of its field may find the teacher', () => {
    const curve = generalizationCurve({ activation: leakyRelu(-1), gammaDecay: 0.2, loads: [1, 2] });
    expect(curve.points.map((point) => [point.coexisting, point.lowest])).toEqual([
      [false, 'upward'],
      [true, 'downward'],
    ]);
    expect(Math.abs(curve.upward[1].overlap)).toBeLessThan(1e-6);
    expect(curve.downward[1].overlap).toBeGreaterThan(0.95);
    expect(curve.downward[1].objective).toBeLessThan(curve.upward[1].objective);
  });
});
