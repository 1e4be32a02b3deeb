import { rangeError, typeError } from '../foundation/checks.js';
import { batchNormalization } from '../dynamics/batch-normalized.js';
import { expressionSchedule, type Schedule } from '../dynamics/schedule.js';
import { sgd } from '../dynamics/sgd.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { populationNormalization, weightNormalization } from '../dynamics/weight-normalized.js';
import type { LearningRateFamily } from '../stability/family.js';
import { activationOf } from '../gaussian/activations/index.js';
import type { RuleConfig } from './schema.js';

/** Entries that a rule does not use, and must not be given. */
const unused: Readonly<Record<RuleConfig['rule'], readonly (keyof RuleConfig)[]>> = {
  sgd: ['gammaLearningRate', 'gammaDecay'],
  'weight-normalization': [],
  'population-normalization': [],
  'batch-normalization': ['gammaDecay'],
};

function checkUsed(config: RuleConfig): void {
  for (const name of unused[config.rule]) {
    if (config[name] !== undefined) throw rangeError(name, `left out for rule ${config.rule}`, config[name]);
  }
  if (config.rule === 'batch-normalization' && config.batchSize === undefined) {
    throw typeError('batchSize', 'given for rule batch-normalization', config.batchSize);
  }
}

/** Fills in the defaults that depend on the rule, so that the configuration says all that was used. */
export function completeRule<Config extends RuleConfig>(config: Config): Config {
  checkUsed(config);
  const { batchSize = 1, rule } = config;
  if (rule === 'sgd') return { ...config, batchSize };
  const { gammaLearningRate = config.learningRate } = config;
  if (rule === 'batch-normalization') return { ...config, batchSize, gammaLearningRate };
  return { ...config, batchSize, gammaLearningRate, gammaDecay: config.gammaDecay ?? 0 };
}

/** A learning rate from a number or an expression in t. */
async function scheduleOf(name: string, rate: number | string): Promise<Schedule> {
  if (typeof rate === 'number') return rate;
  return expressionSchedule(rate, name);
}

function build(
  config: RuleConfig,
  activation: Awaited<ReturnType<typeof activationOf>>,
  learningRate: Schedule,
  gammaLearningRate: Schedule,
): OrderParameterSystem {
  const { batchSize = 1, noiseVariance, gammaDecay = 0 } = config;
  const common = { activation, learningRate, batchSize, noiseVariance };
  switch (config.rule) {
    case 'sgd':
      return sgd(common);
    case 'weight-normalization':
      return weightNormalization({ ...common, gammaLearningRate, gammaDecay });
    case 'population-normalization':
      return populationNormalization({ ...common, gammaLearningRate, gammaDecay });
    case 'batch-normalization':
      return batchNormalization({ ...common, gammaLearningRate });
  }
}

/**
 * The rule that a configuration describes.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, for values out of their domain and entries it does not use
 */
export async function ruleOf(config: RuleConfig): Promise<OrderParameterSystem> {
  checkUsed(config);
  const activation = await activationOf(config.activation);
  const learningRate = await scheduleOf('learningRate', config.learningRate);
  const { gammaLearningRate = config.learningRate } = config;
  return build(config, activation, learningRate, await scheduleOf('gammaLearningRate', gammaLearningRate));
}

/**
 * The rule for every learning rate η. The learning rate of γ keeps its ratio to η: fixing it would make η_max depend on a
 * number that has nothing to do with stability of the weights.
 *
 * @throws (as a rejection) as `ruleOf`, and when a learning rate is not a number
 */
export async function familyOf(config: RuleConfig): Promise<LearningRateFamily> {
  await ruleOf(config);
  const { learningRate, gammaLearningRate = learningRate } = config;
  for (const [name, rate] of Object.entries({ learningRate, gammaLearningRate })) {
    if (typeof rate !== 'number') throw typeError(name, 'a number where fixed points are asked for', rate);
  }
  const activation = await activationOf(config.activation);
  const ratio = Number(gammaLearningRate) / Number(learningRate);
  return (eta) => build(config, activation, eta, ratio * eta);
}
