import { Matrix, solve as solveLinear } from 'ml-matrix';
import type { SaddleEquations } from './saddle-equations.js';

/** Where a search ended. */
export interface SaddleSearch {
  readonly converged: boolean;
  readonly unknowns: Float64Array;
  /** Largest relative correction of an order parameter that Newton's method still asked for. */
  readonly residual: number;
  /** Steps of both methods. */
  readonly iterations: number;
}

const ACCEPTED = 1e-10;
const DIFFERENCE = 1e-6;
const NEWTON_STEPS = 30;
const ROUNDS = 12;
const SMALLEST_DAMPING = 1 / 64;
// A correction this small is taken as it is: rounding may hide from the residual what it gains.
const TRUSTED = 1e-7;

function norm(residual: Float64Array): number {
  return Math.hypot(residual[0]!, residual[1]!, residual[2]!);
}

/** The Newton correction by a Jacobian of central differences; undefined where it is singular or not finite. */
function correction(
  equations: SaddleEquations,
  unknowns: Float64Array,
  residual: Float64Array,
): number[] | undefined {
  const shifted = unknowns.slice();
  const high = new Float64Array(3);
  const low = new Float64Array(3);
  const jacobian = Matrix.zeros(3, 3);
  for (let j = 0; j < 3; j++) {
    const step = DIFFERENCE * (j === 0 ? Math.hypot(unknowns[0]!, Math.exp(unknowns[1]!)) : 1);
    shifted[j] = unknowns[j]! + step;
    equations.residual(shifted, high);
    shifted[j] = unknowns[j]! - step;
    equations.residual(shifted, low);
    shifted[j] = unknowns[j]!;
    for (let i = 0; i < 3; i++) jacobian.set(i, j, (high[i]! - low[i]!) / (2 * step));
  }
  const change = solveLinear(jacobian, Matrix.columnVector(residual), true).getColumn(0);
  return change.every(Number.isFinite) ? change : undefined;
}

/**
 * Newton's method with halved steps. A root is taken when the corrections no longer shrink and are below 1e-10 of the
 * order parameters.
 */
function newton(equations: SaddleEquations, start: Float64Array): SaddleSearch {
  let unknowns = start.slice();
  const residual = new Float64Array(3);
  const trial = new Float64Array(3);
  let before = Infinity;
  let step = 0;
  for (; step < NEWTON_STEPS; step++) {
    equations.residual(unknowns, residual);
    const change = correction(equations, unknowns, residual);
    if (change === undefined) break;
    const scale = Math.hypot(unknowns[0]!, Math.exp(unknowns[1]!));
    const size = Math.max(Math.abs(change[0]!) / scale, Math.abs(change[1]!), Math.abs(change[2]!));
    if (size <= ACCEPTED && size >= before / 4)
      return { converged: true, unknowns, residual: size, iterations: step };
    before = size;
    const next = unknowns.slice();
    let damping = Math.min(1, 2 / size);
    const move = (): void => {
      for (let i = 0; i < 3; i++) next[i] = unknowns[i]! - damping * change[i]!;
    };
    move();
    if (size > TRUSTED) {
      for (;;) {
        equations.residual(next, trial);
        if (norm(trial) < norm(residual)) break;
        damping /= 2;
        if (damping < SMALLEST_DAMPING) return { converged: false, unknowns, residual: size, iterations: step };
        move();
      }
    }
    unknowns = next;
  }
  return { converged: false, unknowns, residual: before, iterations: step };
}

/**
 * A root of the saddle-point equations: rounds of the damped fixed-point iteration, which chooses the basin, each followed by
 * an attempt of Newton's method. An attempt that fails is thrown away, and the iteration goes on from where it was.
 *
 * @param warm steps of the iteration before the first attempt; 0 where the start is close to the root
 */
export function searchSaddle(equations: SaddleEquations, start: Float64Array, warm: number): SaddleSearch {
  let unknowns = start.slice();
  const next = new Float64Array(3);
  let iterations = 0;
  let last: SaddleSearch | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const steps = round === 0 ? warm : 20 * round;
    for (let step = 0; step < steps; step++) {
      equations.iterate(unknowns, next);
      if (!next.every(Number.isFinite)) break;
      unknowns.set(next);
    }
    last = newton(equations, unknowns);
    iterations += steps + last.iterations;
    if (last.converged) return { ...last, iterations };
  }
  return { converged: false, unknowns, residual: last?.residual ?? Infinity, iterations };
}
