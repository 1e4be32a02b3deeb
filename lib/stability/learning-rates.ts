import { requireFunction, requirePositive } from '../foundation/checks.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { requireFamily, type LearningRateFamily } from './family.js';
import { alignedFixedPoint, stationaryPoint } from './fixed-point.js';
import { learningRateForms, type LearningRateForms } from './learning-rate-forms.js';
import { linearMaximum, spectralMaximum } from './maximum-learning-rate.js';
import { stationaryMaximum } from './stationary-maximum.js';
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
  readonly note: string | undefined;
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
  /** Where the rule rests at its η, noise included and the length of normalized rules held fixed; undefined if nowhere. */
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

function note(linear: number, spectral: number): string | undefined {
  if (linear === Infinity) {
    return 'infinite: at this fixed point gradient noise never outgrows the pull towards the teacher';
  }
  if (Math.abs(linear - spectral) <= 1e-6 * linear) return undefined;
  return (
    'R = 1 is not a fixed point here, since gradient noise stays positive there: the senses of the maximum differ; ' +
    '`stationary` tells how far the true stationary point stays stable'
  );
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
  requireFamily(family);
  if (onProgress !== undefined) requireFunction('onProgress', onProgress);
  requirePositive('learningRate', learningRate);
  requirePositive('length', length);
  const aligned = alignedFixedPoint(family, length);
  if (aligned === undefined) return undefined;
  const rule = family(learningRate);
  const resting = stationaryPoint(rule, aligned);
  const unit = family(1);
  const forms = (eta: number): LearningRateForms => learningRateForms(unit, aligned, eta);
  const linear = linearMaximum(family, aligned);
  const spectral = spectralMaximum(family, aligned);
  const perLearningRate = forms(1).reduced;
  const followed = (STATIONARY_SEARCH * rule.batchStep.batchSize) / perLearningRate;
  const stationary = stationaryMaximum(family, aligned, followed, onProgress);
  return {
    fixedPoint: restingState(rule, aligned),
    stationaryPoint: resting === undefined ? undefined : restingState(rule, resting),
    maximumLearningRate: {
      ...forms(linear),
      spectral: forms(spectral),
      stationary: stationary === undefined ? undefined : stationary * perLearningRate,
      note: note(linear, spectral),
    },
    effectiveLearningRate: rule.observables.effectiveLearningRate(0, aligned),
  };
}
