import { Matrix, solve as solveLinear } from 'ml-matrix';
import { DIFFERENCE, type SaddleEquations } from './saddle-equations.js';

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
// Corrections below this are rounding.
const RESOLVED = 1e-14;
// Residuals at a root are rounding and errors of averages. Where averages do not depend on an unknown, or underflow, no
// correction is left either, and a residual of 1.
const LARGEST_RESIDUAL = 1e-6;
// Where no residual depends on the third unknown by more, relative, rounding hides more than nine digits of it: V has grown
// beyond what can be told from infinity, as at the interpolation threshold.
const LEAST_DEPENDENCE = 1e-7;
const NEWTON_STEPS = 30;
const SMALLEST_DAMPING = 1 / 64;
// Relative change in a step of the iteration after which Newton's method is tried.
const SETTLED = 0.03;
// A correction this small is taken as it is: rounding may hide from the residual what it gains.
const TRUSTED = 1e-7;

function norm(residual: ArrayLike<number>): number {
  return Math.hypot(residual[0]!, residual[1]!, residual[2]!);
}

/** The Jacobian by one-sided differences from the residual at the unknowns, μ in units of `scale`. */
function jacobianAt(
  equations: SaddleEquations,
  unknowns: Float64Array,
  residual: Float64Array,
  scale: number,
): Matrix {
  const shifted = unknowns.slice();
  const moved = new Float64Array(3);
  const jacobian = Matrix.zeros(3, 3);
  for (let j = 0; j < 3; j++) {
    const difference = j === 2 ? equations.difference(unknowns[2]!) : DIFFERENCE;
    shifted[j] = unknowns[j]! + difference * (j === 0 ? scale : 1);
    equations.residual(shifted, moved);
    shifted[j] = unknowns[j]!;
    for (let i = 0; i < 3; i++) jacobian.set(i, j, (moved[i]! - residual[i]!) / difference);
  }
  return jacobian;
}

/** Largest relative change of an order parameter, that of V by its weight. */
function sizeOf(equations: SaddleEquations, change: readonly number[], unknowns: Float64Array): number {
  return Math.max(
    Math.abs(change[0]!) / equations.scale(unknowns),
    Math.abs(change[1]!),
    Math.abs(change[2]!) * equations.weight(unknowns),
  );
}

/**
 * Newton's method with halved steps, its Jacobian kept while corrections shrink fast. A root is taken when they are below
 * 1e-10 of the order parameters and no longer shrink.
 */
function newton(equations: SaddleEquations, start: Float64Array): SaddleSearch {
  let unknowns = start.slice();
  const residual = new Float64Array(3);
  const trial = new Float64Array(3);
  let jacobian: Matrix | undefined;
  let scale = 1;
  let before = Infinity;
  let step = 0;
  equations.anchor(unknowns);
  equations.residual(unknowns, residual);
  for (; step < NEWTON_STEPS && !equations.exhausted(); step++) {
    const fresh = jacobian === undefined;
    if (fresh) scale = equations.scale(unknowns);
    jacobian ??= jacobianAt(equations, unknowns, residual, scale);
    if (!jacobian.to1DArray().every(Number.isFinite)) break;
    const change = solveLinear(jacobian, Matrix.columnVector(residual), true).getColumn(0);
    change[0]! *= scale;
    if (!change.every(Number.isFinite)) break;
    const size = sizeOf(equations, change, unknowns);
    if (size <= RESOLVED || (size <= ACCEPTED && size >= before / 4)) {
      const resolved = norm(jacobian.getColumn(2)) >= LEAST_DEPENDENCE * equations.weight(unknowns);
      const converged = resolved && norm(residual) <= LARGEST_RESIDUAL;
      return { converged, unknowns, residual: size, iterations: step };
    }
    if (!fresh && size > before / 10) {
      jacobian = undefined;
      continue;
    }
    before = size;
    const next = unknowns.slice();
    let crossed: boolean;
    for (let damping = Math.min(1, 2 / size); ; damping /= 2) {
      for (let i = 0; i < 3; i++) next[i] = unknowns[i]! - damping * change[i]!;
      crossed = equations.stopAtKink(unknowns, next);
      equations.residual(next, trial);
      if (size <= TRUSTED || norm(trial) < norm(residual)) break;
      if (damping < SMALLEST_DAMPING) return { converged: false, unknowns, residual: size, iterations: step };
    }
    unknowns = next;
    residual.set(trial);
    if (crossed) jacobian = undefined;
    if (equations.anchor(unknowns)) {
      jacobian = undefined;
      equations.residual(unknowns, residual);
    }
  }
  return { converged: false, unknowns, residual: before, iterations: step };
}

/** Whether a step of the iteration changes little, μ relative to itself: a student at right angles may be leaving slowly. */
function hasSettled(before: Float64Array, after: Float64Array): boolean {
  const relative = (after[0]! - before[0]!) / after[0]!;
  const change = Math.max(
    Math.abs(relative),
    Math.abs(after[1]! - before[1]!),
    Math.abs(after[2]! - before[2]!),
  );
  return change < SETTLED;
}

function lost(unknowns: Float64Array, iterations: number): SaddleSearch {
  return { converged: false, unknowns, residual: Infinity, iterations };
}

/**
 * A root of the saddle-point equations: rounds of the damped fixed-point iteration, which chooses the basin, each followed by
 * an attempt of Newton's method. An attempt that fails is thrown away, and the iteration goes on from where it was, until the
 * averages that a search may take are used up.
 *
 * @param warm steps of the iteration before the first attempt, fewer if it settles; 0 where the start is close to the root
 * @param rounds attempts of Newton's method at most
 */
export function searchSaddle(
  equations: SaddleEquations,
  start: Float64Array,
  warm: number,
  rounds: number,
): SaddleSearch {
  const unknowns = Float64Array.of(start[0]!, start[1]!, start[2]!, start[3] ?? 0);
  const next = new Float64Array(4);
  let iterations = 0;
  let last: SaddleSearch | undefined;
  for (let round = 0; round < rounds; round++) {
    let steps = round === 0 ? warm : 20 * round;
    for (let step = 0; step < steps; step++) {
      equations.iterate(unknowns, next);
      if (!next.every(Number.isFinite)) return lost(unknowns, iterations + step);
      const settled = round === 0 && hasSettled(unknowns, next);
      unknowns.set(next);
      if (equations.escaped(next) || equations.exhausted()) return lost(unknowns, iterations + step);
      if (settled) {
        steps = step + 1;
        break;
      }
    }
    last = newton(equations, unknowns);
    iterations += steps + last.iterations;
    if (last.converged) return { ...last, iterations };
    if (equations.exhausted()) break;
  }
  return { ...lost(unknowns, iterations), residual: last?.residual ?? Infinity };
}
