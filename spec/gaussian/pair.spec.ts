import type { Activation } from '../../lib/gaussian/activation.js';
import { defineActivation, expressionActivation } from '../../lib/gaussian/activations/custom.js';
import { erf, erfAverages } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { activationPair } from '../../lib/gaussian/activations/pair.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { finiteDifferenceGradient } from '../../lib/gaussian/finite-difference-gradient.js';
import { homogeneousUnit } from '../../lib/gaussian/homogeneous.js';
import { sampleCovariance } from '../../lib/gaussian/sample-covariance.js';
import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { byQuadrature } from '../support/by-quadrature.js';
import { reference } from '../support/reference.js';

interface PairCase {
  student: [number, number] | 'erf';
  teacher?: [number, number];
  teacherLength?: number;
  gamma: number;
  phi: number;
  deltaV: string;
  deltaTransverse: string;
  deltaSquared: string;
  epsilon: string;
}

const tanh = defineActivation({ name: 'tanh', value: Math.tanh, derivative: (z) => 1 / Math.cosh(z) ** 2 });
const ramp = defineActivation({
  name: 'ramp',
  value: (z) => Math.max(-1, Math.min(1, z)),
  derivative: (z) => (z >= -1 && z < 1 ? 1 : 0),
  kinks: [-1, 1],
});
const shifted = defineActivation({
  name: 'shifted',
  value: (z) => Math.abs(z - 0.5),
  derivative: (z) => (z >= 0.5 ? 1 : -1),
  kinks: [0.5],
});
const unit = (slopes: [number, number]): Activation => homogeneousUnit('two-slope', slopes);

const out = new Float64Array(9);
const other = new Float64Array(9);

/** E[δv], E[δ(u − Rv)], E[δ²], ε. */
function averagesAt(pair: ReturnType<typeof activationPair>, gamma: number, phi: number): number[] {
  pair.averages.write(gamma, phi, out);
  return [out[0], out[1], out[2], pair.averages.generalizationError(gamma, phi)];
}

describe('averages of a student beside a teacher of another kind, against integrals to 30 digits', () => {
  const { cases } = reference<PairCase>('pair-averages');

  it('agree to 1e-13 of their terms in closed form, near R = 1 relative to themselves where teacher and student are proportional', () => {
    expect(cases.length).toBe(78);
    for (const { student, teacher, teacherLength, gamma, phi, ...expected } of cases) {
      const pair =
        student === 'erf'
          ? activationPair(erf, erf, teacherLength)
          : activationPair(unit(student), unit(teacher!));
      const found = averagesAt(pair, gamma, phi);
      const exact = [expected.deltaV, expected.deltaTransverse, expected.deltaSquared, expected.epsilon].map(
        Number,
      );
      // Terms of order one with a dozen roundings each; the second has the factor sin²φ.
      const scales = [1, Math.sin(phi) ** 2, 1, 1];
      found.forEach((value, i) => {
        expect(Math.abs(value - exact[i])).toBeLessThan(1e-13 * scales[i]);
      });
    }
    // Slopes (1, 0) beside (2, 0) and (1, 1) beside (1.5, 1.5): E[δ²] and ε fall to 1e-12 and below there.
    const proportional = cases.filter(
      ({ student, teacher, gamma, phi }) =>
        phi < 1e-3 &&
        student !== 'erf' &&
        teacher![0] === gamma * student[0] &&
        teacher![1] === gamma * student[1],
    );
    expect(proportional.length).toBe(2);
    for (const { student, teacher, gamma, phi, deltaSquared, epsilon } of proportional) {
      const found = averagesAt(activationPair(unit(student as [number, number]), unit(teacher!)), gamma, phi);
      expect(found[3]).toBeLessThan(1e-11);
      expect(Math.abs(found[2] / Number(deltaSquared) - 1)).toBeLessThan(1e-13);
      expect(Math.abs(found[3] / Number(epsilon) - 1)).toBeLessThan(1e-13);
    }
  });
});

describe('the pair of a student and a teacher', () => {
  it('is the student with itself where the two functions are one', () => {
    for (const [student, teacher, length] of [
      [erf, erf, 1],
      [softplus, softplus, 1],
      [relu, relu, 1],
      [unit([2, 0]), relu, 2],
    ] as const) {
      const pair = activationPair(student, teacher, length);
      expect(pair.teacher).toBe(student);
      expect(pair.averages).toBe(student.averages);
    }
    expect(activationPair(relu).averages).toBe(relu.averages);
    expect(activationPair(tanh, relu, 2)).toBe(activationPair(tanh, relu, 2));
    expect(activationPair(tanh, relu, 2)).not.toBe(activationPair(tanh, relu, 3));
  });

  it('has the teacher as a function of the standard normal field, g*(Tu)', () => {
    const { teacher } = activationPair(relu, shifted, 2);
    expect([teacher.value(1), teacher.derivative(1), teacher.derivative(0.1), teacher.kinks]).toEqual([
      1.5,
      2,
      -2,
      [0.25],
    ]);
    expect(activationPair(identity, relu, 3).teacher.slopes).toEqual([3, 0]);
  });

  it('refuses what is no activation and no length', () => {
    expect(() => activationPair(relu, identity, 0)).toThrow(
      new RangeError('`teacherLength` must be a finite number > 0; got 0'),
    );
    expect(() => activationPair(relu, 'identity' as never)).toThrow(
      '`teacherActivation` must be an Activation',
    );
  });
});

describe('averages of a pair by quadrature', () => {
  const pairs: [Activation, Activation, number][] = [
    [relu, identity, 1.5],
    [leakyRelu(0.3), leakyRelu(-1), 0.7],
    [identity, relu, 2],
    [unit([-0.5, 1.5]), relu, 1],
    [erf, erf, 0.4],
    [erf, erf, 3],
  ];

  it.each(pairs)(
    'are the closed forms, with their derivatives and second moments, case %#',
    (student, teacher, length) => {
      const closed = activationPair(student, teacher, length);
      // An object of its own is no unit that closed forms are known of.
      const plain = activationPair(byQuadrature(student), byQuadrature(teacher), length);
      for (const [gamma, phi] of [
        [0.7, 0.4],
        [1.4, 1.9],
        [-0.6, 2.8],
      ]) {
        const expected = averagesAt(closed, gamma, phi);
        averagesAt(plain, gamma, phi).forEach((value, i) => {
          // The accuracy promised for quadrature, 1e-9 of E|f|, with averages of order one.
          expect(Math.abs(value - expected[i])).toBeLessThan(1e-9);
        });
        finiteDifferenceGradient((...place) => {
          closed.averages.write(...place);
        }, length)(gamma, phi, other);
        closed.averages.writeGradient(gamma, phi, out);
        // What differences of order eight leave where the averages vary on the scale of 1/T.
        for (let i = 0; i < 8; i++) expect(Math.abs(out[i] - other[i])).toBeLessThan(1e-7);
        sampleCovariance(closed, 0.2)(gamma, phi, out);
        sampleCovariance(plain, 0.2)(gamma, phi, other);
        // 1e-8 of the terms, which are below ten.
        out.forEach((value, i) => {
          expect(Math.abs(value - other[i])).toBeLessThan(1e-7);
        });
      }
    },
  );

  it('of a linear teacher or a linear student are single sums by hand', () => {
    // Equally spaced sums of analytic functions times a normal density: exact to rounding at steps of 1/16.
    const mean = (f: (z: number) => number): number => {
      let sum = 0;
      for (let k = -160; k <= 160; k++) sum += (f(k / 16) * Math.exp(-((k / 16) ** 2) / 2)) / 16;
      return sum / Math.sqrt(2 * Math.PI);
    };
    const [gamma, phi, T] = [0.8, 0.9, 1.5];
    const [R, square] = [Math.cos(phi), Math.sin(phi) ** 2];
    const g = (v: number): number => Math.tanh(gamma * v);
    const slope = (v: number): number => 1 / Math.cosh(gamma * v) ** 2;
    const error = (v: number): number => T * T * (R * R * v * v + square) - 2 * T * R * v * g(v) + g(v) ** 2;
    const linearTeacher = [
      mean((v) => (T * R * v - g(v)) * slope(v) * v),
      square * T * mean(slope),
      mean((v) => slope(v) ** 2 * error(v)),
      mean(error),
    ];
    averagesAt(activationPair(tanh, identity, T), gamma, phi).forEach((value, i) => {
      expect(Math.abs(value - linearTeacher[i])).toBeLessThan(1e-9);
    });

    const along = mean((u) => u * Math.tanh(T * u));
    const squareError = mean((u) => Math.tanh(T * u) ** 2) - 2 * gamma * R * along + gamma * gamma;
    const linearStudent = [R * along - gamma, square * along, squareError, squareError];
    averagesAt(activationPair(identity, tanh, T), gamma, phi).forEach((value, i) => {
      expect(Math.abs(value - linearStudent[i])).toBeLessThan(1e-9);
    });
  });

  it('of a steep teacher agree with the closed forms too, to 1e-9', () => {
    for (const [gamma, phi] of [
      [1.2, 0.3],
      [5, 1.4],
    ]) {
      const expected = averagesAt(activationPair(erf, erf, 30), gamma, phi);
      averagesAt(activationPair(byQuadrature(erf), byQuadrature(erf), 30), gamma, phi).forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-9);
      });
    }
  });
});

describe('averages of pairs with kinks apart, against a sample of fields', () => {
  const COUNT = 100_000;
  // 5 averages of 4 pairs at |z| < 4.5: false alarm rate 1e-4.
  it.each([
    [ramp, shifted, 1.6],
    [shifted, relu, 0.8],
    [erf, ramp, 2],
    [softplus, shifted, 1],
  ] as [Activation, Activation, number][])(
    'agree within their standard errors, case %#',
    (student, teacher, length) => {
      const [gamma, phi, noise] = [0.9, 0.8, 0.3];
      const pair = activationPair(student, teacher, length);
      const stream = randomStream(20, Math.round(100 * length));
      const normals = new Float64Array(3 * COUNT);
      fillNormal(stream, normals);
      const sums = new Float64Array(6);
      const squares = new Float64Array(6);
      for (let k = 0; k < COUNT; k++) {
        const v = normals[3 * k];
        const u = Math.cos(phi) * v + Math.sin(phi) * normals[3 * k + 1];
        const gap = teacher.value(length * u) - student.value(gamma * v);
        const slope = student.derivative(gamma * v);
        const across = u - Math.cos(phi) * v;
        const noisy = (gap + Math.sqrt(noise) * normals[3 * k + 2]) * slope;
        [
          gap * slope * v,
          gap * slope * across,
          (gap * slope) ** 2,
          gap * gap,
          (noisy * v) ** 2,
          (noisy * across) ** 2,
        ].forEach((value, i) => {
          sums[i] += value;
          squares[i] += value * value;
        });
      }
      const averages = averagesAt(pair, gamma, phi);
      sampleCovariance(pair, noise)(gamma, phi, other);
      const expected = [...averages, other[0] + averages[0] ** 2, other[4] + averages[1] ** 2];
      expected.forEach((value, i) => {
        const average = sums[i] / COUNT;
        const error = Math.sqrt((squares[i] / COUNT - average * average) / COUNT);
        expect(Math.abs(average - value) / error).toBeLessThan(4.5);
        expect(error).toBeLessThan(0.03 * Math.abs(value) + 3e-3);
      });
    },
  );
});

describe('limits of pairs', () => {
  it('erf beside a short erf learns from a line: g(Tu) = √(2/π) T u + O(T³)', () => {
    const [T, gamma, phi] = [1e-3, 0.6, 1];
    erfAverages(T).write(gamma, phi, out);
    activationPair(erf, identity, Math.sqrt(2 / Math.PI) * T).averages.write(gamma, phi, other);
    // T³/6 of the slope; quadrature knows the other to 1e-13.
    for (let i = 0; i < 4; i++) expect(Math.abs(out[i] - other[i])).toBeLessThan(1e-9);
  });

  it('a linear student beside a linear teacher has the averages of docs/theory/averages.md at T', async () => {
    const [T, gamma, phi] = [1.7, 0.6, 1];
    const R = Math.cos(phi);
    const error = T * T - 2 * gamma * R * T + gamma * gamma;
    const line = await expressionActivation('1.7 z');
    for (const pair of [activationPair(identity, identity, T), activationPair(identity, line)]) {
      const expected = [T * R - gamma, T * Math.sin(phi) ** 2, error, error];
      averagesAt(pair, gamma, phi).forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-14);
      });
    }
  });
});
