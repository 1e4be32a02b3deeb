import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import type { BatchStep } from '../../lib/dynamics/batch-step.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { dimensionFreeStudent } from '../../lib/simulation/dimension-free-engine.js';
import { explicitStudent } from '../../lib/simulation/explicit-engine.js';
import { simulate, simulateAsync } from '../../lib/simulation/simulate.js';
import type { SimulatedRule } from '../../lib/dynamics/student.js';
import { byName, handmade, type NamedState } from '../support/students.js';

const students = byName(dimensionFreeStudent);
const initial: NamedState = { gamma: -0.4, misalignment: 0.3, length: 2.5 };

/** A rule whose coefficients are what a test wants them to be. */
function fixedRule(onInputs: readonly number[], onStudent: number, scaleChange: number): SimulatedRule {
  return handmade({
    batchSize: onInputs.length,
    noiseVariance: 0,
    compute(_time, _state, _fields, out) {
      out.onInputs.set(onInputs);
      out.onStudent = onStudent;
      out.scaleChange = scaleChange;
    },
  });
}

describe('a student without weights', () => {
  it.each([0, 1e-17, 0.3, 1, 2])('starts in the asked state, 1 − R = %p', (misalignment) => {
    const student = students(fixedRule([1], 0, 0), 9, { ...initial, misalignment }, randomStream(1));
    expect(student.state()).toEqual({ ...initial, misalignment });
  });

  it('follows the vectors of two dimensions, where w and w* leave nothing outside', () => {
    const rule = fixedRule([0.7, -1.1, 0.4], 0.9, 0.5);
    const student = students(rule, 2, initial, randomStream(5));
    const stream = randomStream(5);
    const draws = new Float64Array(6);
    // The teacher along the first axis; e points from the student's direction towards it.
    let [x, y] = [0.7, Math.sqrt(1 - 0.7 ** 2)].map((c) => c * 2.5);
    for (let count = 0; count < 20; count++) {
      student.step(count / 2);
      fillNormal(stream, draws);
      const length = Math.hypot(x, y);
      const [c, s] = [x / length, y / length];
      // In the basis (ŵ, e) with e = (s, −c) where y > 0; the teacher's component on e is positive.
      const side = Math.sign(y);
      const along = (0.7 * draws[3] - 1.1 * draws[4] + 0.4 * draws[5] + 0.9) / 2;
      const turn = (0.7 * draws[0] - 1.1 * draws[1] + 0.4 * draws[2]) / 2;
      [x, y] = [x + along * c + turn * Math.abs(s), y + along * s - turn * side * c];
      const state = student.state();
      // Twenty steps of rounding.
      expect(Math.abs(state.length - Math.hypot(x, y))).toBeLessThan(1e-13);
      expect(Math.abs(1 - state.misalignment - x / Math.hypot(x, y))).toBeLessThan(1e-13);
      expect(Math.abs(state.gamma - (-0.4 + (0.5 * (count + 1)) / 2))).toBeLessThan(1e-14);
    }
  });

  it('moves outside the plane by ‖c‖χ/N: L² and R after one large step (false alarm 1e-6)', () => {
    // From L = 1: N²L² = (N + c₀ + Σcv)² + (Σcy)² + ‖c‖²χ², of mean (N + c₀)² + ‖c‖²N; N L R has mean (N + c₀)R.
    const [N, count] = [7, 40_000];
    const rule = fixedRule([4, -3, 5], 2, 0);
    const start = { gamma: 1, misalignment: 0.4, length: 1 };
    const values = Array.from({ length: count }, (_, run) => {
      const student = students(rule, N, start, randomStream(6, run));
      student.step(0);
      const { misalignment, length } = student.state();
      return [(N * length) ** 2 - (9 ** 2 + 50 * N), N * length * (1 - misalignment) - 9 * 0.6];
    });
    for (const index of [0, 1]) {
      const deviations = values.map((row) => row[index]);
      const mean = deviations.reduce((a, b) => a + b) / count;
      const variance = deviations.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
      expect(Math.abs(mean) / Math.sqrt(variance / count)).toBeLessThan(5);
    }
  });

  it('tells the rule the time, γ and L of each step, fields and noise drawn anew', () => {
    const seen: number[][] = [];
    const spy: BatchStep = {
      batchSize: 1,
      noiseVariance: 4,
      compute(time, state, fields, out) {
        seen.push([time, state[0], state[2], fields.teacher[0], fields.student[0], fields.noise[0]]);
        out.scaleChange = 10;
      },
    };
    const student = students(handmade(spy), 10, { gamma: 1, misalignment: 0, length: 2 }, randomStream(1));
    for (const time of [0, 0.1, 0.2]) student.step(time);
    expect(seen.map(([time, gamma, length]) => [time, gamma, length])).toEqual([
      [0, 1, 2],
      [0.1, 2, 2],
      [0.2, 3, 2],
    ]);
    for (const [, , , teacher, own] of seen) expect(teacher).toBe(own);
    expect(new Set(seen.flatMap((row) => row.slice(4))).size).toBe(6);
    // Noise of variance 4: ten thousand squares have a mean within five of their standard errors, 4√(2/1e4) (6e-7).
    while (seen.length < 10_000) student.step(0);
    const power = seen.reduce((sum, row) => sum + row[5] ** 2, 0) / seen.length;
    expect(Math.abs(power - 4)).toBeLessThan(0.28);
  });
});

describe('near the teacher', () => {
  // The linear unit from L = 1 and r = ½s²: w − w* is linear in s up to terms of relative order s, step by step.
  const rule = sgd({ activation: identity, learningRate: 0.7 });
  const after = (misalignment: number): number => {
    const start = { gamma: 0, misalignment, length: 1 };
    const student = students(rule, 30, start, randomStream(2));
    for (let step = 0; step < 200; step++) student.step(step / 30);
    return student.state().misalignment / misalignment;
  };

  it('1 − R keeps its relative precision, on one and the same path however small it is', () => {
    // s = 1.4e-7, 1.4e-9, 1.4e-11. The fields u and v agree up to s, to 1e-16/s of their difference; 200 steps of that, while
    // 1 − R falls to some 1e-3.
    const ratios = [1e-14, 1e-18, 1e-22].map(after);
    expect(ratios[0]).toBeLessThan(0.1);
    expect(Math.abs(ratios[1] / ratios[0] - 1)).toBeLessThan(1e-5);
    expect(Math.abs(ratios[2] / ratios[1] - 1)).toBeLessThan(1e-2);
  });

  it('1 − R is as small as in the explicit engine, where rounding ends both', () => {
    const run = (engine: 'explicit' | 'dimension-free'): number =>
      simulate({
        rule: sgd({ activation: relu, learningRate: 1 }),
        initial: { overlap: 0.5, length: 1 },
        times: [200],
        dimension: 20,
        runs: 4,
        seed: 3,
        engine,
      }).series('misalignment')[0].mean;
    // Rounding of fields and weights, 1e-16, squared and enlarged by what a student adds up while it forgets.
    expect(run('dimension-free')).toBeLessThan(1e-30);
    expect(run('explicit')).toBeLessThan(1e-30);
  });

  it.each([
    ['at the teacher', 1],
    ['opposite to it', -1],
  ])('a noiseless linear student %s stays on its line', (_, overlap) => {
    const still = weightNormalization({ activation: identity, learningRate: 0.5 });
    const options = { rule: still, times: [3], dimension: 40, runs: 2, seed: 1 };
    const start = { gamma: overlap, overlap, length: 1 };
    const [{ mean }] = simulate({ ...options, initial: start, engine: 'dimension-free' }).series('overlap');
    expect(Math.abs(mean - overlap)).toBeLessThan(1e-14);
  });

  it('leaves R = ±1 as the explicit student does, with the whole of its noise (false alarm 1e-6)', () => {
    const noisy = weightNormalization({ activation: identity, learningRate: 2, noiseVariance: 1 });
    for (const misalignment of [0, 2]) {
      const start = { gamma: 1 - misalignment, misalignment, length: 1 };
      const [free, explicit] = [byName(dimensionFreeStudent), byName(explicitStudent)].map((engine, k) => {
        const values = Array.from({ length: 4000 }, (_, run) => {
          const student = engine(noisy, 5, start, randomStream(40 + k, run));
          student.step(0);
          return Math.abs(student.state().misalignment - misalignment);
        });
        const mean = values.reduce((a, b) => a + b) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length ** 2;
        return { mean, variance };
      });
      const z = (free.mean - explicit.mean) / Math.sqrt(free.variance + explicit.variance);
      // Two of them, 6e-7 each.
      expect(Math.abs(z)).toBeLessThan(5);
      expect(free.mean).toBeGreaterThan(0.01);
    }
  });
});

describe('simulate with the engine dimension-free', () => {
  const rule = batchNormalization({ activation: relu, learningRate: 0.5, batchSize: 8, noiseVariance: 0.1 });
  const options = {
    rule,
    initial: { gamma: 0.5, overlap: 0.1, length: 0.8 },
    times: [0, 1e-6, 2e-6],
    dimension: 1e9,
    runs: 3,
    seed: 4,
    engine: 'dimension-free',
  } as const;

  it('takes any dimension, says which engine it was, and gives the same numbers from the same seed', async () => {
    const run = simulate(options);
    expect([run.engine, run.dimension, run.steps, run.outcome]).toEqual([
      'dimension-free',
      1e9,
      6000,
      'reached-end',
    ]);
    expect(simulate({ ...options, engine: 'explicit', dimension: 100, times: [1] }).engine).toBe('explicit');
    expect((await simulateAsync(options)).samples('length', 2)).toEqual(run.samples('length', 2));
    expect(new Set(run.samples('overlap', 2)).size).toBe(3);
  });

  it('starts every run in exactly the asked state', () => {
    for (const name of ['gamma', 'overlap', 'length'] as const) {
      for (const value of simulate(options).samples(name, 0)) {
        // R = 0.1 is kept as 0.9.
        expect(Math.abs(value - options.initial[name])).toBeLessThan(1e-16);
      }
    }
  });

  it('ends in divergence where numbers overflow, soon, however far away the next measurement is', () => {
    const unstable = sgd({ activation: identity, learningRate: 3 });
    const start = { overlap: 0.1, length: 1 };
    const run = simulate({ ...options, rule: unstable, initial: start, dimension: 10, times: [1, 1e5] });
    expect(run.outcome).toBe('diverged');
    expect(run.times).toEqual([1]);
    expect(run.steps).toBeLessThan(1e6);
  });
});
