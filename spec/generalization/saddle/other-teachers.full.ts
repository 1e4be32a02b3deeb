import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { saddlePoint } from '../../../lib/generalization/saddle/saddle-point.js';
import { estimate } from '../../../lib/numerics/statistics.js';
import { rectifierOfLinearTeacher } from '../../support/rectifier-of-linear-teacher.js';
import { relativeError } from '../../support/reference.js';

describe('the quadratic program of a rectifier and a noisy linear teacher, N = 300', () => {
  it.each([
    [0.5, 64],
    [1.3, 128],
  ])('has the error of replica symmetry at load %s', (load, count) => {
    const theory = saddlePoint({
      ...{ activation: relu, teacherActivation: identity },
      ...{ load, gammaDecay: 0, noiseVariance: 0.25 },
    });
    const runs = Array.from({ length: count }, (_, k) => rectifierOfLinearTeacher(300, load, 0.25, 7, k));
    for (const name of ['generalizationError', 'gamma'] as const) {
      const { mean, standardError } = estimate(runs.map((run) => run[name]));
      // Three standard errors; the bias of order 1/N is smaller.
      expect(Math.abs(mean - theory[name])).toBeLessThan(3 * standardError);
    }
    // The reported closed form 1 − α/4 + αS/(2(2 − α)) is many standard errors away.
    const { mean, standardError } = estimate(runs.map((run) => run.generalizationError));
    const reported = 1 - load / 4 + (load * 0.25) / (2 * (2 - load));
    expect(Math.abs(mean - reported)).toBeGreaterThan(3 * standardError);
  });
});

describe('teachers of any activation, a rectifier without decay', () => {
  it('leave a limit V → ∞ below the threshold that decay tends to', () => {
    const problem = { activation: relu, teacherActivation: erf, noiseVariance: 0.25 };
    const limit = saddlePoint({ ...problem, load: 0.5, gammaDecay: 0 }, { gamma: 0.4, overlap: 0.4 });
    expect(limit.outcome).toBe('converged');
    expect(limit.susceptibility).toBe(Infinity);
    const near = saddlePoint({ ...problem, load: 0.5, gammaDecay: 1e-6 }, limit);
    expect(relativeError(near.gamma, limit.gamma)).toBeLessThan(2e-3); // √ζ
  });
});
