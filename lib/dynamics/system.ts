import {
  listOf,
  requireFunction,
  requireInteger,
  requireNonNegative,
  requireString,
  rangeError,
  typeError,
} from '../foundation/checks.js';
import type { BatchStep } from './batch-step.js';
import type { VaryingRate } from './schedule.js';

/** Quantities every rule derives from its order parameters. */
export interface Observables {
  /** ε = E[(g(u) − ŷ)²] with population statistics, without label noise. */
  generalizationError(state: ArrayLike<number>): number;
  /** η for vanilla SGD, ηγ/L² for the normalized rules. */
  effectiveLearningRate(time: number, state: ArrayLike<number>): number;
  /** η for vanilla SGD, η/L² for the normalized rules. */
  reducedLearningRate(time: number, state: ArrayLike<number>): number;
}

/** Gradients of the observables: each writes its derivatives by the components of the state to `out`. */
export type ObservableGradients = Readonly<
  Record<keyof Observables, (time: number, state: ArrayLike<number>, out: Float64Array) => void>
>;

/**
 * A learning rule as data: its order-parameter equations and its discrete step.
 *
 * Inside, the state is a Float64Array in which the overlap R stands as r = 1 − R, so that the end of learning keeps its
 * relative precision and a start at R = ±1 is regular. Outside, users see the names. The conversion lives in
 * `initialState`, `stateOf` and `orderParameters` and nowhere else.
 */
export interface OrderParameterSystem<Name extends string = string> {
  /** `sgd`, `weight-normalization`, … */
  readonly rule: string;
  /** The order parameters in the order of the state. */
  readonly names: readonly Name[];
  /**
   * The order parameters that come to rest. The length of a normalized student does not: it grows as long as there is
   * gradient noise, and is held fixed where fixed points are asked for.
   */
  readonly settling: readonly Name[];
  /** Checks named starting values and turns them into a state. Throws RangeError or TypeError naming the value. */
  initialState(initial: Readonly<Record<Name, number>>): Float64Array;
  /** The state with these order parameters, given 1 − R without cancellation; rules without γ leave it out. */
  stateOf(gamma: number, misalignment: number, length: number): Float64Array;
  /** The named order parameters of a state. */
  orderParameters(state: ArrayLike<number>): Record<Name, number>;
  /** 1 − R without cancellation. */
  misalignment(state: ArrayLike<number>): number;
  /** The length L of a state. */
  lengthOf(state: ArrayLike<number>): number;
  /** Writes dy/dt to `out`; allocates nothing. */
  readonly derivative: (time: number, state: ArrayLike<number>, out: Float64Array) => void;
  /** Writes the Jacobian ∂(dyᵢ/dt)/∂yⱼ row by row to `out`; derivatives by r are one-sided at r = 0. */
  jacobian(time: number, state: ArrayLike<number>, out: Float64Array): void;
  /**
   * Writes D row by row to `out`: the covariance of N times the change that one step makes, at leading order in 1/N.
   * Allocates nothing where the averages have closed forms. Left out by a rule that does not know it.
   */
  readonly stepCovariance?: (time: number, state: ArrayLike<number>, out: Float64Array) => void;
  readonly observables: Observables;
  /** Their derivatives by the state, one-sided at r = 0. */
  readonly observableGradients: ObservableGradients;
  /**
   * The learning rates that depend on time. Where they vary a solver takes at least 200 steps to a run, and ends steps where they jump
   * or bend; a rule without any is taken to be autonomous.
   */
  readonly varyingRates?: readonly VaryingRate[];
  /** The discrete step that the equations describe, for simulations. */
  readonly batchStep: BatchStep;
}

const methods = [
  'initialState',
  'stateOf',
  'orderParameters',
  'misalignment',
  'lengthOf',
  'derivative',
  'jacobian',
] as const;
const observables = ['generalizationError', 'effectiveLearningRate', 'reducedLearningRate'] as const;
const requireNames = listOf(requireString);

/** A learning rule: one of those that `sgd` and its like give back, or an object of the same make. */
export function requireRule(name: string, value: unknown): OrderParameterSystem {
  type Members = Readonly<Partial<Record<string, unknown>>>;
  const rule = value as Members | null | undefined;
  if (typeof rule !== 'object' || rule === null || typeof rule['rule'] !== 'string')
    throw typeError(name, 'a learning rule, such as sgd(…) gives back', value);
  requireNames(`${name}.names`, rule['names']);
  requireNames(`${name}.settling`, rule['settling']);
  for (const method of methods) requireFunction(`${name}.${method}`, rule[method]);
  for (const part of ['observables', 'observableGradients'] as const) {
    const functions = rule[part] as Members | null | undefined;
    for (const key of observables) requireFunction(`${name}.${part}.${key}`, functions?.[key]);
  }
  const step = rule['batchStep'] as Members | null | undefined;
  requireInteger(`${name}.batchStep.batchSize`, step?.['batchSize'], 1);
  requireNonNegative(`${name}.batchStep.noiseVariance`, step?.['noiseVariance']);
  requireFunction(`${name}.batchStep.compute`, step?.['compute']);
  return value as OrderParameterSystem;
}

/** A state of a rule: finite numbers, one for each order parameter, with 0 ≤ r ≤ 2 and L > 0. */
export function requireState(name: string, value: unknown, rule: OrderParameterSystem): Float64Array {
  const size = rule.names.length;
  const allowed = `a state of ${rule.rule}, a Float64Array of ${size} finite numbers with 0 <= r <= 2 and L > 0`;
  if (!(value instanceof Float64Array)) throw typeError(name, allowed, value);
  const inside = (): boolean =>
    rule.misalignment(value) >= 0 && rule.misalignment(value) <= 2 && rule.lengthOf(value) > 0;
  if (value.length !== size || !value.every(Number.isFinite) || !inside())
    throw rangeError(name, allowed, [...value]);
  return value;
}
