import { COUNT, NODES, WEIGHTS } from '../../lib/ode/steps/lobatto.js';
import type { Interpolant } from '../../lib/ode/method.js';
import type { OdeProblem } from '../../lib/ode/problem.js';
import { solveProblem, type GivenProblem } from '../../lib/ode/solve-problem.js';
import { allMethods } from '../support/methods.js';

interface Solved {
  readonly problem: GivenProblem;
  readonly exact: (time: number) => number[];
}

/** Problems with their solutions: oscillation, growth over four decades, a slope that depends on time. */
const solved: Record<string, Solved> = {
  'an oscillator': {
    problem: {
      derivative: (_t, y, out) => {
        out[0] = y[1]!;
        out[1] = -y[0];
      },
      initial: [1, 0],
      from: 0,
      until: 20,
    },
    exact: (t) => [Math.cos(t), -Math.sin(t)],
  },
  'logistic growth': {
    problem: {
      derivative: (_t, y, out) => {
        out[0] = y[0] * (1 - y[0]);
      },
      initial: [1e-4],
      from: 0,
      until: 20,
    },
    exact: (t) => [1 / (1 + 9999 * Math.exp(-t))],
  },
  'a forced decay': {
    problem: {
      derivative: (t, y, out) => {
        out[0] = -50 * (y[0] - Math.cos(t)) - Math.sin(t);
      },
      initial: [1],
      from: 0,
      until: 10,
    },
    exact: (t) => [Math.cos(t)],
  },
};

describe("Lobatto's rule of the insides", () => {
  it.each([0, 1, 5, 8, 13])('integrates x^%p over the step exactly, and not x^14', (power) => {
    const last = COUNT * (COUNT - 1);
    const rule = (p: number): number => NODES.reduce((sum, x, k) => sum + WEIGHTS[last + k] * x ** p, 0);
    const exact = (1 - (-1) ** (power + 1)) / (power + 1);
    // Eight weights below 0.42 with roundings of 1e-16.
    expect(Math.abs(rule(power) - exact)).toBeLessThan(2e-15);
    expect(Math.abs(rule(14) - 2 / 15)).toBeGreaterThan(1e-6);
  });

  it('integrates up to each node what has degree 7', () => {
    NODES.forEach((x, j) => {
      const rule = NODES.reduce((sum, node, k) => sum + WEIGHTS[COUNT * j + k] * node ** 7, 0);
      expect(Math.abs(rule - (x ** 8 - 1) / 8)).toBeLessThan(2e-15);
    });
  });
});

describe.each(allMethods)('inside the steps of %s', (_name, make) => {
  describe.each(Object.keys(solved))('of %s', (which) => {
    const { problem, exact } = solved[which];

    it.each([1e-5, 1e-9])('states are as accurate as at the ends, at tolerance %p', (tolerance) => {
      const run = solveProblem(problem, {
        method: make(),
        relativeTolerance: tolerance,
        absoluteTolerance: tolerance,
      });
      const error = (time: number, state: ArrayLike<number>): number =>
        Math.max(...exact(time).map((value, i) => Math.abs(value - state[i])));
      const atEnds = Math.max(...run.points.map(({ time, state }) => error(time, state)));
      const inside = run.points.slice(1).flatMap(({ time }, k) => {
        const left = run.points[k].time;
        return [0.07, 0.3, 0.5, 0.77, 0.98].map((part) => left + part * (time - left));
      });
      // Where a step is halved, the state between is the end of a step of that method: at coarse tolerances those of implicit
      // extrapolation are off by up to 17 tolerances (the oscillator at 1e-3).
      const worst = Math.max(...inside.map((time) => error(time, run.at(time))));
      expect(worst).toBeLessThan(2 * atEnds + 20 * tolerance);
    });
  });

  it('asked times, dense output and the ends of steps give one answer, to the last bit', () => {
    const { problem } = solved['an oscillator'];
    const tolerance = { relativeTolerance: 1e-8, absoluteTolerance: 1e-8 };
    const free = solveProblem(problem, { method: make(), ...tolerance });
    const times = Array.from({ length: 101 }, (_, i) => i / 5);
    const asked = solveProblem(problem, { method: make(), ...tolerance, times });
    const few = solveProblem(problem, { method: make(), ...tolerance, times: [7, 13.2] });
    expect(asked.statistics.steps).toBe(free.statistics.steps);
    for (const { time, state } of asked.points) expect(free.at(time)).toEqual(state);
    for (const { time, state } of few.points) expect(asked.at(time)).toEqual(state);
    for (const { time, state } of free.points) expect(asked.at(time)).toEqual(state);
  });

  it('states meet those at the ends of steps', () => {
    const { problem } = solved['an oscillator'];
    const run = solveProblem(problem, { method: make(), relativeTolerance: 1e-6 });
    for (const { time, state } of run.points.slice(1)) {
      const before = run.at(time * (1 - 1e-15));
      // The slope is at most 1, the time 2e-14 earlier at most; the rest is rounding.
      before.forEach((value, i) => {
        expect(Math.abs(value - state[i])).toBeLessThan(1e-13);
      });
    }
  });

  it('contradict an end that is not where the right-hand side leads', () => {
    const derivative: OdeProblem['derivative'] = (_t, _y, out) => void (out[0] = 1);
    const problem: OdeProblem = { derivative, initial: Float64Array.of(0), from: 0, until: 1 };
    const inside = (end: number): Interpolant | undefined =>
      make().inside(
        problem,
        { relative: [1e-8], absolute: [1e-8] },
        { time: 0, state: Float64Array.of(0) },
        { time: 1, state: Float64Array.of(end) },
        { steps: 0, rejected: 0, evaluations: 0 },
      );
    expect(inside(1)).toBeDefined();
    expect(inside(1 + 1e-4)).toBeUndefined();
  });

  it('a narrow peak of the right-hand side is not stepped over with a step as short', () => {
    // Area 1, width 0.02; without a longest step the steps grow to tens.
    const peak: GivenProblem = {
      derivative: (t, _y, out) => {
        out[0] = Math.exp(-(((t - 50) / 0.02) ** 2)) / (0.02 * Math.sqrt(Math.PI));
      },
      initial: [0],
      from: 0,
      until: 100,
    };
    const bounded = solveProblem(peak, { method: make(), maxStep: 0.05, relativeTolerance: 1e-7 });
    // 1e-7 a step, over some tens of steps in the peak.
    expect(Math.abs(bounded.at(100)[0] - 1)).toBeLessThan(1e-5);
    expect(bounded.at(49)[0]).toBeLessThan(1e-12);
  });
});

describe('many asked times', () => {
  it('cost no evaluations beyond those of the insides', () => {
    const { problem } = solved['an oscillator'];
    const times = (count: number): number[] =>
      Array.from({ length: count }, (_, i) => (20 * i) / (count - 1));
    const free = solveProblem(problem);
    const many = solveProblem(problem, { times: times(100_001) });
    expect(many.statistics.steps).toBe(free.statistics.steps);
    // Three evaluations for a guess and six a round, of which there are up to four.
    const inside = many.statistics.evaluations - free.statistics.evaluations;
    expect(inside).toBeLessThanOrEqual(27 * free.statistics.steps);
    expect(many.points).toHaveLength(100_001);
    const errors = many.readPoints((time, state) => Math.abs(state[0] - Math.cos(time)));
    // 1e-10 a step over some seventy steps.
    expect(Math.max(...errors)).toBeLessThan(1e-8);
  });
});
