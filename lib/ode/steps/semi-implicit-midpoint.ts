import { denseLu } from '../../numerics/dense-lu.js';
import { differenceJacobian, differenceWidth } from './difference-jacobian.js';
import type { OdeProblem, Tolerances } from '../problem.js';

/** The semi-implicit midpoint rule around one state. */
export interface SemiImplicitMidpoint {
  /**
   * Takes f, its Jacobian J and ∂f/∂t at the start of a step, the derivatives by differences.
   *
   * @param h a step of the size in mind, which tells how far the state may move
   * @param known f there, where the caller has it
   */
  linearize(time: number, state: Float64Array, h: number, known?: Float64Array): void;
  /** f at the last `linearize`. */
  readonly slope: Float64Array;
  /** Makes a step of length h in `substeps` pieces; false where that ends in numbers that are not finite. */
  advance(time: number, state: Float64Array, h: number, substeps: number, out: Float64Array): boolean;
  /** Evaluations so far. */
  evaluations(): number;
}

/**
 * The rule of Bader & Deuflhard (Numer. Math. 41, 373 (1983); Hairer & Wanner, Solving Ordinary Differential Equations II,
 * section IV.9), whose error is a series in the square of the substep η = h/m: with Δ_k = y_{k+1} − y_k,
 *
 *     (1 − ηJ)Δ₀ = η f(t₀, y₀) + η² ∂f/∂t,   (1 − ηJ)(Δ_k − Δ_{k−1}) = 2(η f(t_k, y_k) − Δ_{k−1}),   0 < k < m,
 *
 * and at the end the smoothing step y_m + (1 − ηJ)⁻¹(η f(t_m, y_m) − Δ_{m−1}). Buffers are made here, none in a step.
 */
export function semiImplicitMidpoint(problem: OdeProblem, tolerances: Tolerances): SemiImplicitMidpoint {
  const { derivative, initial, from, until } = problem;
  const n = initial.length;
  const jacobian = new Float64Array(n * n);
  const slope = new Float64Array(n);
  const timeSlope = new Float64Array(n);
  const there = new Float64Array(n);
  const increment = new Float64Array(n);
  const correction = new Float64Array(n);
  const lu = denseLu(n);
  const writeJacobian = differenceJacobian(problem, tolerances);
  let evaluations = 0;

  function evaluate(time: number, state: Float64Array, out: Float64Array): void {
    derivative(time, state, out);
    evaluations++;
  }

  /** Where to look for ∂f/∂t: a little later, or earlier where the end is too near, never outside the interval. */
  function otherTime(time: number, h: number): number {
    const width = differenceWidth(Math.max(Math.abs(time), h));
    if (time + width <= until) return time + width;
    return until - time >= time - from ? until : Math.max(from, time - width);
  }

  /** Writes η f − Δ at a state to `correction` and applies (1 − ηJ)⁻¹. */
  function correct(time: number, state: Float64Array, eta: number): void {
    evaluate(time, state, there);
    for (let i = 0; i < n; i++) correction[i] = eta * there[i]! - increment[i]!;
    lu.solve(correction);
  }

  return {
    slope,
    evaluations: () => evaluations,

    linearize(time, state, h, known) {
      if (known) slope.set(known);
      else evaluate(time, state, slope);
      writeJacobian(time, state, slope, h, jacobian);
      evaluations += n;
      const other = otherTime(time, h);
      evaluate(other, state, there);
      for (let i = 0; i < n; i++) timeSlope[i] = (there[i]! - slope[i]!) / (other - time);
    },

    advance(time, state, h, substeps, out) {
      const eta = h / substeps;
      for (let i = 0; i < n * n; i++) lu.matrix[i] = -eta * jacobian[i]!;
      for (let i = 0; i < n; i++) lu.matrix[n * i + i]! += 1;
      if (!lu.factorize()) return false;
      for (let i = 0; i < n; i++) increment[i] = eta * (slope[i]! + eta * timeSlope[i]!);
      lu.solve(increment);
      for (let i = 0; i < n; i++) out[i] = state[i]! + increment[i]!;
      for (let k = 1; k < substeps; k++) {
        correct(time + k * eta, out, eta);
        for (let i = 0; i < n; i++) {
          increment[i]! += 2 * correction[i]!;
          out[i]! += increment[i]!;
        }
      }
      correct(time + h, out, eta);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        out[i]! += correction[i]!;
        sum += out[i]!;
      }
      return Number.isFinite(sum);
    },
  };
}
