import { relu } from '../../../lib/gaussian/activations/relu.js';
import { weightNormalization } from '../../../lib/dynamics/rules/weight-normalization.js';
import { implicitExtrapolation } from '../../../lib/ode/methods/implicit-extrapolation.js';
import { rungeKutta8 } from '../../../lib/ode/methods/runge-kutta-8.js';
import { solve, solveAsync, type SolveOptions } from '../../../lib/trajectory/solve.js';
import type { NormalizedOrderParameter } from '../../../lib/dynamics/normalized-system.js';

/** Weight normalization whose γ learns so many times faster than the weights. */
function problem(ratio: number): SolveOptions<NormalizedOrderParameter> {
  const rule = weightNormalization({
    activation: relu,
    learningRate: 0.5,
    gammaLearningRate: 0.5 * ratio,
    gammaDecay: 0.2,
    noiseVariance: 0.05,
  });
  return { rule, initial: { gamma: 0.5, overlap: 0.1, length: 0.8 }, until: 1000, relativeTolerance: 1e-8 };
}

const BOTH = 'runge-kutta-8, then implicit-extrapolation';

describe('method auto', () => {
  it('is what `solve` takes where none is named, and tells what it used', () => {
    expect(solve({ ...problem(1), until: 50 }).method).toBe('runge-kutta-8');
    expect(solve({ ...problem(100), method: 'auto' }).method).toBe(BOTH);
  });

  it('changes to the implicit method where γ is fast, and saves nine tenths of the evaluations', () => {
    const auto = solve(problem(100));
    const explicit = solve({ ...problem(100), method: rungeKutta8 });
    expect(explicit.outcome).toBe('reached-end');
    expect(auto.statistics.evaluations).toBeLessThan(0.1 * explicit.statistics.evaluations);
    // Both are solutions to 1e-8 per step, of which the explicit one takes thousands while errors die out at once.
    for (const time of [0.05, 1, 30, 1000]) {
      const [a, b] = [auto.at(time), explicit.at(time)];
      for (const name of ['gamma', 'overlap', 'length'] as const)
        expect(Math.abs(a[name] / b[name] - 1)).toBeLessThan(1e-6);
    }
  });

  it('stays with the explicit method where accuracy limits the steps', () => {
    expect(solve({ ...problem(1), relativeTolerance: 1e-12 }).method).toBe('runge-kutta-8');
    expect(solve({ ...problem(1 / 100), relativeTolerance: 1e-12 }).method).toBe('runge-kutta-8');
  });

  it('changes in turns as at one go, and answers asked times on both sides of the change', async () => {
    const times = [0, 0.1, 1, 10, 100, 1000];
    const run = await solveAsync({ ...problem(100), times });
    const reference = solve({
      ...problem(100),
      times,
      relativeTolerance: 1e-12,
      method: implicitExtrapolation,
    });
    expect(run.method).toBe(BOTH);
    // Five steps, some of them long, are resolved by up to a dozen polynomials each: with the explicit method a place inside would
    // cost a thousand evaluations.
    const free = await solveAsync(problem(100));
    expect(run.statistics.evaluations).toBeLessThan(free.statistics.evaluations + 1500);
    run.series('overlap').forEach((value, i) => {
      // 1e-8 per step over some tens of steps.
      expect(Math.abs(value / reference.series('overlap')[i] - 1)).toBeLessThan(1e-6);
    });
  });

  it('counts its steps across the change against the limit', () => {
    const run = solve({ ...problem(100), maxSteps: 40 });
    expect(run.outcome).toBe('step-limit');
    expect(run.method).toBe(BOTH);
    expect(run.statistics.steps).toBe(40);
  });
});
