import { expectTypeOf } from 'expect-type';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { mathjsRungeKutta } from '../../lib/ode/methods/mathjs.js';
import { solve, solveAsync } from '../../lib/trajectory/solve.js';

const rule = weightNormalization({
  activation: relu,
  learningRate: 0.5,
  gammaDecay: 0.2,
  noiseVariance: 0.05,
});
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };

describe('asked times', () => {
  it('never change the steps: the same statistics but for evaluations, the same end to the last bit', () => {
    const free = solve({ rule, initial, until: 50 });
    const asked = solve({ rule, initial, until: 50, times: [0, 0.1, 7, 49.99] });
    expect(asked.statistics.steps).toBe(free.statistics.steps);
    expect(asked.at(50)).toEqual(free.at(50));
    expect(asked.times).toEqual([0, 0.1, 7, 49.99]);
    // The overlap is kept as 1 − R, so that it returns to within rounding of one.
    expect(asked.at(0).overlap).toBeCloseTo(0.1, 15);
    expect(asked.at(0).gamma).toBe(initial.gamma);
  });

  it('are answered within the tolerance of a run that ends there', () => {
    const run = solve({ rule, initial, until: 50 });
    for (const time of [0.3, 3.3, 33.3]) {
      const there = solve({ rule, initial, until: time }).at(time);
      // Both are solutions to 1e-10 per step.
      expect(Math.abs(run.at(time).overlap - there.overlap)).toBeLessThan(2e-10);
    }
  });

  it('must increase, start at 0 or later, and end by `until`', () => {
    expect(() => solve({ rule, initial, times: [1, 1] })).toThrow(
      '`times[1]` must be greater than the one before it, 1; got 1',
    );
    expect(() => solve({ rule, initial, times: [-1, 1] })).toThrow('`times[0]` must be >= 0; got -1');
    expect(() => solve({ rule, initial, times: [1, 3], until: 2 })).toThrow(
      '`until` must be at least the last of times, 3; got 2',
    );
    expect(() => solve({ rule, initial })).toThrow('`until` must be given where `times` is not');
    expect(() => solve({ rule, initial, times: [] })).toThrow(
      '`times` must be a list with at least one number',
    );
  });
});

describe('events', () => {
  // For linear SGD, d(RL)/dt = η(1 − RL): RL reaches 1/2 at t = ln 2/η from RL = 0.
  const linear = sgd({ activation: identity, learningRate: 0.5, noiseVariance: 0 });

  it('are located to the accuracy of the run', () => {
    // ε = 1 − 2RL + L²; with M = 1, η = ½: d(1 − 2RL + L²)/dt = −(2η − η²)ε = −¾ε.
    const run = solve({
      rule: linear,
      initial: { overlap: 0, length: 1 },
      until: 1000,
      events: [{ quantity: 'generalizationError', level: 1e-6, direction: 'falling' }],
    });
    expect(run.outcome).toBe('event');
    expect(run.end / (Math.log(2e6) / 0.75)).toBeCloseTo(1, 9);
    expect(run.events[0].name).toBe('generalizationError = 0.000001');
    expect(run.times.at(-1)).toBe(run.end);
  });

  it('that are not terminal are recorded, and the run goes on', () => {
    const run = solve({
      rule,
      initial,
      until: 50,
      events: [0.5, 0.9].map((level) => ({ quantity: 'overlap' as const, level, terminal: false })),
    });
    expect(run.outcome).toBe('reached-end');
    expect(run.events.map(({ orderParameters }) => orderParameters.overlap)).toEqual([
      expect.closeTo(0.5, 9),
      expect.closeTo(0.9, 9),
    ]);
  });

  it('in the wrong direction do not count, and neither does a start on the level', () => {
    const falling = solve({
      rule,
      initial,
      until: 50,
      events: [{ quantity: 'overlap', level: 0.5, direction: 'falling' }],
    });
    expect(falling.outcome).toBe('reached-end');
    const onLevel = solve({ rule, initial, until: 1, events: [{ quantity: 'overlap', level: 0.1 }] });
    expect(onLevel.outcome).toBe('reached-end');
  });

  it('of a quantity that the rule does not have are refused', () => {
    expect(() => solve({ rule, initial, until: 1, events: [{ quantity: 'speed', level: 1 }] })).toThrow(
      '`quantity` must be one of gamma, overlap, length, misalignment',
    );
  });
});

describe('outcomes', () => {
  it('diverged: the length exceeds its bound, with the part computed so far', () => {
    const unstable = sgd({ activation: identity, learningRate: 3 });
    const run = solve({ rule: unstable, initial: { overlap: 0.1, length: 1 }, until: 1000, lengthBound: 50 });
    expect(run.outcome).toBe('diverged');
    expect(run.message).toMatch(
      /^the length exceeds 50 at time [\d.e-]+: take a smaller learning rate, or raise lengthBound$/,
    );
    expect(run.end).toBeGreaterThan(1);
    expect(run.series('length').length).toBeGreaterThan(3);
  });

  it('diverged: a learning rate that turns NaN', () => {
    const broken = sgd({ activation: identity, learningRate: (t) => (t < 5 ? 0.5 : NaN) });
    const run = solve({ rule: broken, initial: { overlap: 0.1, length: 1 }, until: 1000 });
    expect(run.outcome).toBe('diverged');
    expect(run.message).toMatch(/not finite|step size vanished/);
    expect(run.end).toBeGreaterThan(4.9);
    expect(run.end).toBeLessThanOrEqual(5);
    expect(run.series('overlap').every(Number.isFinite)).toBe(true);
  });

  it('stationary: only when asked for', () => {
    const noiseless = sgd({ activation: identity, learningRate: 0.5 });
    const start = { overlap: 0.1, length: 1 };
    expect(solve({ rule: noiseless, initial: start, until: 1000 }).outcome).toBe('reached-end');
    const run = solve({ rule: noiseless, initial: start, until: 1000, stationaryTolerance: 1e-8 });
    expect(run.outcome).toBe('stationary');
    expect(run.end).toBeLessThan(100);
  });

  it('step limit', () => {
    const run = solve({ rule, initial, until: 1e6, maxSteps: 10 });
    expect(run.outcome).toBe('step-limit');
    expect(run.message).toMatch(/: raise maxSteps, or take the method implicit-extrapolation/);
    expect(run.end).toBeLessThan(1e6);
    expect(run.statistics.steps).toBeLessThanOrEqual(11);
  });

  it('aborted: before the start, and on the way', async () => {
    const stopped = await solveAsync({ rule, initial, until: 1 }, { signal: AbortSignal.abort() });
    expect([stopped.outcome, stopped.end]).toEqual(['aborted', 0]);
    const controller = new AbortController();
    const fast = weightNormalization({ activation: relu, learningRate: (t) => 1 + Math.sin(50 * t) ** 2 });
    const onProgress = (fraction: number): void => {
      if (fraction > 0.01) controller.abort();
    };
    const run = await solveAsync(
      { rule: fast, initial, until: 1000 },
      { signal: controller.signal, onProgress },
    );
    expect(run.outcome).toBe('aborted');
    expect(run.end).toBeGreaterThan(10);
    expect(run.end).toBeLessThan(1000);
  });
});

describe('solveAsync', () => {
  it('agrees with solve within the tolerances, and with itself to the last bit', async () => {
    const options = { rule, initial, times: [1, 10, 1000] };
    const once = await solveAsync(options);
    const again = await solveAsync(options);
    const direct = solve(options);
    expect(once.series('overlap')).toEqual(again.series('overlap'));
    once.series('overlap').forEach((value, i) => {
      // Two solutions to 1e-10 per step each, over some eighty steps.
      expect(Math.abs(value - direct.series('overlap')[i])).toBeLessThan(1e-9);
    });
  });
});

describe("mathjs's Runge–Kutta method", () => {
  it('agrees with odex within its tolerance', async () => {
    const method = await mathjsRungeKutta();
    const options = { rule, initial, times: [1, 5, 20] };
    const other = solve({ ...options, method, relativeTolerance: 1e-9 });
    const ours = solve(options);
    expect(other.method).toBe('mathjs-rk45');
    expect(other.outcome).toBe('reached-end');
    for (const name of ['gamma', 'overlap', 'length'] as const) {
      other.series(name).forEach((value, i) => {
        // 1e-9 per step, some two hundred steps.
        expect(Math.abs(value - ours.series(name)[i])).toBeLessThan(2e-7);
      });
    }
  });

  it('ends in the same outcomes: events, divergence, step limit', async () => {
    const method = await mathjsRungeKutta();
    const event = { quantity: 'overlap', level: 0.5 } as const;
    const crossing = solve({ rule, initial, until: 50, method, relativeTolerance: 1e-8, events: [event] });
    const expected = solve({ rule, initial, until: 50, events: [event] });
    expect(crossing.outcome).toBe('event');
    expect(crossing.end / expected.end).toBeCloseTo(1, 6);
    const unstable = sgd({ activation: identity, learningRate: 3 });
    expect(solve({ rule: unstable, initial: { overlap: 0.1, length: 1 }, until: 1000, method }).outcome).toBe(
      'diverged',
    );
    const broken = sgd({ activation: identity, learningRate: (t) => (t < 1 ? 0.5 : NaN) });
    expect(solve({ rule: broken, initial: { overlap: 0.1, length: 1 }, until: 9, method }).outcome).toBe(
      'diverged',
    );
    expect(solve({ rule, initial, until: 1e4, method, maxSteps: 50 }).outcome).toBe('step-limit');
  });
});

describe('solver arguments', () => {
  it.each([
    [{ until: -1 }, '`until` must be a finite number > 0; got -1'],
    [{ until: Infinity }, '`until` must be a finite number > 0; got Infinity'],
    [{ until: 1, relativeTolerance: 0 }, '`relativeTolerance` must be a number from 1e-14 to 0.1; got 0'],
    [
      { until: 1, relativeTolerance: 1e-17 },
      '`relativeTolerance` must be a number from 1e-14 to 0.1; got 1e-17',
    ],
    [{ until: 1, relativeTolerance: 10 }, '`relativeTolerance` must be a number from 1e-14 to 0.1; got 10'],
    [
      { until: 1, absoluteTolerance: { speed: 1 } as never },
      '`absoluteTolerance` must be for gamma, overlap, length; got "speed"',
    ],
    [{ until: 1, maxSteps: 0 }, '`maxSteps` must be an integer >= 1; got 0'],
    [{ until: 1, lengthBound: 0 }, '`lengthBound` must be a finite number > 0; got 0'],
  ])('%p are refused by name', (options, message) => {
    expect(() => solve({ rule, initial, ...options })).toThrow(message);
  });

  it('a time outside the run is refused', () => {
    const run = solve({ rule, initial, until: 2 });
    expect(() => run.at(2.1)).toThrow('`time` must be from 0 to 2, where the run is; got 2.1');
    expect(() => run.at(NaN)).toThrow(RangeError);
  });
});

describe('types', () => {
  it('know the order parameters of each rule', () => {
    const run = solve({ rule, initial, until: 1 });
    expectTypeOf(run.at(1)).toEqualTypeOf<Record<'gamma' | 'overlap' | 'length', number>>();
    const plain = sgd({ activation: relu, learningRate: 1 });
    const state = solve({ rule: plain, initial: { overlap: 0, length: 1 }, until: 1 }).at(1);
    expectTypeOf(state).not.toHaveProperty('gamma');
    expect(Object.keys(state)).toEqual(['overlap', 'length']);
  });
});
