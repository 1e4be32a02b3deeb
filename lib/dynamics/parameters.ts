import { integer, requireNonNegative, requirePositive, type Check } from '../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { requireActivation, type Activation, type ActivationPair } from '../gaussian/activation.js';
import { activationPair } from '../gaussian/activations/pair.js';
import { requireSchedule, type Schedule } from './schedule.js';

/** What every rule has. */
export interface RuleParameters {
  /** g, of the student, and of the teacher where it has none of its own. */
  readonly activation: Activation;
  /** η, a number > 0 or a function of time. */
  readonly learningRate: Schedule;
  /** M, samples per step; default 1. */
  readonly batchSize?: number;
  /** S, variance of the label noise; default 0. */
  readonly noiseVariance?: number;
}

/** What rules have whose labels are t = g*(Tu) + ξ, u standard normal. */
export interface TeacherParameters {
  /** g*, the teacher's activation; default that of the student. */
  readonly teacherActivation?: Activation;
  /** T > 0, the standard deviation of the field that the teacher's activation sees; default 1. */
  readonly teacherLength?: number;
}

/** Student and teacher of a rule. */
export function pairOf({
  activation,
  teacherActivation,
  teacherLength,
}: Pick<RuleParameters, 'activation'> & TeacherParameters): ActivationPair {
  return activationPair(activation, teacherActivation, teacherLength);
}

/** A parameter of a rule as data: its check, and for the command line its words; defaults stand here and nowhere else. */
export interface Parameter {
  readonly name: string;
  /** Its symbol in formulas. */
  readonly symbol: string;
  /** What it is, in a few words. */
  readonly help: string;
  /** What a configuration holds: the name of an activation, a number or an expression in t, a number. */
  readonly kind: 'activation' | 'rate' | 'number';
  readonly check: Check<unknown>;
  /** What it is where it is left out: a number, or the name of the parameter whose value it takes; none where it must be given. */
  readonly default?: number | string | undefined;
}

/** The parameters of a rule. */
export interface DeclaredParameters<Given extends object> {
  readonly list: readonly Parameter[];
  /**
   * Parameters with their defaults.
   *
   * @throws RangeError or TypeError naming the first that is missing, unknown or out of its domain
   */
  complete(given: Given): Required<Given>;
}

const activation: Parameter = {
  name: 'activation',
  symbol: 'g',
  help: 'activation',
  kind: 'activation',
  check: requireActivation,
};

const learningRate: Parameter = {
  name: 'learningRate',
  symbol: 'η',
  help: 'learning rate',
  kind: 'rate',
  check: requireSchedule,
};

/** What every rule declares; the batch size of batch normalization has a check of its own. */
export const commonParameters: readonly Parameter[] = [
  activation,
  learningRate,
  { name: 'batchSize', symbol: 'M', help: 'samples per step', kind: 'number', check: integer(1), default: 1 },
  {
    name: 'noiseVariance',
    symbol: 'S',
    help: 'variance of the label noise',
    kind: 'number',
    check: requireNonNegative,
    default: 0,
  },
];

/** What rules declare whose teacher may differ from the student. */
export const teacherParameters: readonly Parameter[] = [
  {
    name: 'teacherActivation',
    symbol: 'g*',
    help: 'activation of the teacher',
    kind: 'activation',
    check: requireActivation,
    default: activation.name,
  },
  {
    name: 'teacherLength',
    symbol: 'T',
    help: 'standard deviation of the teacher field',
    kind: 'number',
    check: requirePositive,
    default: 1,
  },
];

/** The learning rate of γ of normalized rules. */
export const gammaLearningRate: Parameter = {
  name: 'gammaLearningRate',
  symbol: 'η_γ',
  help: 'learning rate of γ',
  kind: 'rate',
  check: requireSchedule,
  default: learningRate.name,
};

/** Declares the parameters of a rule. */
export function declareParameters<Given extends object>(
  list: readonly Parameter[],
): DeclaredParameters<Given> {
  const checks = Object.fromEntries(
    list.map(({ name, check, default: otherwise }) => [
      name,
      otherwise === undefined ? check : optional(check),
    ]),
  ) as OptionChecks<Given>;
  return {
    list,
    complete(given) {
      requireOptions('parameters', given, checks);
      return withDefaults(given, list) as Required<Given>;
    },
  };
}

/** Values with the defaults of the declared parameters that they lack. */
export function withDefaults(given: object, list: readonly Parameter[]): Record<string, unknown> {
  const values: Record<string, unknown> = { ...given };
  for (const { name, default: otherwise } of list)
    values[name] ??= typeof otherwise === 'string' ? values[otherwise] : otherwise;
  return values;
}
