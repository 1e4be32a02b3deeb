import { relu } from '../../../lib/gaussian/activations/relu.js';
import {
  compareBranches,
  generalizationCurve,
  generalizationCurveAsync,
} from '../../../lib/generalization/saddle/curve.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { type SaddlePoint } from '../../../lib/generalization/saddle/saddle-types.js';

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

  it('solved in turns is the same, tells how much is done, and leaves off between two points', async () => {
    const problem = { activation: relu, gammaDecay: 0.25, loads: [1, 2] };
    const fractions: number[] = [];
    const curve = await generalizationCurveAsync(problem, {
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(curve).toEqual(generalizationCurve(problem));
    expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
    const controller = new AbortController();
    const reached: number[] = [];
    const aborted = await generalizationCurveAsync(problem, {
      signal: controller.signal,
      onProgress: (fraction) => {
        reached.push(fraction);
        controller.abort();
      },
    });
    expect(aborted).toMatchObject({
      outcome: 'aborted',
      upward: [curve.upward[0]],
      downward: [],
      points: [],
    });
    expect(reached).toEqual([0.25]);
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

describe('two branches', () => {
  const point = (change: Partial<SaddlePoint>): SaddlePoint => ({
    ...saddlePoint({ activation: relu, load: 2, gammaDecay: 0.1 }),
    ...change,
  });
  const one = point({ gamma: 0.8, overlap: 0.9, objective: 0.3 });
  const compared = (up: SaddlePoint, down: SaddlePoint): unknown[] => {
    const { load, lowest, coexisting } = compareBranches(2, up, down);
    return [load, lowest, coexisting];
  };

  it('coexist where γR or γ√(1 − R²) differs, and the one of lower objective is the lowest', () => {
    const turned = point({ gamma: 0.8, overlap: -0.9, objective: 0.2 });
    const wider = point({ gamma: 0.9, overlap: 0.8, objective: 0.4 }); // γR = 0.72 as well
    expect(compared(one, turned)).toEqual([2, 'downward', true]);
    expect(compared(turned, one)).toEqual([2, 'upward', true]);
    expect(compared(one, wider)).toEqual([2, 'upward', true]);
    expect(compared(wider, one)).toEqual([2, 'downward', true]);
    expect(compared(one, point({ gamma: 0.8 + 1e-5, overlap: 0.9 }))[2]).toBe(true);
  });

  it('are one where they agree but for rounding', () => {
    const close = point({ gamma: 0.8 + 1e-9, overlap: 0.9, objective: 0.3 - 1e-9 });
    expect(compared(one, close)).toEqual([2, 'upward', false]);
  });

  it('leave the one that converged', () => {
    const lost = point({ outcome: 'not-converged', objective: NaN });
    expect(compared(one, lost)).toEqual([2, 'upward', false]);
    expect(compared(lost, one)).toEqual([2, 'downward', false]);
    expect(compared(lost, lost)).toEqual([2, 'none', false]);
  });
});
