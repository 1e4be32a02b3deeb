import { requireFunction, requirePositive } from '../foundation/checks.js';
import { runTurns } from '../foundation/turns.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { requireFamily, type LearningRateFamily } from './family.js';
import { alignedFixedPointTurns, newtonFrom } from './fixed-point.js';
import { learningRateForms, type LearningRateForms } from './learning-rate-forms.js';
import { linearMaximum, spectralMaximum } from './maximum-learning-rate.js';
import { followStationary, type StationarySearch } from './stationary-maximum.js';
import { spectrum, type Eigenvalue } from './spectrum.js';

/** Maximum learning rates at the fixed point (γ₀, R = 1). */
export interface MaximumLearningRate extends LearningRateForms {
  /** Where an eigenvalue of the full Jacobian crosses zero; the same as above where the noise vanishes at R = 1. */
  readonly spectral: LearningRateForms;
  /**
   * η/L² (SGD: η) up to which the true stationary point, noise included, exists and is stable; Infinity where it did so as
   * far as it was followed, to 100 times the batch size; undefined where there is none.
   */
  readonly stationary: number | undefined;
  /** What a reader has to know of these numbers. */
  readonly warning: string | undefined;
}

/** A state of rest with its stability. */
export interface RestingState<Name extends string> {
  readonly orderParameters: Readonly<Record<Name, number>>;
  readonly oneMinusOverlap: number;
  readonly eigenvalues: readonly Eigenvalue[];
}

/** Fixed points and learning rates of a rule; see `learningRates`. */
export interface LearningRates<Name extends string> {
  /** The fixed point of gradient flow with R = 1; eigenvalues at the rule's η. */
  readonly fixedPoint: RestingState<Name>;
  /**
   * Where the rule rests at its η, noise included and the length of normalized rules held fixed: on the branch that begins at
   * the fixed point for small η, before η first turns back; undefined if nowhere.
   */
  readonly stationaryPoint: RestingState<Name> | undefined;
  readonly maximumLearningRate: MaximumLearningRate;
  /** ηγ₀/L² at the fixed point (SGD: η). */
  readonly effectiveLearningRate: number;
}

// How far the stationary point is followed, in units of the batch size: fifty times 2M.
const STATIONARY_SEARCH = 100;

function restingState<Name extends string>(
  rule: OrderParameterSystem<Name>,
  state: Float64Array,
): RestingState<Name> {
  return {
    orderParameters: rule.orderParameters(state),
    oneMinusOverlap: rule.misalignment(state),
    eigenvalues: spectrum(rule, state),
  };
}

function warning(linear: number, spectral: number, lostAt: number | undefined): string | undefined {
  if (lostAt !== undefined)
    return `the stationary point could not be followed beyond a reduced learning rate of ${lostAt}`;
  if (linear === Infinity) {
    return 'infinite: at this fixed point gradient noise never outgrows the pull towards the teacher';
  }
  if (Math.abs(linear - spectral) <= 1e-6 * linear) return undefined;
  return (
    'R = 1 is not a fixed point here, since gradient noise stays positive there: the senses of the maximum differ; ' +
    '`stationary` tells how far the true stationary point stays stable'
  );
}

// Parts of the work, as fractions of the bar: the fixed point, its spectra, then the branch of stationary points.
const ALIGNED = 0.1;
const SPECTRA = 0.2;

/** What a search has found so far; undefined before the fixed point is known, and where there is none. */
interface Found<Name extends string> {
  result: LearningRates<Name> | undefined;
}

/** The work of `learningRates` in turns, each yielding the fraction done. */
function* search<Name extends string>(
  family: LearningRateFamily<Name>,
  learningRate: number,
  length: number,
  found: Found<Name>,
): Generator<number, void> {
  requireFamily(family);
  requirePositive('learningRate', learningRate);
  requirePositive('length', length);
  const alignment = alignedFixedPointTurns(family, length);
  let turn = alignment.next();
  for (; !turn.done; turn = alignment.next()) yield ALIGNED * turn.value;
  if (turn.value !== undefined) yield* searchFrom(family, turn.value, learningRate, found);
}

/** The same from the fixed point on. */
function* searchFrom<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  learningRate: number,
  found: Found<Name>,
): Generator<number, void> {
  const rule = family(learningRate);
  const unit = family(1);
  const fixedPoint = restingState(rule, aligned);
  yield (ALIGNED + SPECTRA) / 2;
  const forms = (eta: number): LearningRateForms => learningRateForms(unit, aligned, eta);
  const linear = linearMaximum(family, aligned);
  const spectral = spectralMaximum(family, aligned);
  const perLearningRate = forms(1).reduced;

  function resultOf({ maximum, state, lostAt }: StationarySearch): LearningRates<Name> {
    const resting = state && (newtonFrom(rule, state) ?? state);
    return {
      fixedPoint,
      stationaryPoint: resting && restingState(rule, resting),
      maximumLearningRate: {
        ...forms(linear),
        spectral: forms(spectral),
        stationary: maximum === undefined ? undefined : maximum * perLearningRate,
        warning: warning(linear, spectral, lostAt === undefined ? undefined : lostAt * perLearningRate),
      },
      effectiveLearningRate: rule.observables.effectiveLearningRate(0, aligned),
    };
  }

  found.result = resultOf({ maximum: undefined, state: undefined });
  yield SPECTRA;
  const largest = (STATIONARY_SEARCH * rule.batchStep.batchSize) / perLearningRate;
  const branch = followStationary(family, aligned, largest, learningRate);
  let step = branch.next();
  for (; !step.done; step = branch.next()) yield SPECTRA + (1 - SPECTRA) * step.value;
  found.result = resultOf(step.value);
}

/**
 * Fixed points, their spectra, and the maximum and effective learning rates of a rule (docs/theory/learning-rates.md).
 *
 * The maximum is the learning rate at which the coefficient of r = 1 − R in dr/dt changes sign at the gradient-flow fixed
 * point (`effective`, `reduced`), and the one at which the full Jacobian there loses stability (`spectral`).
 *
 * @param family the rule for each learning rate
 * @param learningRate η > 0 at which stationary point and eigenvalues are taken
 * @param length L > 0, held fixed for normalized rules; default 1
 * @param onProgress called with the fraction of the work done, for activations whose averages take quadrature
 * @returns undefined when gradient flow has no fixed point with R = 1 and scale between 1e-3 and 1e3
 * @throws RangeError for a learning rate or length that is not > 0
 * @example
 * const family = (learningRate) => weightNormalization({ activation: relu, learningRate, gammaDecay: 0.2 });
 * learningRates(family, 0.5)?.maximumLearningRate.reduced; // 4.1576
 */
export function learningRates<Name extends string>(
  family: LearningRateFamily<Name>,
  learningRate: number,
  length = 1,
  onProgress?: (fraction: number) => void,
): LearningRates<Name> | undefined {
  if (onProgress !== undefined) requireFunction('onProgress', onProgress);
  const found: Found<Name> = { result: undefined };
  for (const fraction of search(family, learningRate, length, found)) onProgress?.(fraction);
  return found.result;
}

/**
 * As `learningRates`, yielding to the event loop between turns. Where the signal ended it, what was computed: the fixed point
 * and the maxima that belong to it without the stationary point, or undefined.
 *
 * @param onProgress called between turns with the fraction of the work done
 * @throws (as a rejection) RangeError for a learning rate or length that is not > 0
 * @example
 * await learningRatesAsync(family, 0.5, 1, AbortSignal.timeout(5000));
 */
export async function learningRatesAsync<Name extends string>(
  family: LearningRateFamily<Name>,
  learningRate: number,
  length = 1,
  signal?: AbortSignal,
  onProgress?: (fraction: number) => void,
): Promise<LearningRates<Name> | undefined> {
  const found: Found<Name> = { result: undefined };
  await runTurns(search(family, learningRate, length, found), signal, onProgress);
  return found.result;
}
