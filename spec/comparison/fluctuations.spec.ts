import { solveFluctuations } from '../../lib/trajectory/solve-fluctuations.js';
import {
  experiments,
  measure,
  predictedCovariances,
  TIMES,
  varianceDeviate,
  worstDisagreement,
  wrongTheories,
} from './fluctuation-experiments.js';

// Fixed before looking. A variance is measured to √(2/399) = 7 %; corrections of relative order 1/N, a few times 0.002, do not show.
const ENSEMBLE = { dimension: 600, runs: 400, seed: 1 };
// χ² with 6 degrees of freedom exceeds this with probability 1e-5, with 3 it is rarer: 16 of them, a false alarm in 2e-4 of seeds.
const LARGEST = 33.4;
// 56 deviates: 4e-4.
const LARGEST_DEVIATE = 4.5;

describe.each(experiments)('400 runs of $name at N = 600', (experiment) => {
  const { rule, initial } = experiment;
  const simulation = measure(experiment, ENSEMBLE);
  const disagreementWith = (theory: typeof rule): number =>
    worstDisagreement(simulation, predictedCovariances(theory, initial));

  it('have the covariance that is predicted', () => {
    expect(disagreementWith(rule)).toBeLessThan(LARGEST);
  });

  it('have the predicted deviations, that of the generalization error too', () => {
    const theory = solveFluctuations({ rule, initial, times: TIMES });
    for (const quantity of [...rule.layout.names, 'generalizationError'] as const) {
      theory.deviation(quantity, ENSEMBLE.dimension).forEach((deviation, k) => {
        const variance = simulation.series(quantity)[k].standardError ** 2 * ENSEMBLE.runs;
        const z = varianceDeviate(variance / deviation ** 2, ENSEMBLE.runs);
        expect(Math.abs(z)).toBeLessThan(LARGEST_DEVIATE);
      });
    }
  });

  it.each(wrongTheories)('reject a theory with $wrong', ({ theory }) => {
    expect(disagreementWith(theory(experiment))).toBeGreaterThan(LARGEST);
  });
});
