import * as z from 'zod';
import { LENGTH_BOUND } from '../dynamics/layout.js';
import { withDefaults, type Parameter } from '../dynamics/parameters.js';
import { rules, type RuleEntry, type RuleName } from '../dynamics/rules/index.js';
import { expressionSchedule, type Schedule } from '../dynamics/schedule.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { rangeError, typeError } from '../foundation/checks.js';
import type { Activation } from '../gaussian/activation.js';
import { activationOf } from '../gaussian/activations/index.js';
import { activationHelp, entry, rate } from './entries.js';

const declared: Readonly<Record<RuleName, RuleEntry>> = rules;

/** The names of all learning rules. */
export const ruleNames = Object.keys(declared) as [RuleName, ...RuleName[]];

/** A parameter as each of the rules declares it that has it. */
function declarationsOf(name: string): { rule: RuleName; parameter: Parameter }[] {
  return ruleNames.flatMap((rule) =>
    declared[rule].parameters.flatMap((parameter) => (parameter.name === name ? [{ rule, parameter }] : [])),
  );
}

/** A parameter of rules: as they declare it, and which of them need it where others have a default. */
function parameter<Schema extends z.ZodType>(name: string, schema: Schema): Schema {
  const declarations = declarationsOf(name);
  const { help, symbol, kind } = declarations[0]!.parameter;
  const words = kind === 'rate' ? `${help}: a number, or an expression in t` : help;
  const defaults = declarations
    .map(({ parameter }) => parameter.default)
    .filter((value) => value !== undefined);
  if (defaults.length === 0) return entry(schema, symbol, words);
  const otherwise =
    typeof defaults[0] === 'string'
      ? `the ${declarationsOf(defaults[0])[0]!.parameter.help}`
      : String(defaults[0]);
  const needing = declarations
    .filter(({ parameter }) => parameter.default === undefined)
    .map(({ rule }) => rule);
  return entry(schema, symbol, words, {
    otherwise: [otherwise, ...needing.map((rule) => `${rule} needs it`)].join('; '),
  });
}

/** A learning rule by name, with its parameters, of which each rule takes its own. */
export const ruleShape = {
  rule: entry(z.enum(ruleNames), 'name', 'learning rule'),
  activation: entry(z.string().default('identity'), 'name', activationHelp),
  teacherActivation: parameter('teacherActivation', z.string().optional()).meta({ symbol: 'name' }),
  teacherLength: parameter('teacherLength', z.number().optional()),
  learningRate: parameter('learningRate', rate),
  gammaLearningRate: parameter('gammaLearningRate', rate.optional()),
  gammaDecay: parameter('gammaDecay', z.number().optional()),
  batchSize: parameter('batchSize', z.number().optional()),
  noiseVariance: entry(z.number().default(0), 'S', 'variance of the label noise'),
};

/** Where a run counts as diverged. */
export const lengthBound = entry(
  z.number().default(LENGTH_BOUND),
  'L',
  'length above which a run counts as diverged',
);

export type RuleConfig = z.infer<z.ZodObject<typeof ruleShape>>;

/** Refuses entries that the rule does not use, and asks for those that it needs. */
function checkUsed(config: RuleConfig): void {
  const { parameters } = declared[config.rule];
  const values: Readonly<Record<string, unknown>> = { ...config };
  for (const name of Object.keys(ruleShape)) {
    if (name === 'rule' || values[name] === undefined) continue;
    if (!parameters.some((parameter) => parameter.name === name))
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

/** The learning rates of a configuration by name, with their defaults. */
export function ratesOf(config: RuleConfig): [name: string, rate: number | string][] {
  const complete = completeRule(config);
  const names = declared[config.rule].parameters
    .filter(({ kind }) => kind === 'rate')
    .map(({ name }) => name);
  return names.map((name) => [name, complete[name as 'learningRate']]);
}

/** The rule that a configuration describes, for any learning rates; those of the configuration are not read. */
export async function ruleOfRates(
  config: RuleConfig,
): Promise<(rates: Readonly<Record<string, Schedule>>) => OrderParameterSystem> {
  const { parameters, make } = declared[config.rule];
  const given: Record<string, unknown> = { ...completeRule(config) };
  const known = new Map<unknown, Activation>();
  for (const { name, kind } of parameters) {
    if (kind !== 'activation') continue;
    // Student and teacher of one text are one activation, with the averages of one.
    const text = given[name] as string;
    const activation = known.get(text) ?? (await activationOf(text));
    known.set(text, activation);
    given[name] = activation;
  }
  return (rates) =>
    make(Object.fromEntries(parameters.map(({ name }) => [name, rates[name] ?? given[name]])) as never);
}

/**
 * The rule that a configuration describes.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, for values out of their domain and entries it does not use
 */
export async function ruleOf(config: RuleConfig): Promise<OrderParameterSystem> {
  const build = await ruleOfRates(config);
  const rates: Record<string, Schedule> = {};
  for (const [name, given] of ratesOf(config))
    rates[name] = typeof given === 'number' ? given : await expressionSchedule(given, name);
  return build(rates);
}
