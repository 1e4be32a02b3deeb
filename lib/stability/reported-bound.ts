import { argumentError, listOf, rangeError, requireAnyNumber, requireInteger } from '../foundation/checks.js';
import { batchNormalization } from '../dynamics/rules/batch-normalization.js';
import type { NormalizedOrderParameter } from '../dynamics/normalized-system.js';
import { populationNormalization } from '../dynamics/rules/population-normalization.js';
import { requireActivation, type Activation } from '../gaussian/activation.js';
import { learningRateForms, type LearningRateFamily, type LearningRateForms } from './family.js';
import { alignedFixedPoint } from './fixed-point.js';
import { linearMaximum } from './maximum-learning-rate.js';

/** One point of the reported bound. */
export interface ReportedBoundPoint {
  /** M ≥ 1, samples per step; ≥ 4 for exact batch normalization. */
  readonly batchSize: number;
  /** ζ of the bound; for exact batch normalization the published ζ that its batch size stands for. */
  readonly gammaDecay: number;
  /** η_max of the model at S = 0. */
  readonly maximumLearningRate: LearningRateForms;
  /** 2M + 2ζ: η_max of WN and SGD at S = 0, plus 2ζ. */
  readonly bound: number;
  /** Whether the bound holds in each form. */
  readonly holds: {
    /** Whether ηγ₀/L² is at least the bound. */
    readonly effective: boolean;
    /** Whether η/L² is at least the bound. */
    readonly reduced: boolean;
  };
}

// What they may be the rule knows.
const requireNumbers = listOf(requireAnyNumber, 'a list of numbers');

function boundPoint(
  family: LearningRateFamily<NormalizedOrderParameter>,
  batchSize: number,
  gammaDecay: number,
): ReportedBoundPoint {
  const aligned = alignedFixedPoint(family, 1);
  if (aligned === undefined)
    throw argumentError(`no fixed point at batchSize ${batchSize}, gammaDecay ${gammaDecay}`);
  const maximum = linearMaximum(family, aligned);
  const { effective, reduced } = learningRateForms(family(1), aligned, maximum);
  const bound = 2 * batchSize + 2 * gammaDecay;
  return {
    batchSize,
    gammaDecay,
    maximumLearningRate: { effective, reduced },
    bound,
    holds: { effective: effective >= bound, reduced: reduced >= bound },
  };
}

/**
 * The reported claim η_max(BN) ≥ η_max(WN, SGD) + 2ζ (Luo et al. 2019) with BN as population normalization with gamma decay,
 * over a grid of batch sizes and ζ. It holds there.
 *
 * @param batchSizes integers ≥ 1
 * @param gammaDecays ζ ≥ 0
 * @throws RangeError or TypeError naming a bad argument
 * @example
 * reportedBoundAsPopulation(relu, [1, 8], [0.1, 0.2]).every(({ holds }) => holds.effective); // true
 */
export function reportedBoundAsPopulation(
  activation: Activation,
  batchSizes: readonly number[],
  gammaDecays: readonly number[],
): ReportedBoundPoint[] {
  requireActivation('activation', activation);
  requireNumbers('batchSizes', batchSizes);
  requireNumbers('gammaDecays', gammaDecays);
  return batchSizes.flatMap((batchSize) =>
    gammaDecays.map((gammaDecay) =>
      boundPoint(
        (learningRate) => populationNormalization({ activation, learningRate, batchSize, gammaDecay }),
        batchSize,
        gammaDecay,
      ),
    ),
  );
}

/**
 * The same claim for exact finite-batch normalization, with the ζ = 3h/(4M), h = E[g′(v)²v²], that the published
 * decomposition gives it: 3/(4M) for the linear unit, 3/(8M) for ReLU (docs/theory/regularization.md). For the linear unit it never
 * holds, η_max/L² = 2M(M−3)/(M−2) < 2M: the finite batch costs more gradient noise than the decay buys. For ReLU it fails up
 * to M = 32 and holds from M = 256.
 *
 * @param activation identity, relu or leakyRelu(…), whose published ζ does not depend on γ
 * @param batchSizes integers ≥ 4
 * @throws RangeError or TypeError naming a bad argument
 * @example
 * reportedBoundExact(relu, [8, 32]).some(({ holds }) => holds.reduced); // false
 */
export function reportedBoundExact(
  activation: Activation,
  batchSizes: readonly number[],
): ReportedBoundPoint[] {
  const { slopes } = requireActivation('activation', activation);
  requireNumbers('batchSizes', batchSizes);
  if (slopes === undefined) throw rangeError('activation', 'identity, relu or leaky-relu', activation.name);
  const [a, b] = slopes;
  return batchSizes.map((batchSize) => {
    requireInteger('batchSize', batchSize, 4);
    const family: LearningRateFamily<NormalizedOrderParameter> = (learningRate) =>
      batchNormalization({ activation, learningRate, batchSize });
    return boundPoint(family, batchSize, (3 * (a * a + b * b)) / (8 * batchSize));
  });
}
