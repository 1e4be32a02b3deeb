import type { Node, OdeProblem, Tolerances } from './problem.js';

/** Work done by a method. */
export interface Statistics {
  /** Steps tried. */
  steps: number;
  /** Steps thrown away because their error was too large. */
  rejected: number;
  /** Evaluations of the right-hand side, those for events and asked times included. */
  evaluations: number;
}

/**
 * Why a method stopped: the end of the interval, its caller's wish, too many steps, a right-hand side that is not finite however
 * small the step, or a step too small to change the time.
 */
export type MethodEnding = 'end' | 'stopped' | 'step-limit' | 'not-finite' | 'step-vanished';

/** Values inside a step: writes y(time) to `out`, for times within the step. */
export type Interpolant = (time: number, out: Float64Array) => void;

/** Accepted steps one by one. */
export interface Steps {
  /** Where the last one ended. */
  readonly time: number;
  /** The state there; the method's own, which changes with the next step. */
  readonly state: Float64Array;
  /** Takes the next one; tells the ending where there is none, `end` after the last. */
  advance(): MethodEnding | undefined;
}

/** A way to integrate. It adds its work to the statistics it is given. */
export interface OdeMethod {
  readonly name: string;
  /**
   * Integrates from a node to problem.until and reports each accepted step; stops early when the report answers false.
   *
   * @param stepSize first step to try, where an earlier piece of the same run knows one
   */
  integrate(
    problem: OdeProblem,
    tolerances: Tolerances,
    maxSteps: number,
    start: Node,
    stepSize: number | undefined,
    onStep: (time: number, state: ArrayLike<number>) => boolean,
    statistics: Statistics,
  ): MethodEnding;
  /**
   * The same one step at a time, for a caller who does other things in between; left out by a method that cannot pause.
   */
  steps?(
    problem: OdeProblem,
    tolerances: Tolerances,
    maxSteps: number,
    start: Node,
    statistics: Statistics,
  ): Steps;
  /**
   * Goes over one accepted step again and shows its inside: `visit` gets pieces (from, to] that cover the step and an
   * interpolant valid during the visit; it may answer false to end the tour.
   */
  inspect(
    problem: OdeProblem,
    tolerances: Tolerances,
    left: Node,
    right: Node,
    visit: (from: number, to: number, interpolant: Interpolant) => boolean,
    statistics: Statistics,
  ): void;
}
