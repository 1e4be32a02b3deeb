import { linearGeneralization } from '../../lib/generalization/linear/linear.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { trainStudents } from '../../lib/training/train-students.js';
import { disagreementOf, shiftedStudents, students, type LinearTask } from './bidiagonal-ensembles.js';

// Seeds fixed before looking.
const [RUNS, SEED, OTHER_SEED] = [4000, 71, 72];

const shapes = [1, 2, 5, 15, 29, 30, 31, 45, 90];
const tasks: LinearTask[] = shapes.flatMap((sampleCount) =>
  [0, 0.2].map((gammaDecay) => ({ sampleCount, dimension: 30, gammaDecay, noiseVariance: 0.3 })),
);

describe.each(tasks)('linear students, N = 30, P = $sampleCount, ζ = $gammaDecay', (task) => {
  it('have one law in both engines', () => {
    // Up to 15 comparisons at 1e-6 in each of 18 cases: a false alarm in 3e-4 of the seeds (Bonferroni).
    const free = students(task, 'bidiagonal', RUNS, SEED);
    const { severity, comparisons } = disagreementOf(free, students(task, 'explicit', RUNS, OTHER_SEED));
    expect(comparisons).toBeLessThanOrEqual(15);
    expect(severity).toBeLessThan(1);
  });
});

describe('forty thousand runs', () => {
  const common = { dimension: 20, noiseVariance: 0.3 };
  // At P = 40 decay would hide what is next to the diagonal.
  const near: LinearTask[] = [
    { ...common, sampleCount: 10, gammaDecay: 0.1 },
    { ...common, sampleCount: 20, gammaDecay: 0.1 },
    { ...common, sampleCount: 40, gammaDecay: 0 },
  ];

  it.each(near)('tell χ from χ of one degree of freedom more or less, N = 20, P = $sampleCount', (task) => {
    const runs = 40_000;
    const free = students(task, 'bidiagonal', runs, SEED);
    const severityOf = (diagonal: number, superdiagonal: number): number =>
      disagreementOf(free, shiftedStudents(task, { diagonal, superdiagonal }, runs, OTHER_SEED)).severity;
    expect(severityOf(0, 0)).toBeLessThan(1);
    for (const shift of [1, -1]) {
      expect(severityOf(shift, 0)).toBeGreaterThan(1);
      expect(severityOf(0, shift)).toBeGreaterThan(1);
    }
  });
});

describe('linear students in a million dimensions', () => {
  it.each([
    [0.5, 0],
    [0.999, 0],
    [1, 0.01],
    [2, 0],
    [2, 0.125],
  ])('follow the curve at α = %p, ζ = %p in seconds', (load, gammaDecay) => {
    const begin = performance.now();
    const found = trainStudents({
      ...{ rule: 'weight-normalization', activation: identity, engine: 'bidiagonal' },
      ...{ load, gammaDecay, noiseVariance: 0.25, dimension: 1e6, runs: 16, seed: SEED },
    });
    // A fifth of a second a run where it was written.
    expect((performance.now() - begin) / 16).toBeLessThan(2000);
    const theory = linearGeneralization({ load, gammaDecay, noiseVariance: 0.25 });
    // |t| > 6.5 with 16 runs has probability 1e-5: fifteen of them, a false alarm in 1.5e-4 of the seeds.
    for (const name of ['generalizationError', 'gamma', 'overlap'] as const) {
      const { mean, standardError } = found[name];
      expect([name, Math.abs(mean - theory[name]) < 6.5 * standardError]).toEqual([name, true]);
    }
  });
});
