import { solveOde } from '../../lib/ode/solve-ode.js';
import type { OdeProblem } from '../../lib/ode/problem.js';
import type { OdeMethod } from '../../lib/ode/method.js';
import type { RunOptions } from '../../lib/ode/run.js';
import { methods } from '../support/methods.js';

function optionsFor(
  method: OdeMethod,
  dimension: number,
  relative: number,
  more: Partial<RunOptions> = {},
): RunOptions {
  return {
    method,
    tolerances: {
      relative: Array<number>(dimension).fill(relative),
      absolute: Array<number>(dimension).fill(relative),
    },
    maxSteps: 10_000,
    times: undefined,
    events: [],
    stationaryTolerance: undefined,
    outOfBounds: () => undefined,
    ...more,
  };
}

/** y″ = −y from (1, 0): cos t and −sin t. */
const oscillator: OdeProblem = {
  derivative: (_t, y, out) => {
    out[0] = y[1]!;
    out[1] = -y[0];
  },
  initial: Float64Array.of(1, 0),
  from: 0,
  until: 20,
};

describe.each(methods)('%s', (name, make) => {
  const options = (dimension: number, relative: number, more: Partial<RunOptions> = {}): RunOptions =>
    optionsFor(make(), dimension, relative, more);

  it.each([1e-4, 1e-8, 1e-12])(
    'keeps the error of a solved problem within a hundred tolerances at %p',
    (tolerance) => {
      const solution = solveOde(oscillator, options(2, tolerance));
      const end = solution.at(20);
      expect(Math.hypot(end[0] - Math.cos(20), end[1] + Math.sin(20))).toBeLessThan(100 * tolerance);
    },
  );

  it('answers between its steps as well as at their ends', () => {
    const times = Array.from({ length: 200 }, (_, i) => i / 10);
    const solution = solveOde(oscillator, options(2, 1e-10, { times }));
    const errors = solution.points.map(({ time, state }) => Math.abs(state[0] - Math.cos(time)));
    // The same hundred tolerances.
    expect(Math.max(...errors)).toBeLessThan(1e-8);
  });

  it('counts every evaluation, and few of them', () => {
    let calls = 0;
    const counted: OdeProblem = {
      ...oscillator,
      derivative: (t, y, out) => {
        calls++;
        oscillator.derivative(t, y, out);
      },
    };
    const asked = solveOde(counted, options(2, 1e-10, { times: [0.5, 3, 19] }));
    expect(asked.statistics.evaluations).toBe(calls);
    calls = 0;
    const { statistics } = solveOde(counted, options(2, 1e-10));
    expect(statistics.evaluations).toBe(calls);
    // An explicit method of order 8 or more needs about 50 evaluations per unit of time here, an implicit one twice as
    // many; a step-size failure needs thousands.
    expect(calls).toBeLessThan(name === 'implicit-extrapolation' ? 3000 : 1500);
  });

  it('treats components by their own tolerances', () => {
    // A second component of size 1e-12 that decays: resolved only with a small absolute tolerance of its own.
    const pair: OdeProblem = {
      derivative: (_t, y, out) => {
        out[0] = -y[0];
        out[1] = -3 * y[1];
      },
      initial: Float64Array.of(1, 1e-12),
      from: 0,
      until: 5,
    };
    const tolerances = { relative: [1e-9, 1e-9], absolute: [1e-12, 1e-30] };
    const end = solveOde(pair, options(2, 1, { tolerances })).at(5);
    expect(end[1] / (1e-12 * Math.exp(-15))).toBeCloseTo(1, 7);
  });
});

describe.each(methods)('%s, where the right-hand side is not finite', (_, make) => {
  const options = (dimension: number, relative: number): RunOptions =>
    optionsFor(make(), dimension, relative);

  it('ends y′ = y² near its pole as diverged, not in a hang', () => {
    const pole: OdeProblem = {
      derivative: (_t, y, out) => {
        out[0] = y[0] * y[0];
      },
      initial: Float64Array.of(1),
      from: 0,
      until: 2,
    };
    const solution = solveOde(pole, options(1, 1e-8));
    expect(solution.outcome).toBe('diverged');
    expect(solution.end).toBeGreaterThan(0.999);
    // The pole of the numerical solution is as far off as its tolerance.
    expect(solution.end).toBeLessThan(1 + 1e-7);
  });

  it('steps around a right-hand side that is only defined nearby', () => {
    // √y is NaN for y < 0, where a long trial step may look; the solution (1 − t/2)² stays positive until t = 1.9.
    const root: OdeProblem = {
      derivative: (_t, y, out) => {
        out[0] = -Math.sqrt(y[0]);
      },
      initial: Float64Array.of(1),
      from: 0,
      until: 1.9,
    };
    const solution = solveOde(root, options(1, 1e-9));
    expect(solution.outcome).toBe('reached-end');
    expect(solution.at(1.9)[0] / 0.05 ** 2).toBeCloseTo(1, 5);
  });

  it('ends as diverged where the right-hand side is NaN from the start', () => {
    const never: OdeProblem = { ...oscillator, derivative: (_t, _y, out) => void out.fill(NaN) };
    const solution = solveOde(never, options(2, 1e-8));
    expect(solution.outcome).toBe('diverged');
    expect(solution.end).toBe(0);
  });

  it('ends as diverged, keeping the part before, where the right-hand side becomes infinite at a time', () => {
    const wall: OdeProblem = {
      ...oscillator,
      derivative: (t, y, out) => {
        oscillator.derivative(t, y, out);
        if (t > 3) out[0] = Infinity;
      },
    };
    const solution = solveOde(wall, options(2, 1e-8));
    expect(solution.outcome).toBe('diverged');
    expect(solution.end).toBeGreaterThan(2.9);
    expect(solution.at(2)[0]).toBeCloseTo(Math.cos(2), 6);
  });
});
