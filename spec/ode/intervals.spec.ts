import { randomStream } from '../../lib/random/random-stream.js';
import { solveProblem, type GivenProblem } from '../../lib/ode/solve-problem.js';
import { allMethods } from '../support/methods.js';

describe.each(allMethods)('intervals with %s', (_name, make) => {
  it.each([
    [0, 1e-15],
    [1, 1 + 1e-12],
    [1000, 1000 + 1e-10],
    [1e6, 1e6 + 1e-9],
    [0, 1e-100],
    [-1e6, 1e6],
  ])('from %p to %p are crossed however short or long, in few evaluations', (from, until) => {
    const problem: GivenProblem = {
      derivative: (_t, _y, out) => void (out[0] = 1 / (until - from)),
      initial: [0],
      from,
      until,
    };
    const run = solveProblem(problem, { method: make() });
    expect(run.outcome).toBe('reached-end');
    // A constant slope is integrated exactly; the interval is known to a unit in the last place of its ends, of which it holds nine
    // or more.
    expect(run.at(until)[0]).toBeCloseTo(1, 12);
    expect(run.statistics.evaluations).toBeLessThan(500);
  });

  it('are never left by an evaluation of the right-hand side', () => {
    const stream = randomStream(7);
    for (let trial = 0; trial < 100; trial++) {
      const from = [0, 1e3, -5, 1e-8][trial % 4] + stream.nextUniform();
      const length = 3 * 10 ** (-8 * stream.nextUniform());
      const until = from + length;
      let outside = 0;
      const problem: GivenProblem = {
        derivative: (t, y, out) => {
          if (t < from || t > until) outside++;
          out[0] = (Math.cos((t - from) / length) * y[0]) / length;
        },
        initial: [1],
        from,
        until,
      };
      const middle = from + length / 3;
      const run = solveProblem(problem, { method: make(), relativeTolerance: 1e-7, times: [middle, until] });
      expect([run.outcome, outside]).toEqual(['reached-end', 0]);
      // y = exp(sin s), s from 0 to 1; times of a short interval far from 0 have few digits.
      const digits = 1e-15 * (Math.abs(from) / length) + 1e-5;
      expect(Math.abs(run.at(until)[0] / Math.exp(Math.sin(1)) - 1)).toBeLessThan(digits);
    }
  });
});

describe.each(allMethods)('a right-hand side that does not write with %s', (_name, make) => {
  const solveWith = (derivative: (t: number, y: ArrayLike<number>, out: Float64Array) => void): unknown =>
    solveProblem({ derivative, initial: [1, 1], from: 0, until: 1 }, { method: make() }).outcome;

  it('because it returns its values is refused, naming the component', () => {
    const message =
      '`derivative` must be a function (time, state, out) that writes every component, out[0] too';
    expect(() => solveWith((_t, y) => [-y[0], -y[1]] as never)).toThrow(message);
    expect(() =>
      solveWith((_t, y, out) => {
        out = Float64Array.of(-y[0], -y[1]);
        return out as never;
      }),
    ).toThrow(message);
  });

  it('one component is refused, naming it; zeros and NaN that are written are not', () => {
    expect(() => solveWith((_t, y, out) => void (out[0] = -y[0]))).toThrow('out[1] too');
    expect(solveWith((_t, _y, out) => void out.fill(0))).toBe('reached-end');
    expect(solveWith((_t, _y, out) => void out.fill(NaN))).toBe('diverged');
  });
});

describe('the start of a run', () => {
  it('is evaluated once by the own methods', () => {
    const starts = allMethods.slice(0, 3).map(([, make]) => {
      let count = 0;
      const problem: GivenProblem = {
        derivative: (t, y, out) => {
          if (t === 0 && y[0] === 1) count++;
          out[0] = -y[0];
        },
        initial: [1],
        from: 0,
        until: 1,
      };
      solveProblem(problem, { method: make() });
      return count;
    });
    expect(starts).toEqual([1, 1, 1]);
  });
});
