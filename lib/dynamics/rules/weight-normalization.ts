import { requireNonNegative } from '../../foundation/checks.js';
import type { BatchStep } from '../batch-step.js';
import {
  normalizedSystem,
  ratesOf,
  type NormalizedDrift,
  type NormalizedOrderParameter,
  type Rates,
} from '../normalized-system.js';
import { angleOfMisalignment, cosineOfMisalignment, sineOfMisalignment } from '../../gaussian/angle.js';
import { stepCovarianceOf } from '../step-covariance.js';
import {
  commonParameters,
  declareParameters,
  gammaLearningRate,
  pairOf,
  teacherParameters,
  type RuleParameters,
  type TeacherParameters,
} from '../parameters.js';
import type { Schedule } from '../schedule.js';
import type { OrderParameterSystem, StateFunction } from '../system.js';

/** Parameters of weight normalization, and of population normalization. */
export interface WeightNormalizationParameters extends RuleParameters, TeacherParameters {
  /** η_γ, the learning rate of γ; default η. */
  readonly gammaLearningRate?: Schedule;
  /** ζ, the strength of gamma decay in ½ζγ²; default 0. */
  readonly gammaDecay?: number;
}

type Complete = Required<WeightNormalizationParameters>;

/** A = E[δv] − ζγ, B = E[δ(u − Rv)], C = (E[δ²] + S E[g′²])/M. */
function weightDrift(complete: Complete): NormalizedDrift {
  const { batchSize, noiseVariance, gammaDecay } = complete;
  const { averages } = pairOf(complete);
  const moments = new Float64Array(4);
  const gradient = new Float64Array(8);
  return {
    write(gamma, r, out) {
      const phi = angleOfMisalignment(r);
      averages.write(gamma, phi, moments, sineOfMisalignment(r), cosineOfMisalignment(r));
      out[0] = moments[0]! - gammaDecay * gamma;
      out[1] = moments[1]!;
      out[2] = (moments[2]! + noiseVariance * moments[3]!) / batchSize;
    },
    writeGradient(gamma, r, out) {
      averages.writeGradient(gamma, angleOfMisalignment(r), gradient);
      out[0] = gradient[0]! - gammaDecay;
      out[1] = gradient[1]!;
      out[2] = (gradient[2]! + noiseVariance * gradient[3]!) / batchSize;
      out[3] = gradient[4]!;
      out[4] = gradient[5]!;
      out[5] = (gradient[6]! + noiseVariance * gradient[7]!) / batchSize;
    },
  };
}

/** w += (η/√N)(γ/L)⟨δ(x − v ŵ)⟩, γ += (η_γ/N)(⟨δv⟩ − ζγ), δ = (g*(Tu) + ξ − g(γv)) g′(γv). */
function weightStep(complete: Complete, { rate, gammaRate }: Rates): BatchStep['compute'] {
  const { activation, batchSize, gammaDecay } = complete;
  const { teacher: target } = pairOf(complete);
  return (time, state, { teacher, student, noise }, out) => {
    const gamma = state[0]!;
    const length = state[2]!;
    const scale = (rate(time) * gamma) / (length * batchSize);
    let alongStudent = 0;
    for (let i = 0; i < batchSize; i++) {
      const v = student[i]!;
      const error = target.value(teacher[i]!) + noise[i]! - activation.value(gamma * v);
      const delta = error * activation.derivative(gamma * v);
      alongStudent += delta * v;
      out.onInputs[i] = scale * delta;
    }
    out.onStudent = -scale * alongStudent;
    out.scaleChange = gammaRate(time) * (alongStudent / batchSize - gammaDecay * gamma);
  };
}

/**
 * D of the state (γ, r, L): with x = ηγ/L² a step is N dγ = η_γ(⟨δv⟩ − ζγ), N dr = −x⟨δ(u − Rv)⟩ + ½ R x²⟨δ²⟩/M,
 * N dL = ½ L x²⟨δ²⟩/M.
 */
function weightCovariance(complete: Complete, { rate, gammaRate }: Rates): StateFunction {
  const { batchSize, noiseVariance } = complete;
  const writeCovariance = stepCovarianceOf(pairOf(complete), batchSize, noiseVariance);
  const transform = new Float64Array(9);
  return (time, state, out) => {
    const gamma = state[0]!;
    const length = state[2]!;
    const effective = (rate(time) * gamma) / (length * length);
    const perSample = (effective * effective) / (2 * batchSize);
    transform[0] = gammaRate(time);
    transform[4] = -effective;
    transform[5] = (1 - state[1]!) * perSample;
    transform[8] = length * perSample;
    writeCovariance(gamma, angleOfMisalignment(state[1]!), transform, out);
  };
}

/** What weight normalization is told. */
export const weightNormalizationParameters = declareParameters<WeightNormalizationParameters>([
  ...commonParameters,
  ...teacherParameters,
  gammaLearningRate,
  {
    name: 'gammaDecay',
    symbol: 'ζ',
    help: 'strength of gamma decay',
    kind: 'number',
    check: requireNonNegative,
    default: 0,
  },
]);

/** A rule with the equations of weight normalization, under a name. */
export function weightNormalized(
  rule: string,
  parameters: WeightNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  const complete = weightNormalizationParameters.complete(parameters);
  const rates = ratesOf(complete);
  return {
    ...normalizedSystem(rule, complete, rates, weightDrift(complete), weightStep(complete, rates)),
    stepCovariance: weightCovariance(complete, rates),
  };
}

/**
 * Weight normalization with gamma decay: the student is g(γ w·x/‖w‖), trained online on fresh minibatches of M samples
 * (Luo et al. 2019; docs/theory/dynamics.md).
 *
 *     dγ/dt = η_γ(E[δv] − ζγ),  dR/dt = (ηγ/L²)E[δ(u − Rv)] − R η²γ²I₂/(2L⁴),  dL/dt = η²γ²I₂/(2L³),  I₂ = E[δ²]/M
 *
 * @throws RangeError or TypeError when η, η_γ or T ≤ 0, ζ or S < 0, or M is not an integer ≥ 1
 * @example
 * const rule = weightNormalization({ activation: relu, learningRate: 0.5, gammaDecay: 0.2 });
 * rule.layout.names; // ['gamma', 'overlap', 'length']
 */
export function weightNormalization(
  parameters: WeightNormalizationParameters,
): OrderParameterSystem<NormalizedOrderParameter> {
  return weightNormalized('weight-normalization', parameters);
}
