import { integer, oneOf } from '../../foundation/checks.js';
import { optional } from '../../foundation/options.js';
import { meanDeviation } from '../../gaussian/batch/moments.js';
import { checkedLinearTask, type LinearGeneralization, type LinearTask } from './linear.js';

/** Which statistics normalize a batch-normalized student at test time, the default first. */
export const testStatistics = ['population', 'training'] as const;

/** Which statistics normalize a batch-normalized student at test time. */
export type TestStatistics = (typeof testStatistics)[number];

/** How long the weights of a batch-normalized student are at the start, L₀² against η, the default first. */
export const startLengths = ['small', 'large'] as const;

/** How long the weights of a batch-normalized student are at the start. */
export type StartLength = (typeof startLengths)[number];

/** A linear batch-normalized student that learns from P = load · N samples of a linear teacher. */
export interface BatchNormalizedTask extends LinearTask {
  /**
   * What normalizes the field at test time: its deviation over the `population` (default), or over the `training` set, which is
   * what running averages of the batches come to.
   */
  readonly statistics?: TestStatistics | undefined;
  /**
   * L₀² ≪ η, `small` (default): the noise of the steps makes w grow until its start is forgotten. L₀² ≫ η, `large`: below
   * α = 1 the part of w outside the span of the inputs stays as it was drawn.
   */
  readonly start?: StartLength | undefined;
}

/** What a batch-normalized linear student has learned, as N → ∞; γ multiplies the field normalized over the population. */
export type BatchNormalizedGeneralization = Omit<LinearGeneralization, 'susceptibility'>;

/** The best batch size of a linear batch-normalized student. */
export interface BestBatchSize {
  /** The integer M ≥ 4 of the lowest ε; Infinity where ε falls for ever. */
  readonly batchSize: number;
  /** ε at that M. */
  readonly generalizationError: number;
  /** The lowest ε of any real number in the place of E[s]: what no batch size beats. */
  readonly bound: number;
}

/** Below, the step has infinite variance, and no learning rate is small. */
const SMALLEST_BATCH = 4;

/** What does not depend on M: the student's γ is E[s] times `scale`. All in units of the teacher's length. */
interface Direction {
  readonly overlap: number;
  /** 1 − R², without cancellation. */
  readonly squaredSine: number;
  readonly scale: number;
  /** The student's answer to its training set over the labels' projection on its field, divided by E[s]. */
  readonly answered: number;
  /** Mean square over the training set of that projection, and of what is left. */
  readonly explained: number;
  readonly unexplained: number;
}

/** Least squares at a load, noise σ = S/T²: everything but the scale of the student. */
function directionOf(
  load: number,
  noise: number,
  { statistics, start }: Pick<BatchNormalizedTask, 'statistics' | 'start'>,
): Direction {
  const spanned = Math.min(1, load);
  const gap = Math.abs(load - 1);
  // The share of the weights that lies in the span of the inputs; the rest knows nothing of the teacher.
  const kept = start === 'large' ? spanned : 1;
  const denominator = gap + noise;
  // Without noise at α = 1, least squares is the teacher.
  const least = denominator === 0 ? 1 : (spanned * gap) / denominator;
  const overlap = Math.sqrt(kept * least);
  const within = 1 - spanned;
  const lost = start === 'large' ? within * within * (1 + spanned) : within * within;
  const squaredSine = denominator === 0 ? 0 : (lost + noise) / denominator;
  const explained = 1 + noise / Math.max(1, load);
  const unexplained = noise * (1 - 1 / Math.max(1, load));
  const common = { overlap, squaredSine, explained, unexplained };
  // Scaled so that on the training set the field is the projection.
  const fieldLength = spanned / overlap;
  if (statistics === 'training') return { ...common, scale: fieldLength, answered: 1 };
  const deviation = Math.sqrt(explained);
  return { ...common, scale: deviation, answered: deviation / fieldLength };
}

const choices = { statistics: optional(oneOf(testStatistics)), start: optional(oneOf(startLengths)) };

/**
 * Generalization of batch normalization itself, linear unit, minibatches of M samples of the training set and a learning rate so
 * small that its noise is averaged out. It is no ridge regression: the direction is that of least squares, of least norm below
 * α = 1, whatever M, and the batch acts on the scale alone (docs/theory/generalization.md),
 *
 *     γ = E[s] √⟨h²⟩,  ⟨h²⟩ = ρ + S/max(1, α) over the training set,
 *     R² = α(1 − α)/(1 − α + S/ρ) for α < 1,  (α − 1)/(α − 1 + S/ρ) for α > 1,  ρ = T²,
 *
 * E[s] of `meanDeviation`; α times that R² below α = 1 from a `large` start. Exact below α = 1; above it to first order in 1/M, where
 * batches weigh small fields more, and R is smaller by 0.002 to 0.006 at M = 8, S = 1/4 (same page). With the `population`'s statistics ε = ρ(1 − R²) +
 * (γ − TR)², which has a hump at α = 1 and is finite there. With those of the `training` set the answer is E[s] times that of
 * least squares, γ = E[s]T min(1, α)/R, which diverges at α = 1 where there is noise: Infinity, with a `warning`.
 *
 * @param options the task and `batchSize`, M ≥ 4
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * batchNormalizedGeneralization({ load: 2, noiseVariance: 0.25, batchSize: 8 }).generalizationError; // 0.20397
 */
export function batchNormalizedGeneralization(
  options: BatchNormalizedTask & {
    /** M ≥ 4. */
    readonly batchSize: number;
  },
): BatchNormalizedGeneralization {
  const { load, noiseVariance, teacherLength } = checkedLinearTask('options', options, {
    ...choices,
    batchSize: integer(SMALLEST_BATCH),
  });
  const power = teacherLength ** 2;
  const direction = directionOf(load, noiseVariance / power, options);
  const { overlap, squaredSine, explained, unexplained } = direction;
  const shrinkage = meanDeviation(options.batchSize);
  const gamma = shrinkage * direction.scale;
  return {
    load,
    gamma: teacherLength * gamma,
    overlap,
    generalizationError: power * (squaredSine + (gamma - overlap) ** 2),
    trainingError: power * (unexplained + explained * (1 - shrinkage * direction.answered) ** 2),
    ...(gamma === Infinity ? { warning: DIVERGENCE } : {}),
  };
}

const DIVERGENCE =
  'at load 1 the least-squares student fits the label noise with weights of unbounded length; ' +
  'with statistics training generalizationError and gamma diverge';

/**
 * The batch size at which batch normalization itself generalizes best, linear unit, and what no batch size beats. ε is quadratic
 * in E[s], which rises with M from 0.798 at M = 4 to 1, so that the best M is the one whose E[s] is nearest to TR/√⟨h²⟩, or
 * for statistics `training` to R²/min(1, α); the bound is ε there, ρ(1 − R²), which is ρS/(ρ(α − 1) + S) above α = 1.
 *
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * bestBatchSize({ load: 2, noiseVariance: 0.25 }).batchSize; // 5
 */
export function bestBatchSize(task: BatchNormalizedTask): BestBatchSize {
  const { load, noiseVariance, teacherLength } = checkedLinearTask('task', task, choices);
  const power = teacherLength ** 2;
  const { overlap, squaredSine, scale } = directionOf(load, noiseVariance / power, task);
  const batchSize = batchOfDeviation(overlap / scale);
  const gamma = scale * (batchSize === Infinity ? 1 : meanDeviation(batchSize));
  return {
    batchSize,
    generalizationError: power * (squaredSine + (gamma - overlap) ** 2),
    bound: power * squaredSine,
  };
}

/** The M ≥ 4 whose E[s] is nearest to a target: that of 1 − 3/(4M), or one beside it. */
function batchOfDeviation(target: number): number {
  // Rounding cannot tell E[s] from 1 any longer.
  if (target > 1 - 1e-15) return Infinity;
  const miss = (batchSize: number): number => Math.abs(meanDeviation(batchSize) - target);
  let batchSize = Math.max(SMALLEST_BATCH, Math.round(3 / (4 * (1 - target))));
  while (miss(batchSize + 1) < miss(batchSize)) batchSize++;
  while (batchSize > SMALLEST_BATCH && miss(batchSize - 1) < miss(batchSize)) batchSize--;
  return batchSize;
}
