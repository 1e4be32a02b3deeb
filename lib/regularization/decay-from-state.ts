import {
  rangeError,
  requireFinite,
  requireNonNegative,
  requirePositive,
  within,
} from '../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { bracketedRoot } from '../numerics/root-finding.js';
import { meanCurvature, modelCurvature, reportedCurvature, shiftedUnit } from './curvature.js';
import { requireActivation, type Activation, type ActivationPair } from '../gaussian/activation.js';
import { activationPair } from '../gaussian/activations/pair.js';
import { averageOverFields } from '../gaussian/field-average.js';
import {
  assembled,
  gammaDecayChecks,
  type GammaDecay,
  type GammaDecayOptions,
  type ShiftOptions,
} from './gamma-decay.js';
import { gaussianLikelihood } from './likelihood.js';

/** Teacher and student: the teacher's output g*(Tu) is the natural parameter of its labels, as the student's g(γv) is. */
export interface TeacherStudent extends GammaDecayOptions {
  /** R from −1 to 1; default 1. */
  readonly overlap?: number;
  /** S ≥ 0, variance of the label noise; default 0. Bernoulli labels have noise of their own and take none. */
  readonly noiseVariance?: number;
  /** g*, the teacher's activation; default that of the student. */
  readonly teacherActivation?: Activation;
  /** T > 0, the standard deviation of the field that the teacher's activation sees; default 1. */
  readonly teacherLength?: number;
}

/** Teacher and student with nothing left out. */
export interface CompleteModel extends Required<TeacherStudent> {
  readonly pair: ActivationPair;
}

/** Teacher and student, checked. */
export const teacherStudentChecks: OptionChecks<TeacherStudent> = {
  ...gammaDecayChecks,
  overlap: optional(within(-1, 1)),
  noiseVariance: optional(requireNonNegative),
  teacherActivation: optional(requireActivation),
  teacherLength: optional(requirePositive),
};

/** A shift, checked. */
const shiftChecks: OptionChecks<ShiftOptions> = { shift: optional(requireFinite) };

/** Fills in what was left out. */
export function completed(options: TeacherStudent): CompleteModel {
  const { overlap = 1, noiseVariance = 0, likelihood = gaussianLikelihood, information = 'model' } = options;
  if (likelihood.name === 'bernoulli' && noiseVariance > 0) {
    throw rangeError('noiseVariance', '0 for likelihood bernoulli', noiseVariance);
  }
  const { teacherActivation = options.activation, teacherLength = 1 } = options;
  const pair = activationPair(options.activation, teacherActivation, teacherLength);
  return {
    ...options,
    overlap,
    noiseVariance,
    likelihood,
    information,
    teacherActivation,
    teacherLength,
    pair,
  };
}

function decayAt(model: CompleteModel, gamma: number, shift: number): GammaDecay {
  const { activation, pair, likelihood, batchSize, information, overlap, noiseVariance } = model;
  const { teacher } = pair;
  const unit = shiftedUnit(activation, shift);
  const ofMean = meanCurvature(activation, likelihood, gamma, shift);
  const ofReport = reportedCurvature(activation, likelihood, gamma, shift);
  const ofModel = modelCurvature(unit, likelihood);
  const [curvature, modelInformation, reported] = averageOverFields(
    { activation: unit, gamma, overlap: 1 },
    3,
    (_u, v, out) => {
      out[0] = ofMean(v);
      out[1] = ofModel(gamma * v) * v * v;
      out[2] = ofReport(v);
    },
  );
  const isGaussian = likelihood.name === 'gaussian';
  const place = { activation: unit, gamma, overlap, teacherKinks: teacher.kinks };
  const [scoreInformation] = averageOverFields(place, 1, (u, v, out) => {
    const z = gamma * v;
    const gap = likelihood.mean(teacher.value(u)) - likelihood.mean(unit.value(z));
    const labelVariance = isGaussian ? noiseVariance : likelihood.variance(teacher.value(u));
    out[0] = (gap * gap + labelVariance) * (unit.derivative(z) * v) ** 2;
  });
  const averages = {
    kurtosis: 0,
    meanCurvature: curvature!,
    reportedCurvature: reported!,
    modelInformation: modelInformation!,
    scoreInformation: scoreInformation!,
  };
  return assembled(averages, batchSize, gamma, information);
}

/**
 * ζ of Theorem 1 for a student of Gaussian field (ρ = 0) at given γ, R and S. Under the model's information it does not
 * depend on R and S: for the squared loss 3/(4M) for identity and 3/(8M) for ReLU at every γ. The mean squared score does;
 * for identity it is 3(R − γ)² + 1 − R² + S. Averages by quadrature, to 1e-9.
 *
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * gammaDecayFromState({ activation: relu, batchSize: 8, gamma: 0.7 }).gammaDecay; // 3/(8M) = 0.046875
 */
export function gammaDecayFromState(
  options: TeacherStudent &
    ShiftOptions & {
      /** γ, finite. */
      readonly gamma: number;
    },
): GammaDecay {
  requireOptions('options', options, { ...teacherStudentChecks, gamma: requireFinite, ...shiftChecks });
  const { gamma, shift = 0, ...model } = options;
  return decayAt(completed(model), gamma, shift);
}

/** −∂ℓ/∂γ averaged over both fields: for the squared loss E[δv]. */
function pull(
  { activation, pair, likelihood, overlap }: CompleteModel,
  gamma: number,
  shift: number,
): number {
  const { teacher } = pair;
  const unit = shiftedUnit(activation, shift);
  const place = { activation: unit, gamma, overlap, teacherKinks: teacher.kinks };
  const average = averageOverFields(place, 1, (u, v, out) => {
    const z = gamma * v;
    const gap = likelihood.mean(teacher.value(u)) - likelihood.mean(unit.value(z));
    out[0] = gap * unit.derivative(z) * v;
  });
  return average[0]!;
}

const SMALLEST_GAMMA = 1e-3;
const LARGEST_GAMMA = 1e3;
const SCAN_RATIO = 1.5;

/**
 * ζ at the fixed point γ₀ that it makes itself: the first zero of dγ/dt ∝ −∂ℓ/∂γ − ζ(γ)γ that attracts, at given R. For the
 * squared loss at R = 1, γ₀ = 1/(1 + 3/(4M)) for identity and ReLU alike; identity at R has R/(1 + 3/(4M)).
 *
 * @throws TypeError or RangeError, one line, naming an argument out of its domain, or where there is no fixed point between
 *   1e-3 and 1e3
 * @example
 * gammaDecayAtFixedPoint({ activation: relu, batchSize: 8 }).gamma; // 1/(1 + 3/32) = 0.914286
 */
export function gammaDecayAtFixedPoint(options: TeacherStudent & ShiftOptions): GammaDecay {
  requireOptions('options', options, { ...teacherStudentChecks, ...shiftChecks });
  const { shift = 0, ...given } = options;
  const model = completed(given);
  const drift = (gamma: number): number =>
    pull(model, gamma, shift) - decayAt(model, gamma, shift).gammaDecay * gamma;
  let left = SMALLEST_GAMMA;
  let atLeft = drift(left);
  for (let right = left * SCAN_RATIO; right < LARGEST_GAMMA; right *= SCAN_RATIO) {
    const atRight = drift(right);
    if (atLeft > 0 && atRight <= 0) return decayAt(model, bracketedRoot(drift, left, right), shift);
    [left, atLeft] = [right, atRight];
  }
  throw rangeError(
    'overlap',
    'one with a fixed point of gamma > 0 (give gamma where there is none)',
    model.overlap,
  );
}
