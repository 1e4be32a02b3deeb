import { chebyshevSum } from '../../numerics/chebyshev.js';
import { COUNT, INTEGRALS, LAGRANGE, NODES, TERMS, WEIGHTS } from './lobatto.js';
import type { Interpolant, Statistics } from '../method.js';
import type { Node, OdeProblem, Tolerances } from '../problem.js';

/**
 * A polynomial for the inside of a step whose slope is f at the nodes of Lobatto's rule. It meets the states at both ends: what is
 * missing at the right end, the defect, is spread over the step by ½ + ¾x − ¼x³, which has no slope at the ends.
 */
export interface Collocation {
  /** States at the nodes, one after the other; the caller writes a guess after the first. */
  readonly states: Float64Array;
  /** Slopes there, those of the last round. */
  readonly slopes: Float64Array;
  /** States that follow from the slopes of the last `improve`. */
  readonly improved: Float64Array;
  /** Sets the ends, and the slopes there; the one at the right is for a pinned end alone. */
  begin(left: Node, right: Node, leftSlope: ArrayLike<number>, rightSlope?: ArrayLike<number>): void;
  /**
   * Evaluates the slopes at the states and writes the states that follow from them to `improved`.
   *
   * @returns the greatest change of a component over its tolerance; NaN or Infinity where f is not finite
   */
  improve(): number;
  /** Takes the improved states for the states. */
  adopt(): void;
  /** What component i may be wrong by. */
  tolerance(i: number): number;
  /**
   * The polynomial, and how far it is to be trusted: with a pinned end that of degree 8 which integrates the slopes of the last
   * `improve`, with a free end that of degree 7 through the states.
   */
  finish(): FinishedCollocation;
}

/** A polynomial for the inside of a step. */
export interface FinishedCollocation {
  readonly interpolant: Interpolant;
  /** The greatest component of the defect over its tolerance. */
  readonly defect: number;
  /** The greatest of the last coefficient, and of the one before by a tenth, over the tolerance: what is left out is less. */
  readonly tail: number;
}

/** ½ + ¾x − ¼x³ at the nodes, and its Chebyshev coefficients. */
const BLEND = NODES.map((x) => 0.5 + 0.75 * x - 0.25 * x ** 3);
const BLEND_TERMS = Float64Array.of(1 / 2, 9 / 16, 0, -1 / 16);

/** Evaluates a polynomial given by Chebyshev coefficients, component by component, TERMS each. */
function polynomial(n: number, from: number, h: number, coefficients: Float64Array): Interpolant {
  return (time, out) => {
    const x = 2 * ((time - from) / h) - 1;
    for (let i = 0; i < n; i++) out[i] = chebyshevSum(coefficients, TERMS * i, TERMS, x);
  };
}

/**
 * A collocation of n equations; its buffers serve one step after the other, its interpolants are their own.
 *
 * @param end whether the state at the right end is `pinned`, with its slope, and the defect is part of the inner states; or `free`,
 * so that the collocation comes to its own, which stiff equations need: there a slope at a state that is off by a tolerance, or
 * by rounding, is off by much more, and the polynomial goes through the states instead of integrating slopes
 */
export function collocation(
  { derivative, initial }: OdeProblem,
  { absolute, relative }: Tolerances,
  end: 'pinned' | 'free',
  statistics: Statistics,
): Collocation {
  const n = initial.length;
  const last = n * (COUNT - 1);
  const degree = end === 'pinned' ? COUNT : COUNT - 1;
  const unknown = end === 'free' ? COUNT : COUNT - 1; // nodes from 1 to here
  const target = new Float64Array(n);
  const states = new Float64Array(n * COUNT);
  const slopes = new Float64Array(n * COUNT);
  const improved = new Float64Array(n * COUNT);
  const defects = new Float64Array(n);
  const at = (values: Float64Array, j: number): Float64Array => values.subarray(n * j, n * (j + 1));
  const stateAt = Array.from(NODES, (_, j) => at(states, j));
  const slopeAt = Array.from(NODES, (_, j) => at(slopes, j));
  let from = 0;
  let until = 0;
  let h = 0;

  /** What component i may be wrong by. */
  function tolerance(i: number): number {
    let size = 0;
    for (let j = i; j < n * COUNT; j += n) size = Math.max(size, Math.abs(states[j]!));
    return absolute[i]! + relative[i]! * size;
  }

  const timeAt = (j: number): number => (j === COUNT - 1 ? until : from + h * (0.5 + 0.5 * NODES[j]!));

  function evaluate(): void {
    for (let j = 1; j < unknown; j++) derivative(timeAt(j), stateAt[j]!, slopeAt[j]!);
    statistics.evaluations += unknown - 1;
  }

  /** Σ_k weights[COUNT j + k] slopes_k for component i. */
  function weighed(j: number, i: number): number {
    let sum = 0;
    for (let k = 0; k < COUNT; k++) sum += WEIGHTS[COUNT * j + k]! * slopes[n * k + i]!;
    return 0.5 * h * sum;
  }

  /** Writes the Chebyshev coefficients of component i without its defect, which it gives back. */
  function writeCoefficients(i: number, out: Float64Array): number {
    const [basis, width] = end === 'pinned' ? [INTEGRALS, TERMS] : [LAGRANGE, COUNT];
    const [values, factor] = end === 'pinned' ? [slopes, 0.5 * h] : [states, 1];
    for (let m = 0; m < width; m++) {
      let sum = 0;
      for (let k = 0; k < COUNT; k++) sum += basis[width * k + m]! * values[n * k + i]!;
      out[TERMS * i + m] = factor * sum;
    }
    if (end === 'free') return target[i]! - states[last + i]!;
    out[TERMS * i]! += states[i]!;
    return defects[i]!;
  }

  return {
    states,
    slopes,
    improved,

    begin(left, right, leftSlope, rightSlope) {
      from = left.time;
      until = right.time;
      h = until - from;
      target.set(right.state);
      states.set(left.state);
      states.set(right.state, last);
      slopes.set(leftSlope);
      if (rightSlope) slopes.set(rightSlope, last);
    },

    improve() {
      evaluate();
      let greatest = 0;
      for (let i = 0; i < n; i++) {
        const allowed = tolerance(i);
        defects[i] = target[i]! - states[i]! - weighed(COUNT - 1, i);
        const spread = end === 'pinned' ? defects[i]! : 0;
        for (let j = 1; j < unknown; j++) {
          const value = states[i]! + weighed(j, i) + BLEND[j]! * spread;
          improved[n * j + i] = value;
          const change = Math.abs(value - states[n * j + i]!) / allowed;
          if (!(change <= greatest)) greatest = change;
        }
      }
      return greatest;
    },

    adopt() {
      for (let j = n; j < n * unknown; j++) states[j] = improved[j]!;
    },

    tolerance,

    finish() {
      const coefficients = new Float64Array(n * TERMS);
      let defect = 0;
      let tail = 0;
      for (let i = 0; i < n; i++) {
        const missing = writeCoefficients(i, coefficients);
        const last = TERMS * i + degree;
        const left = Math.max(Math.abs(coefficients[last]!), 0.1 * Math.abs(coefficients[last - 1]!));
        const allowed = tolerance(i);
        defect = Math.max(defect, Math.abs(missing) / allowed);
        tail = Math.max(tail, left / allowed);
        for (let m = 0; m < BLEND_TERMS.length; m++)
          coefficients[TERMS * i + m]! += BLEND_TERMS[m]! * missing;
      }
      return { interpolant: polynomial(n, from, h, coefficients), defect, tail };
    },
  };
}
