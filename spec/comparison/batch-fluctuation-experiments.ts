import { batchMean } from '../../lib/dynamics/rules/batch-mean.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { Experiment } from './fluctuation-experiments.js';

// Rates at which the power of the noise fluctuates as visibly as the pull.
const parameters = { learningRate: 3, noiseVariance: 0.2, gammaLearningRate: 0.5, gammaDecay: 0.1 };
const initial = { gamma: 0.6, overlap: 0.2, length: 1.2 };

function experimentOf(
  make: typeof batchNormalization,
  name: string,
  activation: Activation,
  batchSize: number,
): Experiment {
  const rule = make({ ...parameters, activation, batchSize });
  return {
    name: `${name}, ${activation.name}, M = ${batchSize}`,
    activation,
    batchSize,
    rule,
    initial,
  };
}

export const quick: Experiment[] = [experimentOf(batchNormalization, 'batch normalization', identity, 8)];

export const slow: Experiment[] = [
  ...quick,
  experimentOf(batchNormalization, 'batch normalization', relu, 8),
  experimentOf(batchNormalization, 'batch normalization', relu, 32),
  experimentOf(batchNormalization, 'batch normalization', erf, 8),
  experimentOf(batchMean, 'normalization by the mean', relu, 4),
];

/** D as if samples acted independently: that of weight normalization. */
export function independent({ rule, activation, batchSize }: Experiment): OrderParameterSystem {
  const { stepCovariance } = weightNormalization({ ...parameters, activation, batchSize });
  return { ...rule, stepCovariance };
}

/** D times a factor. */
export function enlarged({ rule }: Experiment, factor: number): OrderParameterSystem {
  return {
    ...rule,
    stepCovariance(time, state, out) {
      rule.stepCovariance!(time, state, out);
      for (let k = 0; k < out.length; k++) out[k] *= factor;
    },
  };
}
