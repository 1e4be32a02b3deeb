import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { covarianceProblem } from '../../lib/trajectory/covariance-problem.js';
import { solve } from '../../lib/trajectory/solve.js';
import { solveFluctuations, solveFluctuationsAsync } from '../../lib/trajectory/solve-fluctuations.js';
import { byQuadrature } from '../support/by-quadrature.js';

/**
 * The linear unit under SGD by hand. ε = ‖w − w*‖²/N is a Markov chain of its own: with h = √ε n, n and the noise ξ normal,
 * δ = ξ − h, N dε = 2η⟨δh⟩ + (η²/M)⟨δ²⟩. So dε/dt = −kε + η²S/M, k = 2η − η²/M, and the variance of a step is quadratic
 * in ε, D(ε) = (4η²(εS + 2ε²) − 8(η³/M)ε(ε + S) + 2(η⁴/M²)(ε + S)²)/M. C(t) = ∫e^{−2k(t−s)}D(ε(s))ds along
 * ε(s) = ε* + a e^{−ks}.
 */
function linearByHand(
  eta: number,
  M: number,
  S: number,
  start: number,
  time: number,
): [error: number, variance: number] {
  const rate = 2 * eta - (eta * eta) / M;
  const rest = (eta * S) / (2 * M - eta);
  const a = start - rest;
  const [f, g, h] = [4 * eta ** 2, (8 * eta ** 3) / M, (2 * eta ** 4) / M ** 2];
  const constant = (h * S * S) / M;
  const linear = (f * S - g * S + 2 * h * S) / M;
  const square = (2 * f - g + h) / M;
  const decay = Math.exp(-rate * time);
  const atRest = constant + linear * rest + square * rest * rest;
  const variance =
    (atRest * (1 - decay * decay)) / (2 * rate) +
    ((linear + 2 * square * rest) * a * (decay - decay * decay)) / rate +
    square * a * a * time * decay * decay;
  return [rest + a * decay, variance];
}

describe('fluctuations of the linear unit under SGD, against the solution by hand', () => {
  it.each([
    [0.5, 1, 0.1],
    [1.2, 1, 0],
    [3, 4, 0.3],
  ])('η = %p, M = %p, S = %p: the variance of ε at all times', (learningRate, batchSize, noiseVariance) => {
    const rule = sgd({ activation: identity, learningRate, batchSize, noiseVariance });
    const run = solveFluctuations({ rule, initial: { overlap: 0.3, length: 0.7 }, times: [0, 0.1, 1, 4, 9] });
    const start = 1 - 2 * 0.7 * 0.3 + 0.49;
    run.deviation('generalizationError', 1000).forEach((deviation, k) => {
      const [error, variance] = linearByHand(learningRate, batchSize, noiseVariance, start, run.times[k]);
      expect(Math.abs(run.series('generalizationError')[k] / error - 1)).toBeLessThan(1e-8);
      // Solver tolerance 1e-10 a step; without label noise ε falls by e^10 and the quadratic form cancels by a part of that.
      expect(Math.abs(deviation - Math.sqrt(variance / 1000))).toBeLessThanOrEqual(
        1e-8 * Math.sqrt(variance / 1000),
      );
    });
  });

  it('comes to rest with label noise at the variance of the stationary process', () => {
    const rule = sgd({ activation: identity, learningRate: 0.5, noiseVariance: 0.1 });
    const run = solveFluctuations({
      rule,
      initial: { overlap: 0.3, length: 0.7 },
      until: 1000,
      stationaryTolerance: 1e-9,
    });
    expect(run.outcome).toBe('stationary');
    // ε* = ηS/(2 − η) = 1/30, D(ε*)/2k from the formulas above at k = 3/4.
    const [, variance] = linearByHand(0.5, 1, 0.1, 1 / 30, 1e3);
    const last = run.deviation('generalizationError', 500).at(-1)!;
    // Derivatives of 1e-9 over rates of one.
    expect(last / Math.sqrt(variance / 500)).toBeCloseTo(1, 7);
  });
});

describe('solveFluctuations', () => {
  const rule = weightNormalization({
    activation: relu,
    learningRate: 0.5,
    gammaDecay: 0.2,
    noiseVariance: 0.05,
  });
  const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
  const options = { rule, initial, times: [0, 1, 5, 50] };
  const run = solveFluctuations(options);

  it('follows the trajectory of solve, outcome and events included', () => {
    const alone = solve(options);
    expect(run.outcome).toBe(alone.outcome);
    expect(run.times).toEqual(alone.times);
    for (const quantity of ['gamma', 'misalignment', 'length', 'generalizationError'] as const) {
      run.series(quantity).forEach((value, k) => {
        // Two solutions to 1e-10 a step, some thirty steps.
        expect(Math.abs(value / alone.series(quantity)[k] - 1)).toBeLessThan(1e-8);
      });
    }
    const events = [{ quantity: 'generalizationError', level: 0.3 }] as const;
    const [first, second] = [solve({ ...options, events }), solveFluctuations({ ...options, events })];
    expect(second.outcome).toBe('event');
    expect(second.end / first.end).toBeCloseTo(1, 8);
  });

  it('starts without fluctuations and scales them as 1/√N', () => {
    expect(run.deviation('overlap', 100)[0]).toBe(0);
    const [small, large] = [run.deviation('overlap', 100, [5])[0], run.deviation('overlap', 10_000, [5])[0]];
    expect(small / large).toBeCloseTo(10, 12);
  });

  it('grows as D t from the start', () => {
    const noise = new Float64Array(9);
    rule.stepCovariance!(0, rule.layout.state(initial), noise);
    const { gamma, overlap, length } = run.covariance(1e-6);
    // The next order is t² times numbers of order one. R = 1 − r turns the sign of its covariances.
    expect(gamma.gamma / (1e-6 * noise[0])).toBeCloseTo(1, 4);
    expect(gamma.overlap / (-1e-6 * noise[1])).toBeCloseTo(1, 4);
    expect(overlap.overlap / (1e-6 * noise[4])).toBeCloseTo(1, 4);
    expect(overlap.length / (-1e-6 * noise[5])).toBeCloseTo(1, 4);
    expect(length.length / (1e-6 * noise[8])).toBeCloseTo(1, 4);
  });

  it('derives the fluctuations of other quantities from those of the order parameters', () => {
    const { gamma, length } = run.covariance(5);
    const at = run.at(5);
    const dimension = 700;
    // log(γ/L²) has the variance of dγ/γ − 2 dL/L.
    const relative =
      gamma.gamma / at.gamma ** 2 -
      (4 * gamma.length) / (at.gamma * at.length) +
      (4 * length.length) / at.length ** 2;
    const rate = run.series('effectiveLearningRate', [5])[0];
    expect(run.deviation('effectiveLearningRate', dimension, [5])[0]).toBeCloseTo(
      rate * Math.sqrt(relative / dimension),
      12,
    );
    expect(run.deviation('misalignment', dimension)).toEqual(run.deviation('overlap', dimension));
    expect(run.deviation('gamma', dimension, [5])[0]).toBeCloseTo(Math.sqrt(gamma.gamma / dimension), 14);
  });

  it('follows schedules and stays positive where ε falls below 1e-9', () => {
    const decaying = sgd({ activation: relu, learningRate: (time) => 1 / (1 + time / 20) });
    const long = solveFluctuations({ rule: decaying, initial: { overlap: 0.2, length: 0.5 }, until: 70 });
    expect(long.outcome).toBe('reached-end');
    expect(long.series('generalizationError').at(-1)!).toBeLessThan(1e-9);
    long.times.slice(1).forEach((time) => {
      const { overlap, length } = long.covariance(time);
      const determinant = overlap.overlap * length.length - overlap.length ** 2;
      expect(determinant).toBeGreaterThan(0);
    });
  });

  it('takes any activation: the linear unit by quadrature has the equations of the linear unit', () => {
    const [expected, found] = [identity, byQuadrature(identity)].map((activation) => {
      const linear = sgd({ activation, learningRate: 0.5, noiseVariance: 0.1 });
      const problem = {
        derivative: linear.derivative,
        initial: Float64Array.of(0.7, 0.8),
        from: 0,
        until: 1,
      };
      const out = new Float64Array(5);
      covarianceProblem(linear, problem).derivative(0, [0.7, 0.8, 0.3, -0.1, 0.2], out);
      return out;
    });
    found.forEach((value, k) => {
      // Quadrature to 1e-8, differences for the Jacobian to 1e-7, of numbers of order one.
      expect(Math.abs(value - expected[k])).toBeLessThan(1e-7);
    });
  });

  it('gives the same in turns', async () => {
    const reached: number[] = [];
    const inTurns = await solveFluctuationsAsync(options, {
      onProgress: (fraction) => reached.push(fraction),
    });
    expect(reached.at(-1)).toBe(1);
    inTurns.deviation('length', 100).forEach((deviation, k) => {
      expect(Math.abs(deviation - run.deviation('length', 100)[k])).toBeLessThan(1e-9);
    });
  });

  it('refuses what it cannot do, by name', () => {
    const normalized = batchNormalization({ activation: identity, learningRate: 0.5, batchSize: 5 });
    expect(() => solveFluctuations({ rule: normalized, initial, until: 1 })).toThrow(
      '`rule` must be one that knows the covariance of its step, such as sgd, weight-normalization or batch-normalization with batchSize >= 6',
    );
    expect(() => run.deviation('overlap', 1)).toThrow('`dimension` must be an integer >= 2; got 1');
    expect(() => run.deviation('overlap', 10.5)).toThrow('`dimension` must be an integer >= 2; got 10.5');
    expect(() => run.deviation('speed', 10)).toThrow('`quantity` must be one of gamma');
    expect(() => run.deviation('overlap', 10, [51])).toThrow('`time` must be from 0 to 50');
    expect(() => run.covariance(-1)).toThrow('`time` must be from 0 to 50');
  });
});
