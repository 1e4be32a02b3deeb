import { leakyRelu, relu } from '../../lib/gaussian/homogeneous.js';
import { generalizationCurve } from '../../lib/generalization/curve.js';
import { saddlePoint } from '../../lib/generalization/saddle-point.js';

describe('a learning curve', () => {
  const loads = [0.2, 0.5, 1, 1.5, 2, 3, 5, 10];

  it.each([0, 0.01, 0.25])(
    'of a rectifier is one branch, the same from both ends (decay %s)',
    (gammaDecay) => {
      const problem = { activation: relu, gammaDecay, noiseVariance: 0.05 };
      const curve = generalizationCurve({ ...problem, loads });
      expect(curve.points.map(({ lowest, coexisting }) => [lowest, coexisting])).toEqual(
        loads.map(() => ['upward', false]),
      );
      curve.upward.forEach((point, i) => {
        const alone = saddlePoint({ ...problem, load: loads[i] });
        expect([point.outcome, point.load]).toEqual(['converged', loads[i]]);
        expect(point.generalizationError).toBeCloseTo(alone.generalizationError, 11);
        expect(curve.downward[i].generalizationError).toBeCloseTo(alone.generalizationError, 11);
      });
    },
  );

  it('follows the student through the recovery of its teacher', () => {
    const curve = generalizationCurve({ activation: relu, gammaDecay: 0, loads: [1, 1.9, 2.1, 3] });
    expect(curve.upward.map((point) => point.overlap === 1)).toEqual([false, false, true, true]);
    expect(curve.downward[1].generalizationError).toBeCloseTo(curve.upward[1].generalizationError, 11);
  });

  it('keeps apart a student that cannot tell the sign of its field and one that has found the teacher', () => {
    const curve = generalizationCurve({ activation: leakyRelu(-1), gammaDecay: 0.2, loads: [1, 2] });
    expect(curve.points.map((point) => [point.coexisting, point.lowest])).toEqual([
      [false, 'upward'],
      [true, 'downward'],
    ]);
    expect(Math.abs(curve.upward[1].overlap)).toBeLessThan(1e-6);
    expect(curve.downward[1].overlap).toBeGreaterThan(0.95);
    expect(curve.downward[1].objective).toBeLessThan(curve.upward[1].objective);
  });

  it('refuses loads that do not increase from above zero', () => {
    expect(() => generalizationCurve({ activation: relu, gammaDecay: 1, loads: [2, 1] })).toThrow(
      /`loads\[1\]`/,
    );
    expect(() => generalizationCurve({ activation: relu, gammaDecay: 1, loads: [0, 1] })).toThrow(
      /`loads\[0\]`/,
    );
  });
});
