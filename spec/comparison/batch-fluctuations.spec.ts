import { enlarged, independent, quick } from './batch-fluctuation-experiments.js';
import { measure, predictedCovariances, worstDisagreement } from './fluctuation-experiments.js';

// Fixed before looking. A variance is measured to √(2/299) = 8 %; corrections of order 1/N and the 1 to 2 % of a sampled D do not show.
const ENSEMBLE = { dimension: 1000, runs: 300, seed: 1 };
// χ² with 6 degrees of freedom exceeds this with probability 1e-5.
const LARGEST = 33.4;

describe.each(quick)('300 runs of $name at N = 1000', (experiment) => {
  const simulation = measure(experiment, ENSEMBLE);
  const disagreementWith = (theory: typeof experiment.rule): number =>
    worstDisagreement(simulation, predictedCovariances(theory, experiment.initial));

  it('have the covariance that is predicted', () => {
    expect(disagreementWith(experiment.rule)).toBeLessThan(LARGEST);
  });

  it('reject a D that is 1.7 times as large, and that of samples that act independently', () => {
    expect(disagreementWith(enlarged(experiment, 1.7))).toBeGreaterThan(LARGEST);
    expect(disagreementWith(independent(experiment))).toBeGreaterThan(LARGEST);
  });
});
