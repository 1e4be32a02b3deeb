import { collocation, type Collocation, type FinishedCollocation } from './collocation.js';
import { denseLu } from '../../numerics/dense-lu.js';
import { differenceJacobian } from './difference-jacobian.js';
import { SETTLED } from './explicit-inside.js';
import { COUNT, NODES, WEIGHTS } from './lobatto.js';
import type { Interpolant, Statistics } from '../method.js';
import type { Node, OdeProblem, Tolerances } from '../problem.js';

const MOST_ROUNDS = 8;
// Pieces of one step, each of which takes some fifty evaluations.
const MOST_PIECES = 64;
// What is left out after the last coefficient is a few times less than it.
const RESOLVED = 10;
// The ends of steps of other methods than the explicit one are seen to be off by up to 200 tolerances, where those are coarse.
const CONTRADICTION = 1000;
// Beyond so many equations the linear systems cost more than halving the step.
const MOST_IMPLICIT = 30;
const UNKNOWN = COUNT - 1;

/** The state at a later time by the method itself; undefined where it does not come there. */
export type StateAt = (left: Node, time: number) => Float64Array | undefined;

/** A piece of a step, up to its time. */
interface Piece {
  readonly until: number;
  readonly interpolant: Interpolant;
}

/** Writes cubic Hermite states between the ends: a first guess. */
function guessFromEnds(
  left: Node,
  right: Node,
  leftSlope: Float64Array,
  rightSlope: Float64Array,
  states: Float64Array,
): void {
  const n = left.state.length;
  const h = right.time - left.time;
  for (let j = 1; j < COUNT - 1; j++) {
    const theta = 0.5 + 0.5 * NODES[j]!;
    const rest = 1 - theta;
    for (let i = 0; i < n; i++) {
      const step = right.state[i]! - left.state[i]!;
      const bend = rest * (h * leftSlope[i]! - step) - theta * (h * rightSlope[i]! - step);
      states[n * j + i] = left.state[i]! + theta * step + theta * rest * bend;
    }
  }
}

/**
 * Solves the collocation equations y_j = y₀ + (h/2) Σ_k w_jk f(y_k) by Newton's method with one Jacobian: a round takes the
 * improvement through (1 − (h/2) w ⊗ J)⁻¹.
 */
function newton(problem: OdeProblem, tolerances: Tolerances, inner: Collocation, statistics: Statistics) {
  const n = problem.initial.length;
  const jacobian = new Float64Array(n * n);
  const slope = new Float64Array(n);
  const correction = new Float64Array(n * UNKNOWN);
  const writeJacobian = differenceJacobian(problem, tolerances);
  const lu = denseLu(n * UNKNOWN);

  function linearize(left: Node, h: number): boolean {
    const middle = n * (COUNT / 2);
    const state = inner.states.subarray(middle, middle + n);
    const time = left.time + h * (0.5 + 0.5 * NODES[COUNT / 2]!);
    problem.derivative(time, state, slope);
    writeJacobian(time, state, slope, h, jacobian);
    statistics.evaluations += n + 1;
    for (let j = 0; j < UNKNOWN; j++) {
      for (let k = 0; k < UNKNOWN; k++) {
        const weight = 0.5 * h * WEIGHTS[COUNT * (j + 1) + k + 1]!;
        for (let i = 0; i < n; i++) {
          const row = n * UNKNOWN * (n * j + i) + n * k;
          for (let l = 0; l < n; l++)
            lu.matrix[row + l] = (j === k && i === l ? 1 : 0) - weight * jacobian[n * i + l]!;
        }
      }
    }
    return lu.factorize();
  }

  /** Corrects the states; the greatest correction over its tolerance. */
  function correct(): number {
    const { states, improved } = inner;
    for (let m = 0; m < n * UNKNOWN; m++) correction[m] = improved[n + m]! - states[n + m]!;
    lu.solve(correction);
    let greatest = 0;
    for (let i = 0; i < n; i++) {
      const allowed = inner.tolerance(i);
      for (let m = i; m < n * UNKNOWN; m += n) {
        states[n + m]! += correction[m]!;
        const change = Math.abs(correction[m]!) / allowed;
        if (!(change <= greatest)) greatest = change;
      }
    }
    return greatest;
  }

  return { linearize, correct };
}

/** Solves for the polynomial between two nodes; undefined where the rounds do not settle. */
type Solver = (left: Node, right: Node) => FinishedCollocation | undefined;

function collocationSolver(problem: OdeProblem, tolerances: Tolerances, statistics: Statistics): Solver {
  const n = problem.initial.length;
  const inner = collocation(problem, tolerances, 'free', statistics);
  const implicit = n <= MOST_IMPLICIT ? newton(problem, tolerances, inner, statistics) : undefined;
  const [leftSlope, rightSlope] = [new Float64Array(n), new Float64Array(n)];
  return (left, right) => {
    problem.derivative(left.time, left.state, leftSlope);
    problem.derivative(right.time, right.state, rightSlope);
    statistics.evaluations += 2;
    inner.begin(left, right, leftSlope);
    guessFromEnds(left, right, leftSlope, rightSlope, inner.states);
    if (implicit && !implicit.linearize(left, right.time - left.time)) return undefined;
    let before = Infinity;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      let change = inner.improve();
      if (implicit) change = implicit.correct();
      else inner.adopt();
      if (change <= SETTLED) return inner.finish();
      if (!(change < before)) return undefined;
      before = change;
    }
    return undefined;
  };
}

/**
 * The inside of a step of any method, stiff or not, from its ends: collocation where one polynomial resolves the step, else two
 * halves, with the state between them by the method itself.
 *
 * @returns undefined where the inside contradicts the right end, or f is not finite there
 */
export function resolvedInside(
  problem: OdeProblem,
  tolerances: Tolerances,
  left: Node,
  right: Node,
  statistics: Statistics,
  stateAt: StateAt,
): Interpolant | undefined {
  const solve = collocationSolver(problem, tolerances, statistics);

  let tried = 0;

  function pieces(from: Node, to: Node): Piece[] | undefined {
    if (++tried > MOST_PIECES) return undefined;
    const found = solve(from, to);
    if (found && found.tail <= RESOLVED) {
      return found.defect <= CONTRADICTION ? [{ until: to.time, interpolant: found.interpolant }] : undefined;
    }
    const time = 0.5 * (from.time + to.time);
    if (!(time > from.time && time < to.time)) return undefined;
    const state = stateAt(from, time);
    if (!state) return undefined;
    const middle = { time, state };
    const first = pieces(from, middle);
    const second = first && pieces(middle, to);
    return second && [...first, ...second];
  }

  const found = pieces(left, right);
  if (found === undefined || found.length === 1) return found?.[0]!.interpolant;
  return (time, out) => {
    const piece = found.find(({ until }) => time <= until) ?? found.at(-1)!;
    piece.interpolant(time, out);
  };
}
