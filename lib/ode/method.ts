import { typeError } from '../foundation/checks.js';
import type { Node, OdeProblem, StepLimits, Tolerances } from './problem.js';

/** Work done by a method. */
export interface Statistics {
  /** Steps tried. */
  steps: number;
  /** Steps thrown away because their error was too large, or because their inside contradicted their end. */
  rejected: number;
  /** Evaluations of the right-hand side, those for the insides of steps included. */
  evaluations: number;
}

/**
 * Why a method stopped: the end of the interval, its caller's wish, too many steps, a right-hand side that is not finite however
 * small the step, or a step too small to change the time.
 */
export type MethodEnding = 'end' | 'stopped' | 'step-limit' | 'not-finite' | 'step-vanished';

/** Values inside a step: writes y(time) to `out`, for times within the step. It keeps what it needs and evaluates nothing. */
export type Interpolant = (time: number, out: Float64Array) => void;

/** The inside of a step between its ends; undefined where it contradicts the state at the right end. */
export type Inside = (left: Node, right: Node) => Interpolant | undefined;

/** Where steps begin: a node, with f there where the caller knows it. */
export interface Start extends Node {
  /** f(t, y) at the node, a number for each component; left out where the method has to evaluate it. */
  readonly slope?: Float64Array;
}

/**
 * Accepted steps one by one.
 *
 * Functions, no accessors: an object literal with an accessor gets a shape of its own, which lives until the next full collection of
 * garbage and keeps all that the accessor sees. Runs in a row were a third slower for it.
 */
export interface Steps {
  /** When the last one ended. */
  time(): number;
  /** The state there; the method's own, which changes with the next step. */
  state(): Float64Array;
  /** Takes the next one; tells the ending where there is none, `end` after the last. */
  advance(): MethodEnding | undefined;
  /** The inside of the last step, from what the method kept of it; left out by a method that kept nothing. */
  readonly inside?: Inside;
}

/** A way to integrate. It adds its work to the statistics it is given, and never evaluates f outside [from, until]. */
export interface OdeMethod {
  /** How results call it, such as `odex`. */
  readonly name: string;
  /**
   * Integrates from a node to problem.until and reports each accepted step, with its inside where the method kept it; stops early
   * when the report answers false.
   *
   * @param stepSize first step to try, where an earlier piece of the same run knows one
   */
  integrate(
    problem: OdeProblem,
    tolerances: Tolerances,
    limits: StepLimits,
    start: Start,
    stepSize: number | undefined,
    onStep: (time: number, state: ArrayLike<number>, inside?: Inside) => boolean,
    statistics: Statistics,
  ): MethodEnding;
  /**
   * The same one step at a time, for a caller who does other things in between; left out by a method that cannot pause.
   */
  steps?(
    problem: OdeProblem,
    tolerances: Tolerances,
    limits: StepLimits,
    start: Start,
    stepSize: number | undefined,
    statistics: Statistics,
  ): Steps;
  /**
   * The inside of an accepted step, from its ends: one interpolant for asked times, events and dense output alike. Undefined where
   * it contradicts the right end, as where f has a peak that the step did not see.
   */
  inside(
    problem: OdeProblem,
    tolerances: Tolerances,
    left: Node,
    right: Node,
    statistics: Statistics,
  ): Interpolant | undefined;
}

/** `auto`, or a method. */
export function requireMethod(name: string, value: unknown): OdeMethod | 'auto' {
  const method = value as Partial<OdeMethod> | null;
  const isMethod = typeof method === 'object' && typeof method?.integrate === 'function';
  if (value !== 'auto' && !(isMethod && typeof method.inside === 'function'))
    throw typeError(name, 'auto or an OdeMethod such as rungeKutta8', value);
  return value as OdeMethod | 'auto';
}
