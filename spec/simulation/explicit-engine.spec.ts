import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream, type RandomStream } from '../../lib/random/random-stream.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import type { BatchStep } from '../../lib/dynamics/batch-step.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { explicitStudent } from '../../lib/simulation/explicit-engine.js';
import type { SimulatedRule } from '../../lib/dynamics/student.js';
import { byName, handmade, type NamedState } from '../support/students.js';

// The same training written out in vectors, from the definitions of docs/theory/index.md#one-step, with the same random numbers.

const N = 7;
const M = 4;
const ETA = 0.6;
const ETA_GAMMA = 0.25;
const ZETA = 0.3;
const S = 0.4;

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k], 0);
const norm = (a: readonly number[]): number => Math.sqrt(dot(a, a));
const plus = (a: readonly number[], b: readonly number[], scale: number): number[] =>
  a.map((x, k) => x + scale * b[k]);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
const step = (z: number): number => (z >= 0 ? 1 : 0);
const rectified = (z: number): number => Math.max(z, 0);

function normals(stream: RandomStream, count: number): number[] {
  const out = new Float64Array(count);
  fillNormal(stream, out);
  return [...out];
}

interface Student {
  weights: number[];
  gamma: number;
}

interface Batch {
  inputs: number[][];
  teacher: number[];
  noise: number[];
}

type Update = (student: Student, batch: Batch) => Student;

/** (η/√N) ⟨δ x⟩. */
const push = (
  weights: readonly number[],
  inputs: readonly number[][],
  delta: readonly number[],
  scale: number,
): number[] => inputs.reduce((w, x, i) => plus(w, x, (scale * delta[i]) / M / Math.sqrt(N)), [...weights]);

const sgdUpdate: Update = ({ weights, gamma }, { inputs, teacher, noise }) => {
  const h = inputs.map((x) => dot(weights, x) / Math.sqrt(N));
  const delta = h.map((z, i) => (rectified(teacher[i]) + noise[i] - rectified(z)) * step(z));
  return { weights: push(weights, inputs, delta, ETA), gamma };
};

const weightUpdate: Update = ({ weights, gamma }, { inputs, teacher, noise }) => {
  const length = norm(weights) / Math.sqrt(N);
  const direction = weights.map((w) => w / norm(weights));
  const v = inputs.map((x) => dot(direction, x));
  const delta = v.map((z, i) => (rectified(teacher[i]) + noise[i] - rectified(gamma * z)) * step(gamma * z));
  const transverse = inputs.map((x, i) => plus(x, direction, -v[i]));
  return {
    weights: push(weights, transverse, delta, (ETA * gamma) / length),
    gamma: gamma + (ETA_GAMMA / N) * (mean(delta.map((d, i) => d * v[i])) - ZETA * gamma),
  };
};

const batchUpdate: Update = ({ weights, gamma }, { inputs, teacher, noise }) => {
  const h = inputs.map((x) => dot(weights, x) / Math.sqrt(N));
  const sigma = Math.sqrt(mean(h.map((z) => (z - mean(h)) ** 2)));
  const v = h.map((z) => (z - mean(h)) / sigma);
  const delta = v.map((z, i) => teacher[i] + noise[i] - gamma * z);
  const along = mean(delta.map((d, i) => d * v[i]));
  const centred = delta.map((d, i) => d - mean(delta) - v[i] * along);
  return {
    weights: push(weights, inputs, centred, (ETA * gamma) / sigma),
    gamma: gamma + (ETA_GAMMA / N) * along,
  };
};

const plain = { learningRate: ETA, batchSize: M, noiseVariance: S };
const common = { ...plain, gammaLearningRate: ETA_GAMMA };
const cases: [string, SimulatedRule, Update][] = [
  ['sgd, relu', sgd({ ...plain, activation: relu }), sgdUpdate],
  [
    'weight normalization, relu',
    weightNormalization({ ...common, activation: relu, gammaDecay: ZETA }),
    weightUpdate,
  ],
  ['batch normalization, identity', batchNormalization({ ...common, activation: identity }), batchUpdate],
];

const students = byName(explicitStudent);
const initial: NamedState = { gamma: 0.8, misalignment: 0.7, length: 1.3 };
const w0 = Array.from({ length: N }, () => 1);

/** Weights of the initial overlap and length, the rest of their direction from one vector of the stream. */
function initialWeights(stream: RandomStream): number[] {
  const raw = normals(stream, N);
  const orthogonal = plus(raw, w0, -dot(raw, w0) / N);
  const overlap = 1 - initial.misalignment;
  const direction = orthogonal.map(
    (e, k) => (overlap * w0[k]) / Math.sqrt(N) + (Math.sqrt(1 - overlap ** 2) * e) / norm(orthogonal),
  );
  return direction.map((x) => initial.length * Math.sqrt(N) * x);
}

function draw(stream: RandomStream): Batch {
  const inputs = Array.from({ length: M }, () => normals(stream, N));
  const teacher = inputs.map((x) => dot(w0, x) / Math.sqrt(N));
  return { inputs, teacher, noise: normals(stream, M).map((z) => Math.sqrt(S) * z) };
}

describe.each(cases)('a student trained by %s', (_, rule, update) => {
  it('follows the same path as vectors updated by the definitions', () => {
    const student = students(rule, N, initial, randomStream(3, 1));
    const stream = randomStream(3, 1);
    let expected: Student = { weights: initialWeights(stream), gamma: initial.gamma };
    for (let count = 0; count <= 20; count++) {
      const { gamma, misalignment, length } = student.state();
      const size = norm(expected.weights);
      // Twenty steps of rounding.
      expect(Math.abs(length - size / Math.sqrt(N))).toBeLessThan(1e-12);
      expect(Math.abs(1 - misalignment - dot(expected.weights, w0) / size / Math.sqrt(N))).toBeLessThan(
        1e-12,
      );
      if (rule.rule !== 'sgd') expect(Math.abs(gamma - expected.gamma)).toBeLessThan(1e-12);
      student.step(count / N);
      expected = update(expected, draw(stream));
    }
  });
});

describe('a student', () => {
  const still: BatchStep = {
    batchSize: 1,
    noiseVariance: 0,
    compute: () => undefined,
  };

  it.each([0, 1e-12, 0.3, 1, 1.9, 2])('starts with exactly the asked 1 − R = %p', (misalignment) => {
    const student = students(
      handmade(still),
      400,
      { gamma: -0.4, misalignment, length: 2.5 },
      randomStream(1),
    );
    const state = student.state();
    expect(state.gamma).toBe(-0.4);
    // A sum of 400 terms, each known to 1e-16 of √(1 − R)/20: relative 400 times 2e-16, and 1e-16 of its square root.
    expect(Math.abs(state.misalignment - misalignment)).toBeLessThan(
      1e-13 * misalignment + 1e-15 * Math.sqrt(misalignment) + Number.MIN_VALUE,
    );
    expect(Math.abs(state.length - 2.5)).toBeLessThan(1e-14);
  });

  it.each([
    ['one input', [0, 0, 0.5], 0],
    ['the weights themselves', [0, 0, 0], 0.5],
  ])('moves where a step asks for %s alone', (_, onInputs, onStudent) => {
    const start = { gamma: 1, misalignment: 0.5, length: 2 };
    const rule: BatchStep = {
      ...still,
      batchSize: 3,
      compute(_time, _state, _fields, out) {
        out.onInputs.set(onInputs);
        out.onStudent = onStudent;
      },
    };
    const student = students(handmade(rule), 10, start, randomStream(1));
    student.step(0);
    expect(Math.abs(student.state().length - 2)).toBeGreaterThan(1e-3);
  });

  it('tells the rule the time, γ and L of each step, and fields drawn anew', () => {
    const seen: number[][] = [];
    const spy: BatchStep = {
      ...still,
      compute(time, state, fields, out) {
        seen.push([time, state[0], state[2], fields.teacher[0], fields.noise[0], state[1]]);
        out.scaleChange = 10;
      },
    };
    const student = students(handmade(spy), 10, { gamma: 1, misalignment: 0.5, length: 2 }, randomStream(1));
    for (const time of [0, 0.1, 0.2]) student.step(time);
    expect(seen.map(([time, gamma]) => [time, gamma])).toEqual([
      [0, 1],
      [0.1, 2],
      [0.2, 3],
    ]);
    for (const [, , length] of seen) expect(length).toBeCloseTo(2, 14);
    expect(new Set(seen.map((row) => row[3])).size).toBe(3);
    expect(seen.map((row) => row[4])).toEqual([0, 0, 0]);
    expect(seen.map((row) => row[5])).toEqual([NaN, NaN, NaN]);
  });
});
