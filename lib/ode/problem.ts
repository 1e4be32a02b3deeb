/** An initial-value problem dy/dt = f(t, y). Any method solves any problem. */
export interface OdeProblem {
  /** Writes f(t, y) to `out`. It may write values that are not finite where f has none; it should allocate nothing. */
  readonly derivative: (time: number, state: ArrayLike<number>, out: Float64Array) => void;
  /** y at the start. */
  readonly initial: Float64Array;
  /** Where integration starts. */
  readonly from: number;
  /** Where it ends; greater than `from`. */
  readonly until: number;
  /**
   * Increasing times between `from` and `until` at which f jumps or bends: steps end there, and f is evaluated beside them, never at
   * them, so that each step sees one side alone.
   */
  readonly breaks?: readonly number[];
}

/** How accurate a solution is asked to be: error of component i per step ≤ absolute[i] + relative[i]·|y_i|. */
export interface Tolerances {
  /** Error per step allowed over |y_i|, one for each component, > 0: pure numbers. */
  readonly relative: readonly number[];
  /** Error per step allowed whatever y_i is, one for each component, > 0, in its unit. */
  readonly absolute: readonly number[];
}

/** How many steps may be tried, and how long each may be (Infinity: as the accuracy allows). */
export interface StepLimits {
  /** Steps to try at most, ≥ 1; rejected ones count. */
  readonly maxSteps: number;
  /** Longest step, > 0, in the unit of time. */
  readonly maxStep: number;
}

/** A place on a trajectory. */
export interface Node {
  /** t, in the unit of the problem. */
  readonly time: number;
  /** y(t), a number for each component. */
  readonly state: Float64Array;
}
