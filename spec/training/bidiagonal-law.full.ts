import {
  disagreementOf,
  misalignedStudents,
  shiftedStudents,
  students,
  type LinearTask,
} from './bidiagonal-ensembles.js';

// Fixed before looking. The engines share neither seed nor random numbers.
const [RUNS, SEED, OTHER_SEED] = [4000, 51, 52];

const common = { dimension: 20, noiseVariance: 0.3 };
const tasks: [string, LinearTask][] = [
  ['the minimum norm, P = 10', { ...common, sampleCount: 10, gammaDecay: 0 }],
  ['ridge, P = 10', { ...common, sampleCount: 10, gammaDecay: 0.2 }],
  ['ridge, P = N', { ...common, sampleCount: 20, gammaDecay: 0.1 }],
  ['least squares, P = 40', { ...common, sampleCount: 40, gammaDecay: 0 }],
];

describe.each(tasks)('students on bidiagonal matrices, N = 20, %s: the five quantities', (_, task) => {
  const free = students(task, 'bidiagonal', RUNS, SEED);

  it('have the law that P × N inputs give them: means, variances, distributions', () => {
    const { severity, comparisons } = disagreementOf(free, students(task, 'explicit', RUNS, OTHER_SEED));
    // 15 comparisons at 1e-6 each in four cases: a false alarm in 6e-5 of the seeds (Bonferroni).
    expect(comparisons).toBe(task.sampleCount < 20 && task.gammaDecay === 0 ? 12 : 15);
    expect(severity).toBeLessThan(1);
  });

  it('have it in bidiagonal matrices drawn once more, entry by entry', () => {
    const other = shiftedStudents(task, { diagonal: 0, superdiagonal: 0 }, RUNS, OTHER_SEED);
    expect(disagreementOf(free, other).severity).toBeLessThan(1);
  });

  // What follows has to be rejected.
  it('have another law without label noise', () => {
    const quiet = students({ ...task, noiseVariance: 0 }, 'bidiagonal', RUNS, OTHER_SEED);
    expect(disagreementOf(free, quiet).severity).toBeGreaterThan(1);
  });

  it.each([
    { diagonal: 3, superdiagonal: 0 },
    { diagonal: -3, superdiagonal: 0 },
    { diagonal: 0, superdiagonal: 3 },
    { diagonal: 0, superdiagonal: -3 },
  ])('have another law with degrees of freedom off by %p', (shifts) => {
    const wrong = shiftedStudents(task, shifts, RUNS, OTHER_SEED);
    expect(disagreementOf(free, wrong).severity).toBeGreaterThan(1);
  });

  if (task.gammaDecay > 0) {
    it('have another law with the teacher along the second direction', () => {
      expect(disagreementOf(free, misalignedStudents(task, RUNS, OTHER_SEED)).severity).toBeGreaterThan(1);
    });
  }
});
