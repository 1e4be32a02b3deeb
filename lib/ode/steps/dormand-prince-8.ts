import type { Collocation } from './collocation.js';
import { END_SLOPE, guessFromStages, SLOPES } from './dormand-prince-8-inside.js';
import type { Node, OdeProblem, Tolerances } from '../problem.js';
import { writtenAttempt } from './written-step.js';

/** An explicit step under error control. Whoever takes steps writes the slope at the first start and goes on from end to end. */
export interface ExplicitStep {
  /** The state at the end of the last attempt. */
  readonly next: Float64Array;
  /** The slope at the start of the step, after `accept` that at its end. */
  readonly slope: Float64Array;
  /** The slope at the start of the last attempt. */
  readonly firstSlope: Float64Array;
  /**
   * Makes a step and writes `next`.
   *
   * @returns the estimated error over the tolerance, its root mean square over the components; NaN where the right-hand
   * side is not finite
   */
  readonly attempt: (time: number, state: ArrayLike<number>, h: number) => number;
  /**
   * Moves on from the last attempt: writes the slope at its end.
   *
   * @returns h times the largest rate at which neighbouring states part or meet, as far as it was felt
   */
  accept(time: number, h: number): number;
  /** Writes the inner states of the last accepted step, to order 7, to a collocation whose ends are set. */
  guess(left: Node, right: Node, target: Collocation): void;
}

/** Evaluations of the right-hand side by one attempt; `accept` makes one more. */
export const EVALUATIONS_PER_ATTEMPT = 11;

/**
 * Steps of the explicit Runge–Kutta method of order 8 after Dormand and Prince. All buffers are made here, none in a step.
 */
export function dormandPrince8(problem: OdeProblem, tolerances: Tolerances): ExplicitStep {
  const n = problem.initial.length;
  const buffer = (): Float64Array => new Float64Array(n);
  // A row each: a few numbers lie on the heap of objects, where arrays cost little.
  const slopes = Array.from({ length: SLOPES }, buffer);
  const buffers = { stage: buffer(), stageSlope: buffer(), slope: buffer(), next: buffer(), slopes };
  const { stage, stageSlope, slope, next } = buffers;
  const endSlope = slopes[END_SLOPE]!;
  return {
    next,
    slope,
    firstSlope: slopes[0]!,
    guess: (left, right, target) => {
      guessFromStages(problem, slopes, stage, left, right, target);
    },
    attempt: writtenAttempt(problem, tolerances, buffers),
    accept(time, h) {
      problem.derivative(time + h, next, slope);
      // The last stage and the new state stand at one time, near each other: what parts their slopes is the largest rate.
      let parting = 0;
      let distance = 0;
      for (let i = 0; i < n; i++) {
        parting += (slope[i]! - stageSlope[i]!) ** 2;
        distance += (next[i]! - stage[i]!) ** 2;
        endSlope[i] = slope[i]!;
      }
      return distance > 0 ? h * Math.sqrt(parting / distance) : 0;
    },
  };
}
