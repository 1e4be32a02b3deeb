import { integer, oneOf, rangeError } from '../foundation/checks.js';
import { optional, type OptionChecks } from '../foundation/options.js';
import { requireActivation, type Activation } from '../gaussian/activation.js';
import { requireLikelihood, type Likelihood } from './likelihood.js';

/**
 * Batch normalization as regularization (Luo, Wang, Shao & Peng, ICLR 2019, Theorem 1): the loss averaged over batch
 * statistics is about the loss of population normalization plus ζγ², with
 *
 *     ζ = (ρ + 2)/(8M) · I(γ)  [from σ_B]  +  (1/2M) · (1/P) Σ_j c(h̄_j)  [from μ_B],
 *
 * ρ the excess kurtosis of the pre-activation h, h̄ = (h − mean)/deviation, c the curvature of the loss in the
 * pre-activation z = γh̄ + β (1 for identity, sig(h̄) standing for ReLU's gate) and I(γ) the Fisher information of γ.
 *
 * Where it comes from. With a = (μ_B − m)/σ and σ_B/σ = 1 + d the batch moves the pre-activation by
 * δz = γ(−a − d h̄ + a d + d² h̄ + …), and E[ℓ] = ℓ + E[δz] ∂ℓ/∂z + ½E[δz²] ∂²ℓ/∂z². By the laws of batch statistics
 * E[a²] = 1/M and E[d²] = (ρ + 2)/(4M), so ½E[δz²] averaged over samples is ζγ² with I = ⟨c h̄²⟩. Left out, all of
 * order 1/M: (3ρ + 10)/(8M) γ ∂ℓ/∂γ, which vanishes where γ is at rest; terms of E[a d] = skewness/(2M), which vanish
 * for symmetric fields; and −½γ²⟨(t − E[t|o]) g″ (1 + ((ρ + 2)/4) h̄²)⟩/M, which vanishes where the residual has mean zero at
 * given h̄ (for ReLU: at h̄ = 0, so at R = 1 but not below).
 */
export interface GammaDecay {
  /** ζ = fromMean + fromDeviation. */
  readonly gammaDecay: number;
  /** The part from the fluctuations of μ_B. */
  readonly fromMean: number;
  /** The same with γ and β inside the logistic function that stands for ReLU's gate, sig(γh̄ + β), as reported. */
  readonly fromMeanReported: number;
  /** The part from the fluctuations of σ_B. */
  readonly fromDeviation: number;
  /** The γ at which it was taken. */
  readonly gamma: number;
  /** ρ, excess kurtosis of the field. */
  readonly kurtosis: number;
  /** I(γ), the reading of it that `fromDeviation` uses. */
  readonly fisherInformation: number;
  /** I(γ) under the model's own labels, ⟨Var(t|o) g′(γh̄ + β)² h̄²⟩: the curvature the expansion asks for. */
  readonly modelInformation: number;
  /** ⟨(∂ℓ/∂γ)²⟩ with the labels there are; undefined where there are none. */
  readonly scoreInformation: number | undefined;
}

/**
 * Which Fisher information: `model` takes labels from the model itself, `score` is the mean squared score of the data.
 * They agree where the model fits: for the squared loss, where the residual has variance 1 at every h̄.
 */
export type InformationReading = (typeof informationReadings)[number];

/** Both of them, the default first. */
export const informationReadings = ['model', 'score'] as const;

/** What every way to ζ needs to know. */
export interface GammaDecayOptions {
  /** g, the student's. */
  readonly activation: Activation;
  /** M ≥ 2. */
  readonly batchSize: number;
  /** Default `gaussianLikelihood`, the squared loss. */
  readonly likelihood?: Likelihood;
  /** Default `model`. */
  readonly information?: InformationReading;
}

/** Averages over the field that ζ is made of. */
export interface CurvatureAverages extends Pick<
  GammaDecay,
  'kurtosis' | 'modelInformation' | 'scoreInformation'
> {
  readonly meanCurvature: number;
  readonly reportedCurvature: number;
}

/** The state that ζ is taken at, besides γ. */
export interface ShiftOptions {
  /** β, added to γh̄ before the unit; default 0. */
  readonly shift?: number;
}

/** Puts ζ together from its averages. */
export function assembled(
  { meanCurvature, reportedCurvature, ...averages }: CurvatureAverages,
  batchSize: number,
  gamma: number,
  information: InformationReading,
): GammaDecay {
  const fisherInformation = averages[`${information}Information`];
  if (fisherInformation === undefined)
    throw rangeError('information', 'model where there are no labels', information);
  const fromMean = meanCurvature / (2 * batchSize);
  const fromDeviation = ((averages.kurtosis + 2) * fisherInformation) / (8 * batchSize);
  return {
    gammaDecay: fromMean + fromDeviation,
    fromMean,
    fromMeanReported: reportedCurvature / (2 * batchSize),
    fromDeviation,
    gamma,
    fisherInformation,
    ...averages,
  };
}

/** What every way to ζ has, checked. */
export const gammaDecayChecks: OptionChecks<GammaDecayOptions> = {
  activation: requireActivation,
  batchSize: integer(2),
  likelihood: optional(requireLikelihood),
  information: optional(oneOf(informationReadings)),
};
