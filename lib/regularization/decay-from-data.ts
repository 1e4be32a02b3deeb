import { integer, rangeError, requireFinite } from '../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { bootstrapErrors } from './bootstrap.js';
import { meanCurvature, modelCurvature, reportedCurvature, shiftedUnit } from './curvature.js';
import {
  assembled,
  gammaDecayChecks,
  type CurvatureAverages,
  type GammaDecay,
  type GammaDecayOptions,
  type ShiftOptions,
} from './gamma-decay.js';
import { gaussianLikelihood, type Likelihood } from './likelihood.js';
import {
  requireSamples,
  standardizedField,
  standardizedSamples,
  type Samples,
  type StandardizedField,
} from './standardized.js';

/** ζ from data. */
export interface GammaDecayFromDataOptions extends GammaDecayOptions, ShiftOptions {
  /** h_j, at least M finite numbers that are not all equal; any mean and scale. */
  readonly preactivations: Samples;
  /** t_j, one to each pre-activation, 0 or 1 for Bernoulli; only the score reading needs them. */
  readonly labels?: Samples;
  /** γ, finite; default 1. */
  readonly gamma?: number;
  /** Bootstrap data sets, ≥ 2; default 200, which gives standard errors to 5 %. */
  readonly resamples?: number;
  /** Seed of the bootstrap; default 1. */
  readonly seed?: number;
}

/** ζ from data, with bootstrap standard errors. */
export interface MeasuredGammaDecay extends GammaDecay {
  /** Bootstrap standard errors, each in the unit of its number, over redrawn rows. */
  readonly standardErrors: Omit<GammaDecay, 'gamma'>;
}

/** What stands for what data come without. */
export const dataDefaults = { gamma: 1, resamples: 200, seed: 1 } as const;

/** Data, checked each by itself. */
export const dataChecks = {
  // With the batch size, with each other, and with the likelihood.
  preactivations: elsewhere,
  labels: optional(elsewhere),
  gamma: optional(requireFinite),
  seed: optional(integer(0)),
} as const;

const checks: OptionChecks<GammaDecayFromDataOptions> = {
  ...gammaDecayChecks,
  ...dataChecks,
  resamples: optional(integer(2, 1e6)),
  shift: optional(requireFinite),
};

/** Checks labels against pre-activations. */
export function requireLabels(labels: Samples, count: number, likelihood: Likelihood): void {
  requireSamples('labels', labels);
  if (labels.length !== count) {
    throw rangeError('labels', `as many as preactivations, ${count}`, `${labels.length} of them`);
  }
  if (likelihood.name !== 'bernoulli') return;
  labels.forEach((label, index) => {
    if (label !== 0 && label !== 1)
      throw rangeError(`labels[${index}]`, '0 or 1 for likelihood bernoulli', label);
  });
}

function dataAverages(
  { activation, likelihood = gaussianLikelihood, shift = 0 }: GammaDecayOptions & ShiftOptions,
  gamma: number,
  { kurtosis, values }: Pick<StandardizedField, 'kurtosis' | 'values'>,
  labels: Samples | undefined,
): CurvatureAverages {
  const unit = shiftedUnit(activation, shift);
  const ofMean = meanCurvature(activation, likelihood, gamma, shift);
  const ofReport = reportedCurvature(activation, likelihood, gamma, shift);
  const ofModel = modelCurvature(unit, likelihood);
  let [mean, reported, model, score] = [0, 0, 0, 0];
  values.forEach((field, j) => {
    const z = gamma * field;
    mean += ofMean(field);
    reported += ofReport(field);
    model += ofModel(z) * field * field;
    if (labels === undefined) return;
    const residual = labels[j]! - likelihood.mean(unit.value(z));
    score += (residual * unit.derivative(z) * field) ** 2;
  });
  const count = values.length;
  return {
    kurtosis,
    meanCurvature: mean / count,
    reportedCurvature: reported / count,
    modelInformation: model / count,
    scoreInformation: labels === undefined ? undefined : score / count,
  };
}

/** What ζ is taken from, besides the field and its labels. */
type FieldOptions = GammaDecayOptions & ShiftOptions & Pick<GammaDecayFromDataOptions, 'gamma'>;

/** ζ from a field, as `gammaDecayFromData` gives it, without its checks and standard errors. */
export function gammaDecayOfField(
  options: FieldOptions,
  field: Pick<StandardizedField, 'kurtosis' | 'values'>,
  labels?: Samples,
): GammaDecay {
  const { batchSize, gamma = dataDefaults.gamma, information = 'model' } = options;
  return assembled(dataAverages(options, gamma, field, labels), batchSize, gamma, information);
}

/** What is measured, with a standard error of each. */
export const measuredQuantities = [
  'gammaDecay',
  'fromMean',
  'fromMeanReported',
  'fromDeviation',
  'kurtosis',
  'fisherInformation',
  'modelInformation',
  'scoreInformation',
] as const;

/**
 * ζ of Theorem 1 from a sample of pre-activations, with labels or without. The sample counts as the whole training set: its
 * own mean, biased deviation and kurtosis are the population's.
 *
 * @returns ζ, its parts, what they are made of, and bootstrap standard errors of each over redrawn rows
 * @throws TypeError or RangeError, one line: M < 2, fewer pre-activations than M, pre-activations all equal, an entry that is
 *   no finite number, labels of another length or not 0 or 1 for Bernoulli, the score reading without labels
 * @example
 * const { gammaDecay } = gammaDecayFromData({ activation: identity, batchSize: 2, preactivations: [-1, 1, -1, 1] });
 * gammaDecay; // ρ = −2: only μ_B fluctuates, 1/(2M) = 0.25
 */
export function gammaDecayFromData(options: GammaDecayFromDataOptions): MeasuredGammaDecay {
  requireOptions('options', options, checks);
  const { preactivations, labels, batchSize, likelihood = gaussianLikelihood } = options;
  const { resamples = dataDefaults.resamples, seed = dataDefaults.seed } = options;
  const field = standardizedField(preactivations, batchSize);
  if (labels !== undefined) requireLabels(labels, preactivations.length, likelihood);

  const decay = gammaDecayOfField(options, field, labels);
  const errors = bootstrapErrors(
    preactivations,
    labels,
    { resamples, seed },
    measuredQuantities.length,
    (h, t, out) => {
      const redrawn = gammaDecayOfField(options, standardizedSamples(h), t);
      measuredQuantities.forEach((name, i) => (out[i] = redrawn[name] ?? 0));
    },
  );
  const errorOf = measuredQuantities.map((name, i) => [
    name,
    decay[name] === undefined ? undefined : errors[i],
  ]);
  return { ...decay, standardErrors: Object.fromEntries(errorOf) as Omit<GammaDecay, 'gamma'> };
}
