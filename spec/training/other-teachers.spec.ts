import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { linearGeneralization } from '../../lib/generalization/linear/linear.js';
import { saddlePoint } from '../../lib/generalization/saddle/saddle-point.js';
import { compareStudents, studentQuantities } from '../../lib/comparison/students-and-theory.js';
import { trainStudents } from '../../lib/training/train-students.js';

const decayed = { rule: 'weight-normalization', dimension: 100, runs: 24, seed: 2 } as const;

describe('students of another teacher', () => {
  it.each([
    ['identity of relu', identity, relu, 1.5, 2, 0.1],
    ['identity of erf', identity, erf, 2, 0.5, 0.3],
  ] as const)('follow theory: %s', (_, activation, teacherActivation, teacherLength, load, gammaDecay) => {
    const problem = { activation, teacherActivation, teacherLength, load, gammaDecay, noiseVariance: 0.1 };
    const compared = compareStudents(trainStudents({ ...decayed, ...problem }), saddlePoint(problem));
    // |z| of three for each of four quantities; the bias of order 1/N is below one standard error here.
    for (const name of studentQuantities)
      expect([name, Math.abs(compared[name].z) < 3]).toEqual([name, true]);
  });

  it('follow replica symmetry from random starts: a rectifier of a linear teacher under strong decay', () => {
    const problem = {
      ...{ activation: relu, teacherActivation: identity, teacherLength: 1.2 },
      ...{ load: 2, gammaDecay: 0.5, noiseVariance: 0.25 },
    };
    // From the teacher they end a little nearer to it (N = 120, 64 runs: R by 4.3 standard errors), the loss not being convex.
    const students = trainStudents({ ...decayed, ...problem, dimension: 60, seed: 9, randomStarts: 3 });
    const compared = compareStudents(students, saddlePoint(problem));
    for (const name of studentQuantities)
      expect([name, Math.abs(compared[name].z) < 3]).toEqual([name, true]);
  });

  it('scale with the teacher', () => {
    const own = { ...decayed, activation: relu, load: 2, dimension: 30, runs: 2, seed: 5 };
    const unit = trainStudents({ ...own, gammaDecay: 0.3, noiseVariance: 0.1 });
    const long = trainStudents({ ...own, gammaDecay: 0.3, noiseVariance: 0.4, teacherLength: 2 });
    // The same minima, found to rounding.
    unit.values.generalizationError.forEach((error, i) => {
      expect(long.values.generalizationError[i] / error).toBeCloseTo(4, 9);
      expect(long.values.overlap[i]).toBeCloseTo(unit.values.overlap[i], 9);
    });
  });

  it('are drawn without their inputs where both are linear', () => {
    const task = { ...decayed, activation: identity, teacherLength: 3, load: 2, gammaDecay: 0.1 };
    const students = trainStudents({ ...task, noiseVariance: 0.9, engine: 'bidiagonal' });
    const unit = trainStudents({ ...task, noiseVariance: 0.1, teacherLength: 1, engine: 'bidiagonal' });
    expect(students.generalizationError.mean).toBeCloseTo(9 * unit.generalizationError.mean, 12);
    // Each of 24 runs a set of its own: |z| > 4.5 has probability 7e-6.
    const theory = linearGeneralization({ load: 2, gammaDecay: 0.1, noiseVariance: 0.1 });
    expect(Math.abs(compareStudents(unit, theory).generalizationError.z)).toBeLessThan(4.5);
    expect(students.gamma.mean).toBeCloseTo(3 * unit.gamma.mean, 12);
    expect(() => trainStudents({ ...task, teacherActivation: relu, engine: 'bidiagonal' })).toThrow(
      /^`engine` must be explicit for a teacher with activation relu; got "bidiagonal"$/,
    );
    expect(() => trainStudents({ ...task, teacherLength: 0 })).toThrow(/`teacherLength`/);
  });

  it('may make steps: SGD comes to the least squares of the labels', () => {
    const problem = {
      ...{ activation: identity, teacherActivation: leakyRelu(0.2), teacherLength: 1.5 },
      ...{ load: 3, noiseVariance: 0.1, dimension: 20, runs: 4, seed: 3 },
    };
    const steps = trainStudents({ ...problem, rule: 'sgd', learningRate: 0.2, batchSize: 4, until: 2000 });
    const exact = trainStudents({ ...problem, rule: 'weight-normalization', gammaDecay: 0 });
    // The noise of a falling learning rate leaves some per cent of ε.
    exact.values.generalizationError.forEach((error, i) => {
      expect(Math.abs(steps.values.generalizationError[i] / error - 1)).toBeLessThan(0.1);
    });
  });
});
