import {
  requireInteger,
  requireNonNegative,
  requirePositive,
  requireWithin,
  typeError,
} from '../foundation/checks.js';
import { bracketedRoot } from '../foundation/root-finding.js';
import { batchNormalization } from '../dynamics/batch-normalized.js';
import type { NormalizedOrderParameter } from '../dynamics/normalized-system.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { populationNormalization } from '../dynamics/weight-normalized.js';
import type { Activation } from '../gaussian/activation.js';
import { solve } from '../solver/solve.js';
import { learningRateForms } from '../stability/learning-rate-forms.js';
import { linearMaximum } from '../stability/maximum-learning-rate.js';
import { alignedFixedPoint } from '../stability/fixed-point.js';
import type { LearningRateFamily } from '../stability/family.js';
import { fitPowerLaw, type PowerLaw } from './regression.js';

/** What is compared: exact batch normalization with its published decomposition. */
export interface DecompositionOptions {
  /** identity, relu or leakyRelu(…). */
  readonly activation: Activation;
  /** Integers ≥ 4, increasing. */
  readonly batchSizes: readonly number[];
  readonly learningRate: number;
  readonly noiseVariance?: number;
  /** Order parameters at time 0 of the trajectories that are compared. */
  readonly initial: Readonly<Record<NormalizedOrderParameter, number>>;
  /** Last time of the trajectories. */
  readonly until: number;
}

/** One of the two models at one batch size. */
export interface ModelSummary {
  /** γ₀, the zero of dγ/dt at the overlap of the comparison. */
  readonly gamma: number;
  /** Maximum effective learning rate ηγ₀/L², linear sense, at R = 1. */
  readonly maximumLearningRate: number;
  /** Final generalization error of the trajectory. */
  readonly finalError: number;
  /** Time at which ε falls to 1e-2; Infinity where it does not by the end. */
  readonly timeToThreshold: number;
}

/** Exact and decomposed batch normalization side by side at one batch size. */
export interface DecompositionPoint {
  readonly batchSize: number;
  /** The published ζ = 3h/(4M), h = E[g′(v)²v²]: 3/(4M) for the linear unit, 3/(8M) for ReLU. */
  readonly gammaDecay: number;
  readonly exact: ModelSummary;
  readonly decomposed: ModelSummary;
  /** Exact less decomposed: γ₀ at R = 1, and at R = 0.9. */
  readonly gammaGap: number;
  readonly gammaGapAway: number;
  readonly maximumGap: number;
  /** Largest |difference| along the two trajectories. */
  readonly overlapGap: number;
  readonly errorGap: number;
}

/** The comparison over batch sizes. */
export interface Decomposition {
  readonly points: readonly DecompositionPoint[];
  /** For each gap the power of M with which it falls, fitted over all batch sizes; undefined where there is none. */
  readonly powers: Readonly<Record<GapName, PowerLaw | undefined>>;
}

/** The gaps whose powers are fitted. */
export type GapName = 'gammaGap' | 'gammaGapAway' | 'maximumGap' | 'overlapGap' | 'errorGap';

/** All of them. */
export const gapNames: readonly GapName[] = [
  'gammaGap',
  'gammaGapAway',
  'maximumGap',
  'overlapGap',
  'errorGap',
];
/** The overlap away from 1 at which γ₀ is compared too (THEORY.md section 5). */
const AWAY = 0.9;
const TRAJECTORY_POINTS = 201;
const ERROR_THRESHOLD = 1e-2;

/** The published strength of gamma decay that a batch size stands for, for Gaussian fields and squared loss. */
export function publishedGammaDecay(activation: Activation, batchSize: number): number {
  if (activation.slopes === undefined)
    throw typeError('activation', 'identity, relu or leaky-relu', activation.name);
  const [a, b] = activation.slopes;
  return (3 * (a * a + b * b)) / (8 * batchSize);
}

/**
 * γ₀ at a given overlap: the zero of dγ/dt, which is linear in γ for the rules compared here.
 *
 * @param overlap R in (0, 1]
 */
export function restingGamma(rule: OrderParameterSystem<NormalizedOrderParameter>, overlap: number): number {
  requireWithin('overlap', overlap, 0, 1);
  const slope = new Float64Array(3);
  return bracketedRoot(
    (gamma) => {
      rule.derivative(0, rule.initialState({ gamma, overlap, length: 1 }), slope);
      return slope[0]!;
    },
    1e-12,
    10,
  );
}

function maximumOf(family: LearningRateFamily<NormalizedOrderParameter>): number {
  const aligned = alignedFixedPoint(family, 1);
  if (aligned === undefined) return NaN;
  return learningRateForms(family(1), aligned, linearMaximum(family, aligned)).effective;
}

function largestDifference(left: readonly number[], right: readonly number[]): number {
  return left.reduce((largest, value, i) => Math.max(largest, Math.abs(value - right[i]!)), 0);
}

interface CompleteSummary extends ModelSummary {
  readonly gammaAway: number;
  readonly overlaps: readonly number[];
  readonly errors: readonly number[];
}

function summarize(
  family: LearningRateFamily<NormalizedOrderParameter>,
  { learningRate, initial, until }: DecompositionOptions,
): CompleteSummary {
  const rule = family(learningRate);
  const times = Array.from({ length: TRAJECTORY_POINTS }, (_, i) => (until * i) / (TRAJECTORY_POINTS - 1));
  const threshold = {
    quantity: 'generalizationError',
    level: ERROR_THRESHOLD,
    direction: 'falling',
    terminal: false,
  } as const;
  const run = solve({ rule, initial, times, until, events: [threshold] });
  if (run.outcome !== 'reached-end') throw new RangeError(`${rule.rule}: ${run.message}`);
  const errors = run.series('generalizationError');
  return {
    gamma: restingGamma(rule, 1),
    gammaAway: restingGamma(rule, AWAY),
    maximumLearningRate: maximumOf(family),
    overlaps: run.series('overlap'),
    errors,
    finalError: errors.at(-1)!,
    timeToThreshold: run.events[0]?.time ?? Infinity,
  };
}

function summaryOf({
  gamma,
  maximumLearningRate,
  finalError,
  timeToThreshold,
}: CompleteSummary): ModelSummary {
  return { gamma, maximumLearningRate, finalError, timeToThreshold };
}

function compareAt(options: DecompositionOptions, batchSize: number): DecompositionPoint {
  const { activation, noiseVariance = 0 } = options;
  const gammaDecay = publishedGammaDecay(activation, batchSize);
  const common = { activation, batchSize, noiseVariance };
  const exact = summarize((learningRate) => batchNormalization({ ...common, learningRate }), options);
  const decomposed = summarize(
    (learningRate) => populationNormalization({ ...common, learningRate, gammaDecay }),
    options,
  );
  return {
    batchSize,
    gammaDecay,
    exact: summaryOf(exact),
    decomposed: summaryOf(decomposed),
    gammaGap: exact.gamma - decomposed.gamma,
    gammaGapAway: exact.gammaAway - decomposed.gammaAway,
    maximumGap: exact.maximumLearningRate - decomposed.maximumLearningRate,
    overlapGap: largestDifference(exact.overlaps, decomposed.overlaps),
    errorGap: largestDifference(exact.errors, decomposed.errors),
  };
}

/**
 * Compares exact batch normalization with population normalization and the published gamma decay (Luo et al. 2019, Theorem
 * 1): fixed point, maximum learning rate, trajectories, for each batch size, and the power of M with which they approach.
 *
 * @throws RangeError or TypeError naming a bad argument; RangeError when a trajectory diverges
 * @example
 * const initial = { gamma: 0.5, overlap: 0.1, length: 1 };
 * const options = { activation: identity, batchSizes: [32, 64, 128], learningRate: 0.5, initial, until: 20 };
 * compareDecomposition(options).powers.gammaGap?.power.toFixed(1); // '-2.0'
 */
export function compareDecomposition(options: DecompositionOptions): Decomposition {
  const { batchSizes, learningRate, noiseVariance = 0, until } = options;
  if (batchSizes.length === 0) throw typeError('batchSizes', 'a list with at least one batch size', '');
  batchSizes.forEach((batchSize, index) => requireInteger(`batchSizes[${index}]`, batchSize, 4));
  requirePositive('learningRate', learningRate);
  requireNonNegative('noiseVariance', noiseVariance);
  requirePositive('until', until);
  const points = batchSizes.map((batchSize) => compareAt(options, batchSize));
  const powers = Object.fromEntries(
    gapNames.map((name) => [
      name,
      fitPowerLaw(
        batchSizes,
        points.map((point) => point[name]),
      ),
    ]),
  ) as Record<GapName, PowerLaw | undefined>;
  return { points, powers };
}
