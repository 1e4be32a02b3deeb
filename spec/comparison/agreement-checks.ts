import { compared, largestDeviation, measure, wrongTheories, type Experiment } from './experiments.js';

// Fixed before looking.
export const SEED = 1;

/**
 * What every experiment has to show. With a right theory one z in 16,000 exceeds 4; an experiment has 60 or 80 of them,
 * strongly correlated in time, and one p-value: a false alarm in 0.3 to 0.6 % of seeds (Bonferroni), 5 % over all twelve.
 * The bias of the means, 1/N = 0.002, stands beside standard errors of about 0.005.
 */
export function describeAgreement(experiments: readonly Experiment[]): void {
  describe.each(experiments)('a simulation at N = 500 of $name', (experiment) => {
    const simulation = measure(experiment, SEED);

    it('agrees with its order-parameter equations at 20 times', () => {
      const comparison = compared(simulation, experiment);
      expect(simulation.outcome).toBe('reached-end');
      expect(comparison.finiteSizeBias).toBe(1 / 500);
      expect(largestDeviation(comparison, experiment)).toBeLessThan(4);
      expect(comparison.overall!.components).toBe(3 * Object.keys(experiment.initial).length);
      expect(comparison.overall!.pValue).toBeGreaterThan(1e-3);
    });

    it.each(wrongTheories)('rejects a theory with $wrong', ({ theory }) => {
      const comparison = compared(simulation, experiment, theory(experiment));
      const rejected = comparison.overall!.pValue < 1e-3 || largestDeviation(comparison, experiment) > 4;
      expect(rejected).toBe(true);
    });
  });
}
