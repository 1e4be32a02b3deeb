import type { NormalizedOrderParameter } from '../dynamics/normalized-system.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { runTurns, type RunControl } from '../foundation/turns.js';
import type { Outcome } from '../ode/solution.js';
import { solve, solveAsync, type SolveOptions } from '../trajectory/solve.js';
import type { Trajectory } from '../trajectory/trajectory.js';
import type { LearningRateFamily } from '../stability/family.js';
import { alignedFixedPoint } from '../stability/fixed-point.js';
import { learningRateForms } from '../stability/family.js';
import { linearMaximum } from '../stability/maximum-learning-rate.js';
import { findRestingGamma } from './published-decay.js';

/** What is followed in time. */
export type ComparedQuantity = 'gamma' | 'overlap' | 'generalizationError' | 'effectiveLearningRate';

/** All of them. */
export const comparedQuantities: readonly ComparedQuantity[] = [
  'gamma',
  'overlap',
  'generalizationError',
  'effectiveLearningRate',
];

/** One of the two models at one batch size. */
export interface ModelSummary {
  /** γ₀, the first zero of dγ/dt at R = 1 that attracts; NaN where γ comes to no rest between 0 and 10. */
  readonly gamma: number;
  /** The same at R = 0.9. */
  readonly gammaAway: number;
  /**
   * Maximum effective learning rate ηγ₀/L², linear sense, at R = 1; Infinity where gradient noise never outgrows the pull,
   * NaN where γ comes to no rest.
   */
  readonly frozenLengthMaximum: number;
  /** Time at which ε falls to 1e-2; Infinity where it does not by the end. */
  readonly timeToThreshold: number;
  /** How the trajectory ended. */
  readonly outcome: Outcome;
  /** The outcome in words. */
  readonly message: string;
  /** Values at the times of the comparison; NaN at those the trajectory did not reach. */
  readonly trajectory: Readonly<Record<ComparedQuantity, readonly number[]>>;
}

/** How the trajectories of the two models are run. */
export interface TrajectoryOptions {
  /** η > 0, of w and of γ. */
  readonly learningRate: number;
  /** Order parameters at time 0. */
  readonly initial: Readonly<Record<NormalizedOrderParameter, number>>;
  /** Last time. */
  readonly until: number;
}

/** The overlap away from 1 at which γ₀ is compared too (docs/theory/regularization.md). */
const AWAY = 0.9;
const ERROR_THRESHOLD = 1e-2;

function maximumOf(family: LearningRateFamily<NormalizedOrderParameter>): number {
  const aligned = alignedFixedPoint(family, 1);
  if (aligned === undefined) return NaN;
  return learningRateForms(family(1), aligned, linearMaximum(family, aligned)).effective;
}

/** The problem whose solution is compared. */
function problemOf(
  rule: OrderParameterSystem<NormalizedOrderParameter>,
  { initial, until }: TrajectoryOptions,
  times: readonly number[],
): SolveOptions<NormalizedOrderParameter> {
  const threshold = {
    quantity: 'generalizationError',
    level: ERROR_THRESHOLD,
    direction: 'falling',
    terminal: false,
  } as const;
  return { rule, initial, times, until, events: [threshold] };
}

function trajectorySummary(
  run: Trajectory<NormalizedOrderParameter>,
  times: readonly number[],
): Pick<ModelSummary, 'timeToThreshold' | 'outcome' | 'message' | 'trajectory'> {
  const series = comparedQuantities.map((quantity) => {
    const reached = run.series(quantity);
    return [quantity, times.map((_, i) => reached[i] ?? NaN)];
  });
  return {
    timeToThreshold: run.events[0]?.time ?? Infinity,
    outcome: run.outcome,
    message: run.message,
    trajectory: Object.fromEntries(series) as ModelSummary['trajectory'],
  };
}

/** Solves one model and finds its fixed point and maximum learning rate. */
export function summarizeModel(
  family: LearningRateFamily<NormalizedOrderParameter>,
  options: TrajectoryOptions,
  times: readonly number[],
): ModelSummary {
  const rule = family(options.learningRate);
  const run = solve(problemOf(rule, options, times));
  return {
    gamma: findRestingGamma(rule, 1) ?? NaN,
    gammaAway: findRestingGamma(rule, AWAY) ?? NaN,
    frozenLengthMaximum: maximumOf(family),
    ...trajectorySummary(run, times),
  };
}

// The fixed points come first and take about as long as a few steps.
const FIXED_POINTS_DONE = 0.2;

/** As `summarizeModel`, resting between turns; undefined where the signal ended it. */
export async function summarizeModelAsync(
  family: LearningRateFamily<NormalizedOrderParameter>,
  options: TrajectoryOptions,
  times: readonly number[],
  { signal, onProgress }: RunControl,
): Promise<ModelSummary | undefined> {
  const rule = family(options.learningRate);
  const found: number[] = [];
  const work = [
    () => findRestingGamma(rule, 1) ?? NaN,
    () => findRestingGamma(rule, AWAY) ?? NaN,
    () => maximumOf(family),
  ];
  function* turns(): Generator<number> {
    for (const piece of work) yield (FIXED_POINTS_DONE * found.push(piece())) / work.length;
  }
  if (await runTurns(turns(), { signal, onProgress })) return undefined;
  const run = await solveAsync(problemOf(rule, options, times), {
    signal,
    onProgress: (fraction) => onProgress?.(FIXED_POINTS_DONE + (1 - FIXED_POINTS_DONE) * fraction),
  });
  if (run.outcome === 'aborted') return undefined;
  const [gamma, gammaAway, frozenLengthMaximum] = found as [number, number, number];
  return { gamma, gammaAway, frozenLengthMaximum, ...trajectorySummary(run, times) };
}

/** The largest |difference| of a quantity along the trajectories of two models; NaN where one did not reach its end. */
export function largestGap(left: ModelSummary, right: ModelSummary, quantity: ComparedQuantity): number {
  const other = right.trajectory[quantity];
  return left.trajectory[quantity].reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - other[i]!)),
    0,
  );
}
