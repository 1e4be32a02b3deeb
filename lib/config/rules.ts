import * as z from 'zod';
import { batchNormalization } from '../dynamics/batch-normalized.js';
import type { RuleParameters } from '../dynamics/parameters.js';
import { expressionSchedule, type Schedule } from '../dynamics/schedule.js';
import { sgd } from '../dynamics/sgd.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { populationNormalization, weightNormalization } from '../dynamics/weight-normalized.js';
import { rangeError, typeError } from '../foundation/checks.js';
import { activationOf } from '../gaussian/activations/index.js';
import { activationHelp, rate } from './entries.js';

interface NormalizedParameters extends RuleParameters {
  readonly batchSize: number;
  readonly gammaLearningRate: Schedule;
  readonly gammaDecay: number;
}

interface RuleEntry {
  /** Entries that the rule does not use, and must not be given. */
  readonly unused: readonly ('gammaLearningRate' | 'gammaDecay')[];
  readonly needsBatchSize?: boolean;
  /** Reads what it uses of the parameters. */
  readonly build: (parameters: NormalizedParameters) => OrderParameterSystem;
}

const rules = {
  sgd: {
    unused: ['gammaLearningRate', 'gammaDecay'],
    build: ({ activation, learningRate, batchSize, noiseVariance = 0 }) =>
      sgd({ activation, learningRate, batchSize, noiseVariance }),
  },
  'weight-normalization': { unused: [], build: weightNormalization },
  'population-normalization': { unused: [], build: populationNormalization },
  'batch-normalization': {
    unused: ['gammaDecay'],
    needsBatchSize: true,
    build: ({ activation, learningRate, gammaLearningRate, batchSize, noiseVariance = 0 }) =>
      batchNormalization({ activation, learningRate, gammaLearningRate, batchSize, noiseVariance }),
  },
} satisfies Readonly<Record<string, RuleEntry>>;

/** The name of a learning rule. */
export type RuleName = keyof typeof rules;

/** The names of all learning rules. */
export const ruleNames = Object.keys(rules) as [RuleName, ...RuleName[]];

/** A learning rule by name, with its parameters. */
export const ruleShape = {
  rule: z.enum(ruleNames).meta({ help: 'learning rule', symbol: 'name' }),
  activation: z.string().default('identity').meta({ help: activationHelp, symbol: 'name' }),
  learningRate: rate.meta({ help: 'learning rate: a number, or an expression in t', symbol: 'η' }),
  gammaLearningRate: rate.optional().meta({
    help: 'learning rate of γ',
    symbol: 'η',
    otherwise: 'that of the weights',
  }),
  gammaDecay: z.number().optional().meta({ help: 'strength of gamma decay', symbol: 'ζ', otherwise: '0' }),
  batchSize: z.number().optional().meta({
    help: 'samples per step',
    symbol: 'M',
    otherwise: '1; batch-normalization needs it',
  }),
  noiseVariance: z.number().default(0).meta({ help: 'variance of the label noise', symbol: 'S' }),
};

export type RuleConfig = z.infer<z.ZodObject<typeof ruleShape>>;

function checkUsed(config: RuleConfig): void {
  const { unused, needsBatchSize = false }: RuleEntry = rules[config.rule];
  for (const name of unused) {
    if (config[name] !== undefined) throw rangeError(name, `left out for rule ${config.rule}`, config[name]);
  }
  if (needsBatchSize && config.batchSize === undefined) {
    throw typeError('batchSize', `given for rule ${config.rule}`, config.batchSize);
  }
}

/** Fills in the defaults that depend on the rule, so that the configuration says all that was used. */
export function completeRule<Config extends RuleConfig>(config: Config): Config {
  checkUsed(config);
  const { unused }: RuleEntry = rules[config.rule];
  const { batchSize = 1, gammaLearningRate = config.learningRate, gammaDecay = 0 } = config;
  return {
    ...config,
    batchSize,
    ...(unused.includes('gammaLearningRate') ? {} : { gammaLearningRate }),
    ...(unused.includes('gammaDecay') ? {} : { gammaDecay }),
  };
}

/** A learning rate from a number or an expression in t. */
async function scheduleOf(name: string, given: number | string): Promise<Schedule> {
  if (typeof given === 'number') return given;
  return expressionSchedule(given, name);
}

/** The rule that a configuration describes, for any learning rates; those of the configuration are not read. */
export async function ruleOfRates(
  config: RuleConfig,
): Promise<(learningRate: Schedule, gammaLearningRate: Schedule) => OrderParameterSystem> {
  checkUsed(config);
  const { rule, batchSize = 1, noiseVariance, gammaDecay = 0 } = config;
  const common = { activation: await activationOf(config.activation), batchSize, noiseVariance, gammaDecay };
  return (learningRate, gammaLearningRate) =>
    rules[rule].build({ ...common, learningRate, gammaLearningRate });
}

/**
 * The rule that a configuration describes.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, for values out of their domain and entries it does not use
 */
export async function ruleOf(config: RuleConfig): Promise<OrderParameterSystem> {
  const build = await ruleOfRates(config);
  const learningRate = await scheduleOf('learningRate', config.learningRate);
  const { gammaLearningRate = config.learningRate } = config;
  return build(learningRate, await scheduleOf('gammaLearningRate', gammaLearningRate));
}
