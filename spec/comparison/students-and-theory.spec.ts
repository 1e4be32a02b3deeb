import { deviation } from '../../lib/comparison/deviation.js';
import { compareStudents } from '../../lib/comparison/students-and-theory.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { trainStudents } from '../../lib/training/train-students.js';

describe('students beside a theory', () => {
  const students = trainStudents({
    ...{ rule: 'weight-normalization', activation: identity, load: 3, gammaDecay: 0, noiseVariance: 0.1 },
    ...{ dimension: 40, runs: 32, seed: 5 },
  });

  it('agree with least squares at finite N, S N/(P − N − 1), and reject twice that', () => {
    // The inverse Wishart mean, exact at N = 40, P = 120; |z| < 4.5 fails in 7e-6 of seeds.
    const exact = (0.1 * 40) / (120 - 40 - 1);
    const theory = { gamma: 1, overlap: 1, trainingError: 0, generalizationError: exact };
    expect(Math.abs(compareStudents(students, theory).generalizationError.z)).toBeLessThan(4.5);
    const wrong = { ...theory, generalizationError: 2 * exact };
    expect(compareStudents(students, wrong).generalizationError.z).toBeLessThan(-4.5);
  });

  it('have the deviations of their means', () => {
    const theory = { gamma: 0.9, overlap: 1, trainingError: 0, generalizationError: 0.05 };
    const { gamma } = compareStudents(students, theory);
    expect([gamma.mean, gamma.standardError]).toEqual([students.gamma.mean, students.gamma.standardError]);
    expect(gamma.z).toBe(deviation(gamma.mean, gamma.standardError, 0.9, 32));
  });
});

describe('deviation', () => {
  it("is the normal deviate of Student's t: one degree of freedom at t = 1 has a quarter above", () => {
    // The upper quartile of the normal law.
    expect(deviation(2, 1, 1, 2)).toBeCloseTo(0.6744897501960817, 10);
    expect(deviation(0, 1, 1, 2)).toBeCloseTo(-0.6744897501960817, 10);
  });

  it('is infinite for any gap between runs that agree to rounding', () => {
    expect(deviation(1, 0, 1, 8)).toBe(0);
    expect(deviation(1, 0, 0.9, 8)).toBe(Infinity);
  });
});
