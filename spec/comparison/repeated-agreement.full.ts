import {
  batches,
  compared,
  largestDeviation,
  measure,
  singleSample,
  type Experiment,
} from './experiments.js';

// Twenty further seeds, so that agreement at the one seed of the fast specs is seen not to be a matter of luck.
const SEEDS = Array.from({ length: 20 }, (_, k) => 101 + k);

const repeated: Experiment[] = [
  singleSample[0],
  singleSample[3],
  ...batches.slice(0, 2),
  ...batches.slice(4),
];

describe.each(repeated)('twenty seeds of $name', (experiment) => {
  const comparisons = SEEDS.map((seed) => compared(measure(experiment, seed), experiment));
  const pValues = comparisons.map(({ overall }) => overall!.pValue);
  const deviations = comparisons.map((comparison) => largestDeviation(comparison, experiment));

  it('reject their theory rarely: at most one |z| > 4 and no p < 1e-4', () => {
    // With a right theory some |z| > 4 has probability 0.5 % at most (Bonferroni, 80 of them): two among twenty seeds
    // happen with probability 0.4 %. A p below 1e-4 does with 0.2 %.
    expect(deviations.filter((z) => z > 4).length).toBeLessThanOrEqual(1);
    expect(Math.min(...pValues)).toBeGreaterThan(1e-4);
  });

  it('have p-values that are spread as they should be', () => {
    // Binomial(20, 1/2) is outside 4 … 16 with probability 0.26 %; Binomial(20, 0.05) above 5 with 0.03 %. The bias of
    // 1/N takes a part of that.
    const lower = pValues.filter((p) => p < 0.5).length;
    expect(lower).toBeGreaterThanOrEqual(4);
    expect(lower).toBeLessThanOrEqual(16);
    expect(pValues.filter((p) => p < 0.05).length).toBeLessThanOrEqual(5);
  });
});
