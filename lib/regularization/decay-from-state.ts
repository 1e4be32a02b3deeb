import { rangeError, requireFinite, requireNonNegative, within } from '../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { bracketedRoot } from '../numerics/root-finding.js';
import { meanCurvature, modelCurvature } from './curvature.js';
import { averageOverFields } from '../gaussian/field-average.js';
import { assembled, gammaDecayChecks, type GammaDecay, type GammaDecayOptions } from './gamma-decay.js';
import { gaussianLikelihood } from './likelihood.js';

/** Teacher and student: the teacher's output g(u) is the natural parameter of its labels, as the student's g(γv) is. */
export interface TeacherStudent extends GammaDecayOptions {
  /** R from −1 to 1; default 1. */
  readonly overlap?: number;
  /** S ≥ 0, variance of the label noise; default 0. Bernoulli labels have noise of their own and take none. */
  readonly noiseVariance?: number;
}

/** Teacher and student, checked. */
export const teacherStudentChecks: OptionChecks<TeacherStudent> = {
  ...gammaDecayChecks,
  overlap: optional(within(-1, 1)),
  noiseVariance: optional(requireNonNegative),
};

/** Fills in what was left out. */
export function completed(options: TeacherStudent): Required<TeacherStudent> {
  const { overlap = 1, noiseVariance = 0, likelihood = gaussianLikelihood, information = 'model' } = options;
  if (likelihood.name === 'bernoulli' && noiseVariance > 0) {
    throw rangeError('noiseVariance', '0 for likelihood bernoulli', noiseVariance);
  }
  return { ...options, overlap, noiseVariance, likelihood, information };
}

function decayAt(model: Required<TeacherStudent>, gamma: number): GammaDecay {
  const { activation, likelihood, batchSize, information, overlap, noiseVariance } = model;
  const ofMean = meanCurvature(activation, likelihood, gamma);
  const ofModel = modelCurvature(activation, likelihood);
  const [curvature, modelInformation] = averageOverFields(
    { activation, gamma, overlap: 1 },
    2,
    (_u, v, out) => {
      out[0] = ofMean(v);
      out[1] = ofModel(gamma * v) * v * v;
    },
  );
  const isGaussian = likelihood.name === 'gaussian';
  const [scoreInformation] = averageOverFields({ activation, gamma, overlap }, 1, (u, v, out) => {
    const z = gamma * v;
    const gap = likelihood.mean(activation.value(u)) - likelihood.mean(activation.value(z));
    const labelVariance = isGaussian ? noiseVariance : likelihood.variance(activation.value(u));
    out[0] = (gap * gap + labelVariance) * (activation.derivative(z) * v) ** 2;
  });
  const averages = {
    kurtosis: 0,
    meanCurvature: curvature!,
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
  options: TeacherStudent & {
    /** γ, finite. */
    readonly gamma: number;
  },
): GammaDecay {
  requireOptions('options', options, { ...teacherStudentChecks, gamma: requireFinite });
  return decayAt(completed(options), options.gamma);
}

/** −∂ℓ/∂γ averaged over both fields: for the squared loss E[δv]. */
function pull({ activation, likelihood, overlap }: Required<TeacherStudent>, gamma: number): number {
  const average = averageOverFields({ activation, gamma, overlap }, 1, (u, v, out) => {
    const z = gamma * v;
    const gap = likelihood.mean(activation.value(u)) - likelihood.mean(activation.value(z));
    out[0] = gap * activation.derivative(z) * v;
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
export function gammaDecayAtFixedPoint(options: TeacherStudent): GammaDecay {
  requireOptions('options', options, teacherStudentChecks);
  const model = completed(options);
  const drift = (gamma: number): number => pull(model, gamma) - decayAt(model, gamma).gammaDecay * gamma;
  let left = SMALLEST_GAMMA;
  let atLeft = drift(left);
  for (let right = left * SCAN_RATIO; right < LARGEST_GAMMA; right *= SCAN_RATIO) {
    const atRight = drift(right);
    if (atLeft > 0 && atRight <= 0) return decayAt(model, bracketedRoot(drift, left, right));
    [left, atLeft] = [right, atRight];
  }
  throw rangeError(
    'overlap',
    'one with a fixed point of gamma > 0 (give gamma where there is none)',
    model.overlap,
  );
}
