import { linearPoints } from './linear-point.js';
import { noiselessLimit } from './noiseless-limit.js';
import { LARGEST_V } from './saddle-equations.js';
import type { SaddlePoint, SaddleStart } from './saddle-types.js';
import { channelOf, type CompleteProblem, type SaddleTask } from './saddle-problem.js';
import { solveSaddle } from './solve-saddle.js';
import { pointWithoutDecay } from './zero-decay.js';

/** Steps of the iteration from a start that knows nothing of the solution. */
export const WARM_STEPS = 20;

// A start at full overlap has to leave it: σ is taken at least this large, relative to γ.
const LEAST_ACROSS = 1e-3;

function unknownsOf(
  { gamma, overlap, susceptibility = Infinity }: SaddleStart,
  { load, gammaDecay }: SaddleTask,
): Float64Array {
  const sine = Math.max(Math.sqrt((1 - overlap) * (1 + overlap)), LEAST_ACROSS);
  const v = susceptibility < LARGEST_V ? susceptibility : 1 / (load * (gammaDecay + 0.25));
  return Float64Array.of(gamma * overlap, Math.log(gamma * sine), Math.log(v));
}

/** The better of two points: converged first, then of lower objective. */
function better(x: SaddlePoint, y: SaddlePoint): SaddlePoint {
  if (y.outcome !== 'converged') return x;
  return x.outcome !== 'converged' || y.objective < x.objective ? y : x;
}

/** A student along the teacher, and one almost at right angles to it and short. */
export const startsOf = (length: number): { aligned: SaddleStart; unaligned: SaddleStart } => ({
  aligned: { gamma: length, overlap: 0.995 },
  unaligned: { gamma: 0.1 * length, overlap: 0.1 },
});

/** Solves one problem at any load from a start, with steps of the fixed-point iteration before Newton's method. */
export type SaddleSolver = (load: number, start: SaddleStart, warm: number) => SaddlePoint;

/** A solver of one problem at any load, its channel built once. */
export function saddleSolver(problem: CompleteProblem): SaddleSolver {
  const linear = linearPoints(problem);
  if (linear !== undefined) return linear;
  const channel = channelOf(problem);
  return (load, start, warm) => {
    const task = { ...problem, channel, load };
    const search = problem.gammaDecay > 0 ? solveSaddle : pointWithoutDecay;
    return noiselessLimit(task) ?? search(task, unknownsOf(start, task), warm);
  };
}

/** The better of the points that the aligned and the unaligned start lead to. */
export function bestPoint(solve: SaddleSolver, load: number, length: number): SaddlePoint {
  const { aligned, unaligned } = startsOf(length);
  return better(solve(load, aligned, WARM_STEPS), solve(load, unaligned, WARM_STEPS));
}
