import { angleOfMisalignment } from '../gaussian/angle.js';
import { errorGradient } from '../gaussian/error-gradient.js';
import type { BatchStep } from './batch-step.js';
import { layoutOf } from './layout.js';
import { pairOf, type RuleParameters, type TeacherParameters } from './parameters.js';
import { derivedQuantities } from './quantity.js';
import { scheduleFunction, varyingRates, type Schedule } from './schedule.js';
import type { OrderParameterSystem } from './system.js';

/** Order parameters of a rule whose student is normalized. */
export type NormalizedOrderParameter = 'gamma' | 'overlap' | 'length';

/**
 * The three averages that tell one normalized rule from another (docs/theory/dynamics.md): A drives γ, B turns w towards the
 * teacher, C is the power of the gradient noise.
 */
export interface NormalizedDrift {
  /** Writes A, B, C at γ and r = 1 − R to out[0…2]. */
  write(gamma: number, misalignment: number, out: Float64Array): void;
  /** Writes ∂(A, B, C)/∂γ to out[0…2] and ∂(A, B, C)/∂r to out[3…5], r = 1 − R, one-sided at r = 0. */
  writeGradient(gamma: number, misalignment: number, out: Float64Array): void;
}

/** What normalized rules are told, with its defaults. */
export interface NormalizedParameters extends Required<RuleParameters>, TeacherParameters {
  /** η_γ. */
  readonly gammaLearningRate: Schedule;
}

/** The learning rates of a normalized rule as functions of time. */
export interface Rates {
  /** η. */
  readonly rate: (time: number) => number;
  /** η_γ. */
  readonly gammaRate: (time: number) => number;
}

/** Both learning rates of these parameters. */
export function ratesOf({ learningRate, gammaLearningRate }: NormalizedParameters): Rates {
  return { rate: scheduleFunction(learningRate), gammaRate: scheduleFunction(gammaLearningRate) };
}

const layout = layoutOf({ gamma: 'scale', overlap: 'overlap', length: 'length' });

/**
 * The equations shared by weight, population and batch normalization, for the state (γ, r = 1 − R, L). With the
 * effective learning rate x = ηγ/L²:
 *
 *     dγ/dt = η_γ A,   dr/dt = −x B + ½ (1 − r) x² C,   dL/dt = ½ x² L C.
 */
export function normalizedSystem(
  rule: string,
  parameters: NormalizedParameters,
  { rate, gammaRate }: Rates,
  drift: NormalizedDrift,
  compute: BatchStep['compute'],
): OrderParameterSystem<NormalizedOrderParameter> {
  const { batchSize, noiseVariance, learningRate, gammaLearningRate } = parameters;
  const { averages: fieldAverages } = pairOf(parameters);
  const averages = new Float64Array(3);
  const gradient = new Float64Array(6);
  const writeErrorGradient = errorGradient(fieldAverages);

  return {
    rule,
    layout,
    settling: ['gamma', 'overlap'],
    batchStep: { batchSize, noiseVariance, compute },
    varyingRates: varyingRates(learningRate, gammaLearningRate),
    derivative(time, state, out) {
      const gamma = state[0]!;
      const r = state[1]!;
      const length = state[2]!;
      drift.write(gamma, r, averages);
      const x = (rate(time) * gamma) / (length * length);
      const noise = 0.5 * x * x * averages[2]!;
      out[0] = gammaRate(time) * averages[0]!;
      out[1] = (1 - r) * noise - x * averages[1]!;
      out[2] = length * noise;
    },
    jacobian(time, state, out) {
      const gamma = state[0]!;
      const r = state[1]!;
      const length = state[2]!;
      drift.write(gamma, r, averages);
      drift.writeGradient(gamma, r, gradient);
      const b = averages[1]!;
      const c = averages[2]!;
      const perGamma = rate(time) / (length * length);
      const x = perGamma * gamma;
      const half = 0.5 * x * x;
      const turning = (1 - r) * x * c - b; // ∂(dr/dt)/∂x
      out[0] = gammaRate(time) * gradient[0]!;
      out[1] = gammaRate(time) * gradient[3]!;
      out[2] = 0;
      out[3] = turning * perGamma - x * gradient[1]! + (1 - r) * half * gradient[2]!;
      out[4] = -x * gradient[4]! - half * c + (1 - r) * half * gradient[5]!;
      out[5] = (-2 * x * turning) / length;
      out[6] = length * (x * c * perGamma + half * gradient[2]!);
      out[7] = length * half * gradient[5]!;
      out[8] = -3 * half * c;
    },
    observables: {
      generalizationError: (_time, state) =>
        fieldAverages.generalizationError(state[0]!, angleOfMisalignment(state[1]!)),
      effectiveLearningRate: (time, state) => (rate(time) * state[0]!) / (state[2]! * state[2]!),
      reducedLearningRate: (time, state) => rate(time) / (state[2]! * state[2]!),
    },
    columns: [...layout.names, ...derivedQuantities],
    observableGradients: {
      generalizationError(_time, state, out) {
        writeErrorGradient(state[0]!, state[1]!, out);
        out[2] = 0;
      },
      effectiveLearningRate(time, state, out) {
        const reduced = rate(time) / (state[2]! * state[2]!);
        out[0] = reduced;
        out[1] = 0;
        out[2] = (-2 * reduced * state[0]!) / state[2]!;
      },
      reducedLearningRate(time, state, out) {
        out[0] = 0;
        out[1] = 0;
        out[2] = (-2 * rate(time)) / state[2]! ** 3;
      },
    },
  };
}
