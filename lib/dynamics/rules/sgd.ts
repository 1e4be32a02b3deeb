import { angleOfMisalignment, cosineOfMisalignment, sineOfMisalignment } from '../../gaussian/angle.js';
import type { BatchStep } from '../batch-step.js';
import { errorGradient } from '../../gaussian/error-gradient.js';
import { layoutOf } from '../layout.js';
import {
  commonParameters,
  declareParameters,
  pairOf,
  teacherParameters,
  type RuleParameters,
  type TeacherParameters,
} from '../parameters.js';
import { derivedQuantities } from '../quantity.js';
import { scheduleFunction, varyingRates } from '../schedule.js';
import type { OrderParameterSystem } from '../system.js';
import { weightNormalized } from './weight-normalization.js';

/** Order parameters of vanilla SGD. */
export type SgdOrderParameter = 'overlap' | 'length';

/** Parameters of vanilla SGD. */
export interface SgdParameters extends RuleParameters, TeacherParameters {}

/** What vanilla SGD is told. */
export const sgdParameters = declareParameters<SgdParameters>([...commonParameters, ...teacherParameters]);

const layout = layoutOf({ overlap: 'overlap', length: 'length' });

/** w += (η/√N)⟨δx⟩, δ = (g*(Tu) + ξ − g(Lv)) g′(Lv). */
function sgdStep(complete: Required<SgdParameters>, rate: (time: number) => number): BatchStep['compute'] {
  const { activation, batchSize } = complete;
  const { teacher: target } = pairOf(complete);
  return (time, state, { teacher, student, noise }, out) => {
    const length = state[1]!;
    const scale = rate(time) / batchSize;
    for (let i = 0; i < batchSize; i++) {
      const h = length * student[i]!;
      const error = target.value(teacher[i]!) + noise[i]! - activation.value(h);
      out.onInputs[i] = scale * error * activation.derivative(h);
    }
  };
}

/**
 * Vanilla online SGD of the student g(w·x/√N) on fresh minibatches of M samples (docs/theory/dynamics.md).
 *
 *     d(LR)/dt = ηE[δu],  d(L²)/dt = 2ηL E[δv] + η²I₂,  averages at γ = L,  I₂ = E[δ²]/M
 *
 * integrated as dr/dt = −(η/L)E[δ(u − Rv)] + ½(1 − r)(η/L)²I₂ and dL/dt = ηE[δv] + ½(η/L)²L I₂, r = 1 − R.
 *
 * @throws RangeError or TypeError when η ≤ 0, S < 0, T ≤ 0, or M is not an integer ≥ 1
 * @example
 * sgd({ activation: relu, learningRate: 0.5, batchSize: 4 }).layout.names; // ['overlap', 'length']
 */
export function sgd(parameters: SgdParameters): OrderParameterSystem<SgdOrderParameter> {
  const complete = sgdParameters.complete(parameters);
  const { learningRate, batchSize, noiseVariance } = complete;
  const { averages } = pairOf(complete);
  const rate = scheduleFunction(learningRate);
  // The order parameters of weight normalization without decay at γ = L and η_γ = η: their changes of γ and of L add up to that of L
  // here. The equations themselves are written out, since solvers live by their speed.
  const full = weightNormalized('sgd', complete);
  const tied = new Float64Array(3);
  const moments = new Float64Array(4);
  const jacobian = new Float64Array(9);
  const covariance = new Float64Array(9);
  const writeErrorGradient = errorGradient(averages);
  const errorSlopes = new Float64Array(2);

  function fullState(state: ArrayLike<number>): Float64Array {
    tied[0] = tied[2] = state[1]!;
    tied[1] = state[0]!;
    return tied;
  }

  return {
    rule: 'sgd',
    layout,
    settling: layout.names,
    batchStep: { batchSize, noiseVariance, compute: sgdStep(complete, rate) },
    varyingRates: varyingRates(learningRate),
    derivative(time, state, out) {
      const r = state[0]!;
      const length = state[1]!;
      const phi = angleOfMisalignment(r);
      averages.write(length, phi, moments, sineOfMisalignment(r), cosineOfMisalignment(r));
      const eta = rate(time);
      const x = eta / length;
      const noise = (0.5 * x * x * (moments[2]! + noiseVariance * moments[3]!)) / batchSize;
      out[0] = (1 - r) * noise - x * moments[1]!;
      out[1] = eta * moments[0]! + length * noise;
    },
    jacobian(time, state, out) {
      full.jacobian!(time, fullState(state), jacobian);
      out[0] = jacobian[4]!;
      out[1] = jacobian[3]! + jacobian[5]!;
      out[2] = jacobian[1]! + jacobian[7]!;
      out[3] = jacobian[0]! + jacobian[2]! + jacobian[6]! + jacobian[8]!;
    },
    stepCovariance(time, state, out) {
      full.stepCovariance!(time, fullState(state), covariance);
      out[0] = covariance[4]!;
      out[1] = out[2] = covariance[1]! + covariance[7]!;
      out[3] = covariance[0]! + covariance[2]! + covariance[6]! + covariance[8]!;
    },
    observables: {
      // Vanilla SGD has no γ of its own: its output scale is the length.
      gamma: (_time, state) => state[1]!,
      generalizationError: (_time, state) =>
        averages.generalizationError(state[1]!, angleOfMisalignment(state[0]!)),
      effectiveLearningRate: (time) => rate(time),
      reducedLearningRate: (time) => rate(time),
    },
    columns: ['gamma', ...layout.names, ...derivedQuantities],
    observableGradients: {
      gamma(_time, _state, out) {
        out[0] = 0;
        out[1] = 1;
      },
      generalizationError(_time, state, out) {
        writeErrorGradient(state[1]!, state[0]!, errorSlopes);
        out[0] = errorSlopes[1]!;
        out[1] = errorSlopes[0]!;
      },
      effectiveLearningRate: (_time, _state, out) => void out.fill(0),
      reducedLearningRate: (_time, _state, out) => void out.fill(0),
    },
  };
}
