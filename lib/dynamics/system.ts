import {
  listOf,
  rangeError,
  requireFunction,
  requireInteger,
  requireNonNegative,
  requireString,
  typeError,
} from '../foundation/checks.js';
import type { BatchStep } from './batch-step.js';
import type { Layout } from './layout.js';
import type { VaryingRate } from './schedule.js';

/** A quantity that follows from time and state: a number in any unit. */
export type Observable = (time: number, state: ArrayLike<number>) => number;

/** Writes the derivatives of a quantity by the components of the state to `out`, one-sided at r = 0. */
export type Gradient = (time: number, state: ArrayLike<number>, out: Float64Array) => void;

/** Writes a matrix, or dy/dt, of a time and a state to `out`, a matrix row by row; allocates nothing. */
export type StateFunction = (time: number, state: ArrayLike<number>, out: Float64Array) => void;

/**
 * A learning rule as data: its order parameters, their equations, what can be read off a state, and its discrete step.
 *
 * Inside, a state is a Float64Array; outside, users see names. They meet in the layout and nowhere else.
 */
export interface OrderParameterSystem<Name extends string = string> {
  /** `sgd`, `weight-normalization`, … */
  readonly rule: string;
  /** The order parameters, and how they stand in the state. */
  readonly layout: Layout<Name>;
  /**
   * The order parameters that come to rest. The length of a normalized student does not: it grows as long as there is
   * gradient noise, and is held fixed where fixed points are asked for.
   */
  readonly settling: readonly Name[];
  /** Writes dy/dt to `out`; allocates nothing. */
  readonly derivative: StateFunction;
  /**
   * Writes the Jacobian ∂(dyᵢ/dt)/∂yⱼ row by row to `out`; derivatives by r are one-sided at r = 0. Where it is left out differences
   * stand in for it (docs/theory/dynamics.md#derivatives-that-a-rule-does-not-give).
   */
  readonly jacobian?: StateFunction | undefined;
  /**
   * Writes D row by row to `out`: the covariance of N times the change that one step makes, at leading order in 1/N.
   * Allocates nothing where the averages have closed forms. Left out by a rule that does not know it.
   */
  readonly stepCovariance?: StateFunction | undefined;
  /**
   * What can be read off a state besides the order parameters, by name: columns, events, figures and comparisons follow. Fixed points
   * and learning rates ask for `effectiveLearningRate` and `reducedLearningRate`.
   */
  readonly observables: Readonly<Record<string, Observable>>;
  /** The derivatives of observables by the state; differences stand in for those that are left out. */
  readonly observableGradients?: Readonly<Record<string, Gradient>> | undefined;
  /** The quantities that tables have a column for, in order; default all order parameters, then all observables. */
  readonly columns?: readonly string[] | undefined;
  /**
   * The learning rates that depend on time. Where they vary a solver takes at least 200 steps to a run, and ends steps where they jump
   * or bend; a rule without any is taken to be autonomous.
   */
  readonly varyingRates?: readonly VaryingRate[] | undefined;
  /** The discrete step that the equations describe, for simulations. */
  readonly batchStep: BatchStep;
}

/** The quantities that tables have a column for. */
export function columnsOf<Name extends string>({
  columns,
  layout,
  observables,
}: OrderParameterSystem<Name>): readonly string[] {
  return columns ?? [...layout.names, ...Object.keys(observables)];
}

/**
 * An observable of a rule.
 *
 * @throws RangeError for a rule that does not declare it
 */
export function observableOf<Name extends string>(
  { rule, observables }: OrderParameterSystem<Name>,
  name: string,
): Observable {
  const observable = Object.hasOwn(observables, name) ? observables[name] : undefined;
  if (observable === undefined) throw rangeError('rule', `one with the observable ${name}`, rule);
  return observable;
}

const requireNames = listOf(requireString);

function requireFunctions(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw typeError(name, 'an object of functions', value);
  for (const [key, member] of Object.entries(value)) requireFunction(`${name}.${key}`, member);
}

/** A learning rule: one of those that `sgd` and its like give back, or an object of the same make. */
export function requireRule(name: string, value: unknown): OrderParameterSystem {
  type Members = Readonly<Partial<Record<string, unknown>>>;
  const rule = value as Members | null | undefined;
  if (typeof rule !== 'object' || rule === null || typeof rule['rule'] !== 'string')
    throw typeError(name, 'a learning rule, such as sgd(…) gives back', value);
  const layout = rule['layout'] as Members | null | undefined;
  requireNames(`${name}.layout.names`, layout?.['names']);
  requireNames(`${name}.layout.kinds`, layout?.['kinds']);
  for (const method of ['state', 'read']) requireFunction(`${name}.layout.${method}`, layout?.[method]);
  requireNames(`${name}.settling`, rule['settling']);
  requireFunction(`${name}.derivative`, rule['derivative']);
  requireFunctions(`${name}.observables`, rule['observables']);
  for (const part of ['jacobian', 'stepCovariance'])
    if (rule[part] !== undefined) requireFunction(`${name}.${part}`, rule[part]);
  if (rule['observableGradients'] !== undefined)
    requireFunctions(`${name}.observableGradients`, rule['observableGradients']);
  const step = rule['batchStep'] as Members | null | undefined;
  requireInteger(`${name}.batchStep.batchSize`, step?.['batchSize'], 1);
  requireNonNegative(`${name}.batchStep.noiseVariance`, step?.['noiseVariance']);
  requireFunction(`${name}.batchStep.compute`, step?.['compute']);
  return value as OrderParameterSystem;
}

/** A state of a rule: finite numbers, one for each order parameter, with 0 ≤ r ≤ 2 and L > 0. */
export function requireState(
  name: string,
  value: unknown,
  { rule, layout }: OrderParameterSystem,
): Float64Array {
  const { kinds } = layout;
  const allowed = `a state of ${rule}, a Float64Array of ${kinds.length} finite numbers with 0 <= r <= 2 and L > 0`;
  if (!(value instanceof Float64Array)) throw typeError(name, allowed, value);
  const isInside = (kind: string, i: number): boolean =>
    kind === 'overlap' ? value[i]! >= 0 && value[i]! <= 2 : kind !== 'length' || value[i]! > 0;
  if (value.length !== kinds.length || !value.every(Number.isFinite) || !kinds.every(isInside))
    throw rangeError(name, allowed, [...value]);
  return value;
}
