import { stepCoefficients, type BatchStep } from '../../lib/dynamics/batch-step.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { populationNormalization } from '../../lib/dynamics/rules/population-normalization.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { extrapolatedJacobian } from '../support/extrapolated-jacobian.js';

const T = 1.5;
const common = { learningRate: 0.7, batchSize: 5, noiseVariance: 0.1, teacherLength: T };
const normalized = { ...common, gammaLearningRate: 0.3 };
const cases: [string, Activation, Activation, OrderParameterSystem][] = [
  ['sgd', relu, identity, sgd({ ...common, activation: relu, teacherActivation: identity })],
  ['sgd', erf, erf, sgd({ ...common, activation: erf })],
  [
    'weight normalization',
    identity,
    relu,
    weightNormalization({ ...normalized, activation: identity, teacherActivation: relu, gammaDecay: 0.2 }),
  ],
  [
    'population normalization',
    erf,
    softplus,
    populationNormalization({ ...normalized, activation: erf, teacherActivation: softplus }),
  ],
  [
    'batch normalization',
    relu,
    identity,
    batchNormalization({ ...normalized, activation: relu, teacherActivation: identity }),
  ],
  ['batch normalization', identity, identity, batchNormalization({ ...normalized, activation: identity })],
];

const N = 4;
const M = 5;
// Fixed, unremarkable numbers; no field of theirs stands near a kink.
const inputs = Array.from({ length: M }, (_, i) =>
  Array.from({ length: N }, (__, k) => Math.sin(3 * i + 7 * k + 1) * 1.7),
);
const teacher = Array.from({ length: N }, (_, k) => Math.cos(k) * 1.3);
const weights = Array.from({ length: N }, (_, k) => Math.sin(2 * k + 0.5));
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k], 0);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

/** The pre-activations of a student, by the words of its rule. */
function outputs(rule: string, w: readonly number[], gamma: number): number[] {
  const fields = inputs.map((x) => dot(w, x) / Math.sqrt(N));
  if (rule === 'sgd') return fields;
  if (rule !== 'batch normalization') return inputs.map((x) => (gamma * dot(w, x)) / Math.sqrt(dot(w, w)));
  const centre = mean(fields);
  const deviation = Math.sqrt(mean(fields.map((h) => (h - centre) ** 2)));
  return fields.map((h) => (gamma * (h - centre)) / deviation);
}

/** Δw that a step asks for. */
function update(step: BatchStep, gamma: number, hasScale: boolean): number[] {
  const norm = Math.sqrt(dot(weights, weights));
  const fields = {
    teacher: Float64Array.from(inputs, (x) => dot(teacher, x) / Math.sqrt(N)),
    student: Float64Array.from(inputs, (x) => dot(weights, x) / norm),
    noise: new Float64Array(M),
  };
  const out = stepCoefficients(M);
  const length = norm / Math.sqrt(N);
  step.compute(0, hasScale ? [gamma, NaN, length] : [NaN, length], fields, out);
  return weights.map((w, k) => {
    const pushes = inputs.reduce((sum, x, i) => sum + out.onInputs[i] * x[k], 0);
    return (pushes + (out.onStudent * w) / norm) / Math.sqrt(N);
  });
}

describe.each(cases)(
  '%s of a student with a teacher of another kind, case %#',
  (name, student, taught, rule) => {
    const size = rule.layout.names.length;

    it('descends the gradient of the loss with labels g*(Tu)', () => {
      const gamma = 0.8;
      const labels = inputs.map((x) => taught.value((T * dot(teacher, x)) / Math.sqrt(N)));
      const loss = (w: readonly number[]): number =>
        mean(outputs(name, w, gamma).map((z, i) => (labels[i] - student.value(z)) ** 2)) / 2;
      const h = 1e-5;
      update(rule.batchStep, gamma, size === 3).forEach((change, k) => {
        const [up, down] = [h, -h].map((by) => loss(weights.map((w, j) => (j === k ? w + by : w))));
        // Central differences: h² of truncation, times third derivatives of order ten, and 1e-16/h of rounding.
        expect(Math.abs(change + (0.7 * (up - down)) / (2 * h))).toBeLessThan(1e-8);
      });
    });

    it('has the Jacobian of its equations', () => {
      const exact = new Float64Array(size * size);
      for (const point of [
        [0.6, 0.3, 0.9],
        [1.2, 1.4, 1.3],
      ]) {
        const state = Float64Array.from(point.slice(3 - size));
        rule.jacobian!(0.5, state, exact);
        // Truncation h⁴ = 1e-12; averages by quadrature and by table are known to 1e-9 of order one, over h.
        const bound = softplus === taught || name.startsWith('batch') ? 1e-7 : 1e-10;
        extrapolatedJacobian(rule, state).forEach((extrapolated, k) => {
          expect(Math.abs(exact[k] - extrapolated)).toBeLessThan(bound);
        });
      }
    });
  },
);

describe('a linear student', () => {
  it('takes what is not linear of its teacher for label noise, docs/theory/averages.md#a-teacher-of-another-kind', () => {
    // Of ReLU T₁ = E[u u⁺] = ½ and E[(u⁺)²] − T₁² = ¼.
    const shared = { activation: identity, learningRate: 0.7, batchSize: 3 };
    for (const make of [sgd, weightNormalization]) {
      const kinked = make({ ...shared, teacherActivation: relu, noiseVariance: 0.1 });
      const line = make({ ...shared, teacherLength: 0.5, noiseVariance: 0.35 });
      const size = kinked.layout.names.length;
      for (const point of [
        [0.5, 0.9, 0.8],
        [0.6, 1e-6, 1.2],
      ]) {
        const state = Float64Array.from(point.slice(3 - size));
        const [left, right] = [new Float64Array(size), new Float64Array(size)];
        kinked.derivative(0, state, left);
        line.derivative(0, state, right);
        // A dozen roundings of numbers of order one.
        left.forEach((value, i) => {
          expect(Math.abs(value - right[i])).toBeLessThan(1e-14);
        });
      }
    }
  });
});

describe('a teacher like the student', () => {
  it.each([identity, relu, erf, leakyRelu(0.1)])('changes no bit of the equations, case %#', (activation) => {
    // The tables of the others take seconds, and are those of the pair that the two share.
    const rules = [
      sgd,
      weightNormalization,
      ...(activation === identity || activation === relu ? [batchNormalization] : []),
    ];
    for (const make of rules) {
      const common = { activation, learningRate: 0.7, batchSize: 4, noiseVariance: 0.1 };
      const plain = make(common);
      const told = make({ ...common, teacherActivation: activation, teacherLength: 1 });
      const size = plain.layout.names.length;
      for (const point of [
        [0.5, 0.9, 0.8],
        [1, 1e-12, 1],
      ]) {
        const state = Float64Array.from(point.slice(3 - size));
        for (const [f, length] of [
          ['derivative', size],
          ['jacobian', size * size],
        ] as const) {
          const [left, right] = [new Float64Array(length), new Float64Array(length)];
          plain[f]!(0, state, left);
          told[f]!(0, state, right);
          expect([...right]).toEqual([...left]);
        }
      }
    }
  });

  // t = c(g(u) + ξ/c), so that a student of scale cγ errs by c times as much: with η/c² its direction moves as with η.
  it.each([
    ['identity', identity],
    ['relu', relu],
  ] as const)('but c times as long is the same problem in other units: %s', (_, activation) => {
    const [c, gamma, eta, S] = [2, 0.7, 0.6, 0.2];
    for (const make of [weightNormalization, batchNormalization]) {
      const decay = make === weightNormalization ? { gammaDecay: 0.3 } : {};
      const shared = { activation, batchSize: 6, gammaLearningRate: 0.4, ...decay };
      const long = make({
        ...shared,
        learningRate: eta / c ** 2,
        noiseVariance: c * c * S,
        teacherLength: c,
      });
      const short = make({ ...shared, learningRate: eta, noiseVariance: S });
      for (const r of [1e-10, 0.4, 1.7]) {
        const [left, right] = [new Float64Array(3), new Float64Array(3)];
        long.derivative(0, Float64Array.of(c * gamma, r, 1), left);
        short.derivative(0, Float64Array.of(gamma, r, 1), right);
        // A dozen roundings; tables of batch normalization are good to 1e-9 of their largest values, which are of order one.
        const bound = make === weightNormalization ? 1e-14 : 1e-9;
        [left[0] / c, left[1], left[2]].forEach((value, i) => {
          expect(Math.abs(value - right[i])).toBeLessThan(bound);
        });
        expect(
          Math.abs(
            long.observables['generalizationError'](0, [c * gamma, r, 1]) /
              (c * c * short.observables['generalizationError'](0, [gamma, r, 1])) -
              1,
          ),
        ).toBeLessThan(1e-13);
      }
    }
  });

  it('is refused by name where it is none', () => {
    expect(() => sgd({ activation: relu, learningRate: 1, teacherLength: -1 })).toThrow(
      new RangeError('`teacherLength` must be a finite number > 0; got -1'),
    );
    expect(() => sgd({ activation: relu, learningRate: 1, teacherActivation: 'relu' as never })).toThrow(
      '`teacherActivation` must be an Activation',
    );
  });
});
