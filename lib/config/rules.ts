import { rangeError, typeError } from '../foundation/checks.js';
import { withDefaults } from '../dynamics/parameters.js';
import { rules, type RuleEntry } from '../dynamics/rules/index.js';
import { expressionSchedule, type Schedule } from '../dynamics/schedule.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import type { LearningRateFamily } from '../stability/family.js';
import { activationOf } from '../gaussian/activations/index.js';
import type { RuleConfig } from './schema.js';

type RateName = 'learningRate' | 'gammaLearningRate';

const declared: Readonly<Record<RuleConfig['rule'], RuleEntry>> = rules;
const all = [
  ...new Set(Object.values(declared).flatMap(({ parameters }) => parameters.map(({ name }) => name))),
];

function checkUsed(config: RuleConfig): void {
  const { parameters } = declared[config.rule];
  const values: Readonly<Record<string, unknown>> = { ...config };
  for (const name of all) {
    if (values[name] !== undefined && !parameters.some((parameter) => parameter.name === name))
      throw rangeError(name, `left out for rule ${config.rule}`, values[name]);
  }
  for (const { name, default: otherwise } of parameters) {
    if (values[name] === undefined && otherwise === undefined)
      throw typeError(name, `given for rule ${config.rule}`, values[name]);
  }
}

/** Fills in the defaults that depend on the rule, so that the configuration says all that was used. */
export function completeRule<Config extends RuleConfig>(config: Config): Config {
  checkUsed(config);
  return withDefaults(config, declared[config.rule].parameters) as Config;
}

/** A learning rate from a number or an expression in t. */
async function scheduleOf(name: string, rate: number | string): Promise<Schedule> {
  if (typeof rate === 'number') return rate;
  return expressionSchedule(rate, name);
}

/** The rule of a configuration with its activation and learning rates as values. */
function build(config: RuleConfig, values: Readonly<Record<string, unknown>>): OrderParameterSystem {
  const { parameters, make } = declared[config.rule];
  const given: Readonly<Record<string, unknown>> = { ...config, ...values };
  return make(Object.fromEntries(parameters.map(({ name }) => [name, given[name]])) as never);
}

/**
 * The rule that a configuration describes.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, for values out of their domain and entries it does not use
 */
export async function ruleOf(config: RuleConfig): Promise<OrderParameterSystem> {
  const complete = completeRule(config);
  const values: Record<string, unknown> = {};
  for (const { name, kind } of declared[config.rule].parameters) {
    const value = complete[name as keyof RuleConfig];
    if (kind === 'activation') values[name] = await activationOf(String(value));
    else values[name] = kind === 'rate' ? await scheduleOf(name, value as number | string) : value;
  }
  return build(complete, values);
}

/**
 * The rule for every learning rate η. The learning rate of γ keeps its ratio to η: fixing it would make η_max depend on a
 * number that has nothing to do with stability of the weights.
 *
 * @throws (as a rejection) as `ruleOf`, and when a learning rate is not a number
 */
export async function familyOf(config: RuleConfig): Promise<LearningRateFamily> {
  await ruleOf(config);
  const complete = completeRule(config);
  const rates = declared[config.rule].parameters
    .filter(({ kind }) => kind === 'rate')
    .map(({ name }) => name as RateName);
  for (const name of rates) {
    if (typeof complete[name] !== 'number')
      throw typeError(name, 'a number where fixed points are asked for', complete[name]);
  }
  const activation = await activationOf(config.activation);
  const ratios = rates.map((name) => [name, Number(complete[name]) / Number(complete.learningRate)] as const);
  return (eta) =>
    build(complete, {
      activation,
      ...Object.fromEntries(ratios.map(([name, ratio]) => [name, ratio * eta])),
    });
}
