import { rangeError, requireAnyNumber, requirePositive, requireWithin } from '../../foundation/checks.js';
import type { Channel } from '../channel.js';
import { noiselessPoint } from './known-points.js';
import { linearPoints } from './linear-point.js';
import { LARGEST_V } from './saddle-equations.js';
import type { SaddlePoint } from './saddle-types.js';
import type { SaddleStart } from './saddle-types.js';
import { channelOf, type CompleteProblem } from './saddle-problem.js';
import { solveSaddle } from './solve-saddle.js';
import { pointWithoutDecay } from './zero-decay.js';

/** Steps of the iteration from a start that knows nothing of the solution. */
export const WARM_STEPS = 20;

// A start at full overlap has to leave it: σ is taken at least this large, relative to γ.
const LEAST_ACROSS = 1e-3;

/** Checks a start and fills in its default. */
export function checkedStart(start: SaddleStart, load: number, gammaDecay: number): Required<SaddleStart> {
  const gamma = requirePositive('start.gamma', start.gamma);
  const overlap = requireWithin('start.overlap', start.overlap, -1, 1);
  const { susceptibility = usualSusceptibility(load, gammaDecay) } = start;
  if (!(requireAnyNumber('start.susceptibility', susceptibility) > 0))
    throw rangeError('start.susceptibility', 'a number > 0', susceptibility);
  return { gamma, overlap, susceptibility };
}

const usualSusceptibility = (load: number, gammaDecay: number): number => 1 / (load * (gammaDecay + 0.25));

function unknownsOf(start: SaddleStart, load: number, gammaDecay: number): Float64Array {
  const { gamma, overlap, susceptibility } = checkedStart(start, load, gammaDecay);
  const sine = Math.max(Math.sqrt((1 - overlap) * (1 + overlap)), LEAST_ACROSS);
  return Float64Array.of(
    gamma * overlap,
    Math.log(gamma * sine),
    Math.log(susceptibility < LARGEST_V ? susceptibility : usualSusceptibility(load, gammaDecay)),
  );
}

/** The better of two points: converged first, then of lower objective. */
function better(x: SaddlePoint, y: SaddlePoint): SaddlePoint {
  if (y.outcome !== 'converged') return x;
  return x.outcome !== 'converged' || y.objective < x.objective ? y : x;
}

/** What a start leads to. */
function pointFrom(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  start: SaddleStart,
  warm: number,
): SaddlePoint {
  const unknowns = unknownsOf(start, load, problem.gammaDecay);
  return problem.gammaDecay > 0
    ? solveSaddle(problem, channel, load, unknowns, warm)
    : pointWithoutDecay(problem, channel, load, unknowns, warm);
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
  return (load, start, warm) =>
    noiselessPoint(problem, channel, load) ?? pointFrom(problem, channel, load, start, warm);
}

/** The better of the points that the aligned and the unaligned start lead to. */
export function bestPoint(solve: SaddleSolver, load: number, length: number): SaddlePoint {
  const { aligned, unaligned } = startsOf(length);
  return better(solve(load, aligned, WARM_STEPS), solve(load, unaligned, WARM_STEPS));
}
