import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { reportedBoundAsPopulation, reportedBoundExact } from '../../lib/stability/reported-bound.js';
import { relativeError } from '../support/reference.js';

const batchSizes = [1, 4, 32];
const gammaDecays = [0.01, 0.1, 0.5, 1.2, 2];

describe('the reported bound η_max(BN) ≥ η_max(WN, SGD) + 2ζ', () => {
  it('is 2M + 2ζ', () => {
    const points = reportedBoundAsPopulation(relu, batchSizes, gammaDecays);
    expect(points.map(({ bound }) => bound)).toEqual(
      batchSizes.flatMap((m) => gammaDecays.map((zeta) => 2 * m + 2 * zeta)),
    );
    expect(points.map(({ batchSize, gammaDecay }) => [batchSize, gammaDecay])).toEqual(
      batchSizes.flatMap((m) => gammaDecays.map((zeta) => [m, zeta])),
    );
  });

  it.each([identity, relu])('holds for population normalization with gamma decay, $name', (activation) => {
    for (const { maximumLearningRate, bound, holds } of reportedBoundAsPopulation(
      activation,
      batchSizes,
      gammaDecays,
    )) {
      expect(holds).toEqual({ effective: true, reduced: true });
      expect(maximumLearningRate.effective).toBeGreaterThanOrEqual(bound);
      expect(maximumLearningRate.reduced).toBeGreaterThanOrEqual(maximumLearningRate.effective);
    }
  });

  it('compares with 2M(1+2ζ)²/(1+2ζ−2ζ²) for ReLU, infinite once 1 + 2ζ ≤ 2ζ²', () => {
    for (const { batchSize, gammaDecay, maximumLearningRate } of reportedBoundAsPopulation(
      relu,
      batchSizes,
      gammaDecays,
    )) {
      const denominator = 1 + 2 * gammaDecay - 2 * gammaDecay ** 2;
      const expected = denominator > 0 ? (2 * batchSize * (1 + 2 * gammaDecay) ** 2) / denominator : Infinity;
      if (expected === Infinity) expect(maximumLearningRate.effective).toBe(Infinity);
      // The root finder stops within two units in the last place.
      else expect(relativeError(maximumLearningRate.effective, expected)).toBeLessThan(1e-12);
    }
  });

  it('would not hold with 2ζ larger: at small ζ, M = 1 ReLU gains 4Mζ in effective rate and no more', () => {
    const [{ maximumLearningRate }] = reportedBoundAsPopulation(relu, [1], [1e-3]);
    // (1+2ζ)²/(1+2ζ−2ζ²) = 1 + 2ζ + 2ζ² + O(ζ³).
    expect(maximumLearningRate.effective - 2).toBeCloseTo(4e-3 + 4e-6, 7);
  });

  it('fails for exact batch normalization of the linear unit, M = 4 … 256, in both forms', () => {
    const points = reportedBoundExact(identity, [4, 5, 8, 16, 64, 256]);
    for (const { batchSize, gammaDecay, bound, holds, maximumLearningRate } of points) {
      expect(gammaDecay).toBe(3 / (4 * batchSize));
      expect(bound).toBe(2 * batchSize + 2 * gammaDecay);
      expect(holds).toEqual({ effective: false, reduced: false });
      // 2M(M−3)/(M−2) = 2M − 2 − 4/(M−2): below even 2M.
      expect(
        relativeError(maximumLearningRate.reduced, 2 * batchSize - 2 - 4 / (batchSize - 2)),
      ).toBeLessThan(1e-12);
      expect(maximumLearningRate.effective).toBeLessThan(maximumLearningRate.reduced);
    }
  });

  it('has the known effective rates of exact batch normalization: 12.04 at M = 8, 60.40 at M = 32', () => {
    const found = reportedBoundExact(identity, [8, 32]).map(
      ({ maximumLearningRate }) => maximumLearningRate.effective,
    );
    // 2(M − 3)E[1/s] (docs/theory/learning-rates.md#the-linear-maximum), as printed in
    // docs/findings/reported-bound.md.
    expect(found[0]).toBeCloseTo(12.04, 2);
    expect(found[1]).toBeCloseTo(60.4, 2);
  });

  it('refuses bad grids by name', () => {
    expect(() => reportedBoundAsPopulation(relu, [0], [0.1])).toThrow(
      '`batchSize` must be an integer >= 1; got 0',
    );
    expect(() => reportedBoundAsPopulation(relu, [1], [-0.1])).toThrow(
      '`gammaDecay` must be a finite number >= 0; got -0.1',
    );
    expect(() => reportedBoundExact(identity, [3])).toThrow('`batchSize` must be an integer >= 4; got 3');
    expect(() => reportedBoundExact(erf, [8])).toThrow('`activation` must be');
  });
});
