import { fullListOf, integer, oneOf, requireNonNegative, requirePositive } from '../foundation/checks.js';
import { requireControl, type RunControl } from '../foundation/turns.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { equallySpaced } from '../numerics/equally-spaced.js';
import type { TeacherParameters } from '../dynamics/parameters.js';
import { batchStatistics, rules, smallestBatchOf, type BatchRuleName } from '../dynamics/rules/index.js';
import { populationNormalization } from '../dynamics/rules/population-normalization.js';
import { requireActivation, type Activation } from '../gaussian/activation.js';
import {
  largestGap,
  summarizeModel,
  summarizeModelAsync,
  type ModelSummary,
  type TrajectoryOptions,
} from './decomposition-model.js';
import { publishedGammaDecay, teacherChecks } from './published-decay.js';
import { fitPowerLaw, type PowerLaw } from '../numerics/power-law.js';

/** The rules that may be compared, the default first. */
export const batchRuleNames = Object.keys(batchStatistics) as [BatchRuleName, ...BatchRuleName[]];

/** What is compared: exact batch normalization with its published decomposition. */
export interface DecompositionOptions extends TrajectoryOptions, TeacherParameters {
  /** g, of the student, and of the teacher where it has none of its own. */
  readonly activation: Activation;
  /** What is exact; default `batch-normalization`. The others have the part of the published decay that is theirs. */
  readonly rule?: BatchRuleName;
  /** Integers ≥ 4, for `batch-deviation` ≥ 8, for `batch-mean` ≥ 2. */
  readonly batchSizes: readonly number[];
  /** S ≥ 0, variance of the label noise; default 0. */
  readonly noiseVariance?: number;
}

const checks: OptionChecks<DecompositionOptions> = {
  activation: requireActivation,
  rule: optional(oneOf<BatchRuleName>(batchRuleNames)),
  // By the rule.
  batchSizes: elsewhere,
  noiseVariance: optional(requireNonNegative),
  ...teacherChecks,
  learningRate: requirePositive,
  // By the rule.
  initial: elsewhere,
  until: requirePositive,
};

/** Exact and decomposed batch normalization side by side at one batch size. */
export interface DecompositionPoint {
  /** M, samples per step. */
  readonly batchSize: number;
  /** The published ζ of this batch size. */
  readonly gammaDecay: number;
  /** What the exact rule does. */
  readonly exact: ModelSummary;
  /** What population normalization with the published decay does. */
  readonly decomposed: ModelSummary;
  /** Exact less decomposed, of γ₀ at R = 1; NaN where one of them comes to no rest. */
  readonly gammaGap: number;
  /** Exact less decomposed, of γ₀ at R = 0.9; NaN where one of them comes to no rest. */
  readonly gammaGapAway: number;
  /** Exact less decomposed, of the maximum ηγ₀/L²; ±Infinity where one of them is infinite, NaN where both are. */
  readonly maximumGap: number;
  /** Largest |difference| of R along the two trajectories; NaN where one did not reach its end. */
  readonly overlapGap: number;
  /** Largest |difference| of ε along the two trajectories; NaN as for `overlapGap`. */
  readonly errorGap: number;
  /** Largest |difference| of ηγ/L² along the two trajectories; NaN as for `overlapGap`. */
  readonly effectiveGap: number;
}

/** The comparison over batch sizes. */
export interface Decomposition {
  /** Aborted: `points` are those of the batch sizes that were complete. */
  readonly outcome: 'reached-end' | 'aborted';
  /** The outcome in words. */
  readonly message: string;
  /** The times of the trajectories. */
  readonly times: readonly number[];
  /** The two models side by side at each batch size, in the order given. */
  readonly points: readonly DecompositionPoint[];
  /** For each gap the power of M with which it falls, fitted over all batch sizes; undefined where there is none. */
  readonly powers: Readonly<Record<GapName, PowerLaw | undefined>>;
}

/** The gaps whose powers are fitted. */
export type GapName = 'gammaGap' | 'gammaGapAway' | 'maximumGap' | 'overlapGap' | 'errorGap' | 'effectiveGap';

/** All of them. */
export const gapNames: readonly GapName[] = [
  'gammaGap',
  'gammaGapAway',
  'maximumGap',
  'overlapGap',
  'errorGap',
  'effectiveGap',
];
const TRAJECTORY_POINTS = 201;

/** The two models at one batch size. */
function modelsOf(options: DecompositionOptions, batchSize: number) {
  const { activation, teacherActivation = activation, teacherLength = 1, noiseVariance = 0 } = options;
  const { rule = 'batch-normalization' } = options;
  const teacher = { teacherActivation, teacherLength };
  const gammaDecay = publishedGammaDecay(activation, batchSize, teacher, batchStatistics[rule]);
  const common = { activation, ...teacher, batchSize, noiseVariance };
  return {
    gammaDecay,
    exact: (learningRate: number) => rules[rule].make({ ...common, learningRate }),
    decomposed: (learningRate: number) => populationNormalization({ ...common, learningRate, gammaDecay }),
  };
}

function pointOf(
  batchSize: number,
  gammaDecay: number,
  exact: ModelSummary,
  decomposed: ModelSummary,
): DecompositionPoint {
  return {
    batchSize,
    gammaDecay,
    exact,
    decomposed,
    gammaGap: exact.gamma - decomposed.gamma,
    gammaGapAway: exact.gammaAway - decomposed.gammaAway,
    maximumGap: exact.frozenLengthMaximum - decomposed.frozenLengthMaximum,
    overlapGap: largestGap(exact, decomposed, 'overlap'),
    errorGap: largestGap(exact, decomposed, 'generalizationError'),
    effectiveGap: largestGap(exact, decomposed, 'effectiveLearningRate'),
  };
}

/** Checks the options and gives the times of the trajectories. */
function checkedTimes(options: DecompositionOptions): number[] {
  const { until, rule = 'batch-normalization', batchSizes } = requireOptions('options', options, checks);
  fullListOf(integer(smallestBatchOf(rule)), 'a list with at least one batch size')('batchSizes', batchSizes);
  return equallySpaced(0, until, TRAJECTORY_POINTS);
}

function decompositionOf(
  options: DecompositionOptions,
  times: readonly number[],
  points: readonly DecompositionPoint[],
): Decomposition {
  const batchSizes = points.map(({ batchSize }) => batchSize);
  const powerOf = (name: GapName): PowerLaw | undefined =>
    fitPowerLaw(
      batchSizes,
      points.map((point) => point[name]),
    );
  const powers = Object.fromEntries(gapNames.map((name) => [name, powerOf(name)])) as Decomposition['powers'];
  const asked = options.batchSizes.length;
  const outcome = points.length < asked ? 'aborted' : 'reached-end';
  const message =
    outcome === 'aborted'
      ? `aborted after ${points.length} of ${asked} batch sizes`
      : `compared ${asked} batch sizes`;
  return { outcome, message, times, points, powers };
}

/**
 * Compares exact batch normalization with population normalization and the published gamma decay (Luo et al. 2019, Theorem
 * 1): fixed point, maximum learning rate, trajectories, for each batch size, and the power of M with which they approach. With
 * `rule` the same of normalization by one statistic of the batch and the part of the decay that is from it.
 *
 * @throws RangeError or TypeError naming a bad argument
 * @example
 * const initial = { gamma: 0.5, overlap: 0.1, length: 1 };
 * const options = { activation: identity, batchSizes: [32, 64, 128], learningRate: 0.5, initial, until: 20 };
 * compareDecomposition(options).powers.gammaGap?.power.toFixed(1); // '-2.0'
 */
export function compareDecomposition(options: DecompositionOptions): Decomposition {
  const times = checkedTimes(options);
  const points = options.batchSizes.map((batchSize) => {
    const { gammaDecay, exact, decomposed } = modelsOf(options, batchSize);
    const summaries = [exact, decomposed].map((family) => summarizeModel(family, options, times));
    return pointOf(batchSize, gammaDecay, summaries[0]!, summaries[1]!);
  });
  return decompositionOf(options, times, points);
}

/**
 * As `compareDecomposition`, yielding to the event loop between turns; an abort is an outcome.
 *
 * @throws (as a rejection) RangeError or TypeError naming a bad argument
 * @example
 * const options = { activation: identity, batchSizes: [8], learningRate: 0.5, initial: { gamma: 0.5, overlap: 0.1, length: 1 } };
 * await compareDecompositionAsync({ ...options, until: 20 }, { signal: AbortSignal.timeout(5000) });
 */
export async function compareDecompositionAsync(
  options: DecompositionOptions,
  control: RunControl = {},
): Promise<Decomposition> {
  const times = checkedTimes(options);
  const { signal, onProgress } = requireControl(control);
  const { batchSizes } = options;
  const points: DecompositionPoint[] = [];
  for (const batchSize of batchSizes) {
    const { gammaDecay, exact, decomposed } = modelsOf(options, batchSize);
    const summaries: ModelSummary[] = [];
    const heard = (fraction: number): void =>
      onProgress?.((points.length + (summaries.length + fraction) / 2) / batchSizes.length);
    for (const family of [exact, decomposed]) {
      const summary = await summarizeModelAsync(family, options, times, { signal, onProgress: heard });
      if (summary === undefined) return decompositionOf(options, times, points);
      summaries.push(summary);
    }
    points.push(pointOf(batchSize, gammaDecay, summaries[0]!, summaries[1]!));
  }
  return decompositionOf(options, times, points);
}
