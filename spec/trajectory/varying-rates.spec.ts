import { expressionSchedule, piecewiseSchedule, type Schedule } from '../../lib/dynamics/schedule.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { solve, type SolveOptions } from '../../lib/trajectory/solve.js';
import type { Trajectory } from '../../lib/trajectory/trajectory.js';
import { allMethods } from '../support/methods.js';

const initial = { overlap: 0.1, length: 0.8 };

function run(
  learningRate: Schedule,
  more: Partial<SolveOptions<'overlap' | 'length'>> = {},
): Trajectory<'overlap' | 'length'> {
  return solve({ rule: sgd({ activation: identity, learningRate }), initial, until: 100, ...more });
}

/**
 * Linear SGD at M = 1 and S = 0, with I = ∫η and J = ∫η²: RL = 1 − 0.92 e^(−I), ε = 1.48 e^(J − 2I), from the start above
 * (docs/theory/dynamics.md), and L² = ε − 1 + 2RL.
 */
function exact(first: number, second: number): { generalizationError: number; overlap: number } {
  const product = 1 - 0.92 * Math.exp(-first);
  const generalizationError = 1.48 * Math.exp(second - 2 * first);
  return { generalizationError, overlap: product / Math.sqrt(generalizationError - 1 + 2 * product) };
}

const gaussian = '0.5*exp(-((t-50)/0.5)^2)';
const square = 't >= 50 ? (t < 50.5 ? 0.5 : 0) : 0';
/** ∫η and ∫η² over each of them. */
const pulses: Record<string, [number, number]> = {
  [gaussian]: [0.25 * Math.sqrt(Math.PI), 0.125 * Math.sqrt(Math.PI / 2)],
  [square]: [0.25, 0.125],
  '0.5*max(0, 1 - abs(t - 50)/0.1)': [0.05, 0.05 / 3],
  't > 50 and t < 50.01 ? 20 : 0': [0.2, 4],
  '0.3*step(sin(t) - 0.99)': [0, 0],
};
// cos φ > 0.99 for arcs of 2 arccos(0.99), sixteen of them between 0 and 100.
const arcs = 16 * 2 * Math.acos(0.99);
pulses['0.3*step(sin(t) - 0.99)'] = [0.3 * arcs, 0.09 * arcs];

describe.each(allMethods)('a learning rate that is on for a short while, with %s', (name, make) => {
  // One absolute tolerance in place of relative ones.
  const tolerance = name === 'mathjs-rk45' ? 1e-8 : 1e-9;

  it.each(Object.keys(pulses))('%s is not stepped over, whichever times are asked for', async (text) => {
    const [first, second] = pulses[text];
    const { generalizationError, overlap } = exact(first, second);
    const schedule = await expressionSchedule(text);
    for (const times of [undefined, [60, 100], Array.from({ length: 101 }, (_, t) => t)]) {
      const solved = run(schedule, { method: make(), ...(times ? { times } : {}) });
      expect(solved.outcome).toBe('reached-end');
      const errors = solved.series('generalizationError', [60, 100]);
      const expected = text.includes('sin') ? errors[0] : generalizationError;
      // 1e-10 a step over some hundreds of steps, most of which change nothing.
      expect(Math.abs(errors[1] / generalizationError - 1)).toBeLessThan(tolerance);
      expect(Math.abs(errors[0] / expected - 1)).toBeLessThan(tolerance);
      expect(Math.abs(solved.at(100).overlap / overlap - 1)).toBeLessThan(tolerance);
      if (times) expect(solved.series('generalizationError').at(-1)).toBe(errors[1]);
    }
  });
});

describe('learning rates that vary', () => {
  it('as functions of the programming interface take steps of at most a 200th of the run', () => {
    const solved = run((t) => 0.5 * Math.exp(-(((t - 50) / 0.5) ** 2)));
    const steps = solved.times.slice(1).map((time, k) => time - solved.times[k]);
    expect(Math.max(...steps)).toBeLessThanOrEqual(0.5 * (1 + 1e-12));
    const [first, second] = pulses[gaussian];
    expect(
      solved.series('generalizationError').at(-1)! / exact(first, second).generalizationError,
    ).toBeCloseTo(1, 9);
  });

  it('with breaks of their own have steps end there, and long steps where they are constant', () => {
    const solved = run(piecewiseSchedule((t) => (t >= 50 && t < 50.001 ? 100 : 0.01), [50.001, 50]));
    expect(solved.times).toEqual(expect.arrayContaining([50, 50.001]));
    expect(solved.statistics.steps).toBeLessThan(60);
    const { generalizationError } = exact(0.01 * 99.999 + 0.1, 0.0001 * 99.999 + 10);
    expect(solved.series('generalizationError').at(-1)! / generalizationError).toBeCloseTo(1, 8);
  });

  it('take steps of at most `maxStep` where that is given', () => {
    const narrow: Schedule = (t) => Math.exp(-(((t - 31.234) / 0.004) ** 2));
    const bounded = run(narrow, { maxStep: 0.01, maxSteps: 1e6 });
    const first = 0.004 * Math.sqrt(Math.PI);
    const { generalizationError } = exact(first, 0.004 * Math.sqrt(Math.PI / 2));
    expect(bounded.series('generalizationError').at(-1)! / generalizationError).toBeCloseTo(1, 8);
    const longer = run((t) => 0.5 / (1 + t), { maxStep: 20 });
    expect(longer.statistics.steps).toBeLessThan(100);
  });

  it('of gamma alone count as well', async () => {
    const gammaLearningRate = await expressionSchedule('t < 3 ? 0.01 : (t < 3.01 ? 10 : 0.01)');
    const rule = weightNormalization({ activation: relu, learningRate: 0.5, gammaLearningRate });
    const solved = solve({ rule, initial: { gamma: 0.5, overlap: 0.1, length: 0.8 }, until: 10 });
    expect(solved.times).toEqual(expect.arrayContaining([3, 3.01]));
  });
});

describe('breaks of expressions', () => {
  it.each([
    ['t < 50 ? 0.5 : 0.05', [50]],
    ['0.5/(1 + t/10)', []],
    ['max(0.1, 1 - t/20)', [18]],
    ['abs(t - 3) + 0.1*step(t - 7)', [3, 7]],
    ['t > 200 ? 1 : 2', []],
  ])('%s are at %p', async (text, expected) => {
    const { breaks } = await expressionSchedule(text);
    expect(breaks(100)).toEqual(expected.map((time): unknown => expect.closeTo(time, 12)));
  });
});
