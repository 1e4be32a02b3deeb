import { batchDeviation } from '../../lib/dynamics/rules/batch-deviation.js';
import { batchMean } from '../../lib/dynamics/rules/batch-mean.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { populationNormalization } from '../../lib/dynamics/rules/population-normalization.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { Schedule } from '../../lib/dynamics/schedule.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import type { Activation } from '../../lib/gaussian/activation.js';

/** A rule as the reference tables write it. */
export interface RuleCase {
  rule: string;
  activation: string;
  learningRate: number;
  gammaLearningRate?: number;
  gammaDecay?: number;
  batchSize: number;
  noiseVariance: number;
  schedule?: string;
}

export const activations: Record<string, Activation> = { identity, relu, erf, 'leaky-relu': leakyRelu(0.1) };

/** The one schedule in the tables. */
const scheduleText = '0.5 / (1 + time/10)';

export function ruleOf(entry: RuleCase): OrderParameterSystem {
  const activation = activations[entry.activation];
  const { gammaDecay = 0, batchSize, noiseVariance } = entry;
  let learningRate: Schedule = entry.learningRate;
  let gammaLearningRate: Schedule = entry.gammaLearningRate ?? entry.learningRate;
  if (entry.schedule !== undefined) {
    if (entry.schedule !== scheduleText) throw new Error(`unknown schedule ${entry.schedule}`);
    learningRate = gammaLearningRate = (time) => 0.5 / (1 + time / 10);
  }
  const common = { activation, learningRate, batchSize, noiseVariance };
  switch (entry.rule) {
    case 'sgd':
      return sgd(common);
    case 'weight-normalization':
      return weightNormalization({ ...common, gammaLearningRate, gammaDecay });
    case 'population-normalization':
      return populationNormalization({ ...common, gammaLearningRate, gammaDecay });
    case 'batch-normalization':
      return batchNormalization({ ...common, gammaLearningRate, gammaDecay });
    case 'batch-deviation':
      return batchDeviation({ ...common, gammaLearningRate, gammaDecay });
    case 'batch-mean':
      return batchMean({ ...common, gammaLearningRate, gammaDecay });
    default:
      throw new Error(`unknown rule ${entry.rule}`);
  }
}
