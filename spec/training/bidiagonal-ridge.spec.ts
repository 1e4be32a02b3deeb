import { Matrix, SVD } from 'ml-matrix';
import { withoutRest } from '../../lib/foundation/turns.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { drawBidiagonalSet, type BidiagonalSet } from '../../lib/training/bidiagonal-inputs.js';
import {
  bidiagonalMinimum,
  tallMinimum,
  wideMinimum,
  type BidiagonalMinimum,
} from '../../lib/training/bidiagonal-ridge.js';
import { bidiagonalFigures } from '../../lib/training/bidiagonal-student.js';
import { minimumNorm, ridge } from '../../lib/training/ridge.js';
import { studentFigures } from '../../lib/training/student-figures.js';
import { drawTrainingSet, labelsOf } from '../../lib/simulation/training-set.js';
import { bidiagonalized, bidiagonalSetOf } from './bidiagonalization.js';

function drawn(sampleCount: number, dimension: number, noiseVariance: number, seed = 7): BidiagonalSet {
  return withoutRest(drawBidiagonalSet(sampleCount, dimension, noiseVariance, randomStream(seed)));
}

/** The same minimum from the singular values of B as a matrix, written out. */
function dense(
  { sampleCount, dimension, diagonal, superdiagonal, noise }: BidiagonalSet,
  lambda: number,
): { minimum: BidiagonalMinimum; condition: number } {
  const matrix = Matrix.zeros(sampleCount, dimension);
  diagonal.forEach((x, i) => {
    matrix.set(i, i, x);
    if (i + 1 < dimension) matrix.set(i, i + 1, superdiagonal[i]);
  });
  const labels = Matrix.zeros(sampleCount, 1);
  noise.forEach((x, i) => labels.set(i, 0, matrix.get(i, 0) + x));
  const {
    diagonal: values,
    leftSingularVectors,
    rightSingularVectors,
    condition,
  } = new SVD(matrix, {
    autoTranspose: true,
  });
  const components = leftSingularVectors.transpose().mmul(labels);
  values.forEach((s, k) => components.set(k, 0, (components.get(k, 0) * s) / (s * s + lambda)));
  const z = rightSingularVectors.mmul(components);
  const fields = matrix.mmul(z);
  const squares = (vector: Matrix): number => vector.dot(vector);
  const alongTeacher = z.get(0, 0);
  const minimum = {
    alongTeacher,
    weightSquare: squares(z),
    errorSquare: squares(z) - alongTeacher ** 2 + (alongTeacher - 1) ** 2,
    fieldSquare: squares(fields),
    residualSquare: squares(Matrix.sub(labels, fields)),
  };
  return { minimum, condition };
}

const shapes: [sampleCount: number, dimension: number][] = [
  [1, 2],
  [1, 9],
  [2, 2],
  [9, 2],
  [12, 30],
  [29, 30],
  [30, 30],
  [31, 30],
  [70, 30],
];

describe.each(shapes)('the minimum on a bidiagonal set, P = %p, N = %p', (sampleCount, dimension) => {
  it.each([0, 1e-3, 3, 1e4])('is that by singular values for λ = %p', (lambda) => {
    for (const noiseVariance of [0, 0.5]) {
      const set = drawn(sampleCount, dimension, noiseVariance);
      const { minimum, condition } = dense(set, lambda);
      // Rounding, 1e-15 for each entry, times the square of the condition, 1e5 at most here, to which least squares is
      // sensitive; relative to labels whose squares are of the order P.
      expect(condition).toBeLessThan(320);
      const tolerance = 1e-15 * dimension * condition ** 2;
      const scales = { alongTeacher: 1, weightSquare: 1, errorSquare: 1, fieldSquare: sampleCount };
      for (const [name, scale] of Object.entries({ ...scales, residualSquare: sampleCount })) {
        const key = name as keyof BidiagonalMinimum;
        const error = Math.abs(bidiagonalMinimum(set, lambda)[key] - minimum[key]);
        expect([name, error < tolerance * (scale + Math.abs(minimum[key]))]).toEqual([name, true]);
      }
    }
  });
});

describe('the minimum on a bidiagonal set', () => {
  const small = drawn(4, 3, 0.5);
  const wide = drawn(3, 4, 0.5);

  it.each([
    ['P ≥ N', small],
    ['P < N', wide],
  ])('tends to 0 as 1/λ with its digits for large λ: z = Bᵀt/λ, %s', (_, set) => {
    const [a, b, x] = [set.diagonal, set.superdiagonal, set.noise];
    const labels = x.map((noise, i) => noise + (i === 0 ? a[0] : 0));
    const pull = [a[0] * labels[0], b[0] * labels[0] + a[1] * labels[1], b[1] * labels[1] + a[2] * labels[2]];
    if (set === wide) pull.push(b[2] * labels[2]);
    const squares = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((sum, f) => sum + f * f, 0);
    const fields = labels.map((_label, i) => a[i] * pull[i] + b[i] * (pull[i + 1] ?? 0));
    const minimum = bidiagonalMinimum(set, 1e40);
    const expected = {
      alongTeacher: pull[0] / 1e40,
      weightSquare: squares(pull) / 1e80,
      fieldSquare: squares(fields) / 1e80,
      residualSquare: squares(labels),
    };
    // The next order is λ/‖B‖² = 1e-39 smaller; rounding of a dozen operations.
    for (const [name, value] of Object.entries(expected)) {
      expect(Math.abs(minimum[name as keyof BidiagonalMinimum] / value - 1)).toBeLessThan(1e-14);
    }
    expect(minimum.errorSquare).toBe(1);
  });

  it('is the teacher exactly where labels have no noise and P ≥ N, and next to it keeps its digits', () => {
    expect(bidiagonalMinimum(drawn(40, 30, 0), 0)).toMatchObject({ alongTeacher: 1, weightSquare: 1 });
    expect(bidiagonalMinimum(drawn(40, 30, 0), 0)).toMatchObject({ errorSquare: 0, residualSquare: 0 });
    // d = B⁻¹ξ is linear in the noise: a standard deviation of 1e-20 gives 1e-40 times the error of 1.
    const one = drawn(40, 30, 1);
    const tiny = { ...one, noise: one.noise.map((x) => 1e-20 * x) };
    const ratio = bidiagonalMinimum(tiny, 0).errorSquare / bidiagonalMinimum(one, 0).errorSquare;
    // Rounding of the 1e-20 multiples, times the condition, below 1e2.
    expect(Math.abs(ratio / 1e-40 - 1)).toBeLessThan(1e-13);
  });

  it('meets all labels for P < N without decay, though the null vector grows to 1e900', () => {
    const set = drawn(3000, 6000, 0.5);
    const labels = set.noise.map((noise, i) => noise + (i === 0 ? set.diagonal[0] : 0));
    const [none, little] = [bidiagonalMinimum(set, 0), bidiagonalMinimum(set, 1e-9)];
    // Sums of 3000 squares, each of a rounding or two.
    const squares = labels.reduce((sum, t) => sum + t * t, 0);
    expect(Math.abs(none.fieldSquare / squares - 1)).toBeLessThan(1e-13);
    // The squares of singular values are above (√N − √P)², 500; each share changes by λ over that.
    for (const name of ['alongTeacher', 'weightSquare', 'errorSquare', 'fieldSquare'] as const) {
      expect(Math.abs(little[name] / none[name] - 1)).toBeLessThan(1e-11);
    }
  });

  it('is continuous from P < N to P ≥ N: a column without entries changes nothing', () => {
    const square = drawn(30, 30, 0.5);
    for (const lambda of [0, 0.1]) {
      const [tall, other] = [tallMinimum(square, lambda), wideMinimum(square, lambda)];
      for (const name of Object.keys(tall) as (keyof BidiagonalMinimum)[]) {
        // As above; the condition is below 100.
        expect(Math.abs(tall[name] - other[name])).toBeLessThan(1e-10 * (1 + tall[name]));
      }
    }
  });
});

describe.each([
  [12, 24],
  [23, 24],
  [24, 24],
  [60, 24],
  [1, 5],
])('a training set of P = %p, N = %p, bidiagonalized,', (sampleCount, dimension) => {
  const set = drawTrainingSet(sampleCount, dimension, 0.5, randomStream(12));
  const labels = labelsOf(set, (u) => u);

  it('is zero but for two diagonals', () => {
    bidiagonalized(set).rows.forEach((row, i) => {
      row.forEach((x, k) => {
        // A few dozen reflections, each with a rounding of 1e-16 of a row's norm.
        if (k !== i && k !== i + 1) expect(Math.abs(x)).toBeLessThan(1e-13);
      });
    });
  });

  it.each([0, 0.3])('gives the student of the explicit engine at ζ = %p', (gammaDecay) => {
    const weights = gammaDecay > 0 ? ridge(set, labels, gammaDecay) : minimumNorm(set, labels);
    const explicit = studentFigures(set, labels, identity, weights, false);
    const fields = Array.from({ length: sampleCount }, (_, i) =>
      weights.reduce((sum, w, k) => sum + w * set.inputs[i * dimension + k], 0),
    );
    const [sum, squares] = [fields.reduce((a, h) => a + h, 0), fields.reduce((a, h) => a + h * h, 0)];
    const figures = bidiagonalFigures(bidiagonalSetOf(set, sum ** 2 / (sampleCount * squares)), gammaDecay);
    for (const name of [
      'generalizationError',
      'gamma',
      'overlap',
      'trainingError',
      'fieldDeviation',
    ] as const) {
      // 1e-15 of rounding times the square of the condition, below 1e3 for these sets; the deviation of one field is the
      // root of a rounding.
      const tolerance = name === 'fieldDeviation' && sampleCount === 1 ? 1e-7 : 1e-9;
      expect(Math.abs(figures[name] - explicit[name])).toBeLessThan(tolerance * (1 + explicit[name]));
    }
  });
});
