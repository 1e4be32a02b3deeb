import { angleOfMisalignment, cosineOfMisalignment, sineOfMisalignment } from '../../gaussian/angle.js';
import type { BatchStep } from '../batch-step.js';
import { errorGradient } from '../../gaussian/error-gradient.js';
import { stepCovarianceOf } from '../step-covariance.js';
import { layoutOf } from '../layout.js';
import { commonParameters, declareParameters, type RuleParameters } from '../parameters.js';
import { derivedQuantities } from '../quantity.js';
import { scheduleFunction, varyingRates } from '../schedule.js';
import type { OrderParameterSystem } from '../system.js';

/** Order parameters of vanilla SGD. */
export type SgdOrderParameter = 'overlap' | 'length';

/** What vanilla SGD is told. */
export const sgdParameters = declareParameters<RuleParameters>(commonParameters);

const layout = layoutOf({ overlap: 'overlap', length: 'length' });

/** w += (η/√N)⟨δx⟩, δ = (g(u) + ξ − g(Lv)) g′(Lv). */
function sgdStep(
  { activation, batchSize }: Required<RuleParameters>,
  rate: (time: number) => number,
): BatchStep['compute'] {
  return (time, state, { teacher, student, noise }, out) => {
    const length = state[1]!;
    const scale = rate(time) / batchSize;
    for (let i = 0; i < batchSize; i++) {
      const h = length * student[i]!;
      const error = activation.value(teacher[i]!) + noise[i]! - activation.value(h);
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
 * @throws RangeError or TypeError when η ≤ 0, S < 0, or M is not an integer ≥ 1
 * @example
 * sgd({ activation: relu, learningRate: 0.5, batchSize: 4 }).layout.names; // ['overlap', 'length']
 */
export function sgd(parameters: RuleParameters): OrderParameterSystem<SgdOrderParameter> {
  const complete = sgdParameters.complete(parameters);
  const { activation, learningRate, batchSize, noiseVariance } = complete;
  const rate = scheduleFunction(learningRate);
  const moments = new Float64Array(4);
  const gradient = new Float64Array(8);
  const writeErrorGradient = errorGradient(activation);
  const errorSlopes = new Float64Array(2);
  const writeCovariance = stepCovarianceOf(activation, batchSize, noiseVariance);
  const transform = new Float64Array(6);
  const noisePower = (source: Float64Array, at: number): number =>
    (source[at]! + noiseVariance * source[at + 1]!) / batchSize;

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
      activation.averages.write(length, phi, moments, sineOfMisalignment(r), cosineOfMisalignment(r));
      const eta = rate(time);
      const x = eta / length;
      const noise = 0.5 * x * x * noisePower(moments, 2);
      out[0] = (1 - r) * noise - x * moments[1]!;
      out[1] = eta * moments[0]! + length * noise;
    },
    jacobian(time, state, out) {
      const r = state[0]!;
      const length = state[1]!;
      const phi = angleOfMisalignment(r);
      activation.averages.write(length, phi, moments);
      activation.averages.writeGradient(length, phi, gradient);
      const eta = rate(time);
      const x = eta / length;
      const half = 0.5 * x * x;
      const power = noisePower(moments, 2);
      const powerByLength = noisePower(gradient, 2);
      const powerByR = noisePower(gradient, 6);
      out[0] = -x * gradient[5]! - half * power + (1 - r) * half * powerByR;
      out[1] =
        (x * moments[1]! - 2 * (1 - r) * half * power) / length -
        x * gradient[1]! +
        (1 - r) * half * powerByLength;
      out[2] = eta * gradient[4]! + length * half * powerByR;
      out[3] = eta * gradient[0]! - half * power + length * half * powerByLength;
    },
    // N dr = −x⟨δ(u − Rv)⟩ + ½ R x²⟨δ²⟩/M and N dL = η⟨δv⟩ + ½ L x²⟨δ²⟩/M, x = η/L
    stepCovariance(time, state, out) {
      const eta = rate(time);
      const length = state[1]!;
      const perSample = (eta * eta) / (2 * batchSize * length * length);
      transform[1] = -eta / length;
      transform[2] = (1 - state[0]!) * perSample;
      transform[3] = eta;
      transform[5] = length * perSample;
      writeCovariance(length, angleOfMisalignment(state[0]!), transform, out);
    },
    observables: {
      // Vanilla SGD has no γ of its own: its output scale is the length.
      gamma: (_time, state) => state[1]!,
      generalizationError: (_time, state) =>
        activation.averages.generalizationError(state[1]!, angleOfMisalignment(state[0]!)),
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
