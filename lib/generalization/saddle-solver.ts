import { rangeError, requirePositive, requireWithin } from '../foundation/checks.js';
import { AVERAGES, Average, type Channel } from './channel.js';
import { failedPoint, noiselessPoint } from './known-points.js';
import { LARGEST_V, saddleEquations } from './saddle-equations.js';
import type { SaddlePoint, SaddleStart } from './saddle-point.js';
import { channelOf, type CompleteProblem } from './saddle-problem.js';
import { searchSaddle } from './saddle-search.js';
import { trustWarning } from './trust.js';

/** Steps of the iteration from a start that knows nothing of the solution. */
export const WARM_STEPS = 20;
const ROUNDS = 12;
const ROUNDS_WITHOUT_DECAY = 2;
const SMALL_DECAYS = [1e-3, 1e-6, 1e-9];
// ν = λV falls to zero at the interpolation threshold, where q may diverge; nearer than this nothing can be resolved.
const LEAST_NU = 1e-9;

/** The saddle point that one start leads to, with V finite or (at ζ → 0) infinite. */
function solveFrom(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  start: Float64Array,
  warm: number,
  interpolating: boolean,
): SaddlePoint {
  const decay = load * problem.gammaDecay;
  const equations = saddleEquations(channel, load, decay, interpolating);
  // With V infinite the iteration is not stable, and a root far from the start has ν < 0 and no meaning.
  const rounds = interpolating ? 1 : decay === 0 ? ROUNDS_WITHOUT_DECAY : ROUNDS;
  const found = searchSaddle(equations, start, warm, rounds);
  const { mu, sigma, inverse, nu } = equations.state(found.unknowns);
  const atThreshold = interpolating ? nu < LEAST_NU : equations.escaped(found.unknowns);
  if (!found.converged || atThreshold) return failedPoint(load, found.iterations, found.residual);
  const averages = new Float64Array(AVERAGES);
  const quadratureError = channel.average(mu, sigma, inverse, averages);
  const gamma = Math.hypot(mu, sigma);
  const trainingError = averages[Average.residual]!;
  const diagnostics = {
    residual: found.residual,
    iterations: found.iterations,
    quadratureError,
    jumpDensity: interpolating ? 0 : averages[Average.jumpDensity]!,
    replicon: load * channel.slopeSquare(mu, sigma, inverse),
  };
  const warning = trustWarning(diagnostics);
  return {
    outcome: 'converged',
    load,
    gamma,
    overlap: mu / gamma,
    generalizationError: channel.generalizationError(mu, sigma),
    trainingError,
    objective: (trainingError + problem.gammaDecay * gamma * gamma) / 2,
    susceptibility: interpolating ? Infinity : 1 / inverse,
    diagnostics,
    ...(warning === undefined ? {} : { warning }),
  };
}

// A start at full overlap has to leave it: σ is taken at least this large, relative to γ.
const LEAST_ACROSS = 1e-3;

function unknownsOf(start: SaddleStart, load: number, gammaDecay: number): Float64Array {
  const gamma = requirePositive('start.gamma', start.gamma);
  const overlap = requireWithin('start.overlap', start.overlap, -1, 1);
  const usual = 1 / (load * (gammaDecay + 0.25));
  const { susceptibility = usual } = start;
  if (!(susceptibility > 0)) throw rangeError('start.susceptibility', 'a number > 0', susceptibility);
  const sine = Math.max(Math.sqrt((1 - overlap) * (1 + overlap)), LEAST_ACROSS);
  return Float64Array.of(
    gamma * overlap,
    Math.log(gamma * sine),
    Math.log(susceptibility < LARGEST_V ? susceptibility : usual),
  );
}

/** The better of two points: converged first, then of lower objective. */
function better(x: SaddlePoint, y: SaddlePoint): SaddlePoint {
  if (y.outcome !== 'converged') return x;
  return x.outcome !== 'converged' || y.objective < x.objective ? y : x;
}

/**
 * What a start leads to. The limit ζ → 0 is approached by way of small decays, for which the iteration converges: from
 * there Newton's method finds the point with V infinite, or else with V finite.
 */
function pointFrom(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  start: SaddleStart,
  warm: number,
): SaddlePoint {
  const unknowns = unknownsOf(start, load, problem.gammaDecay);
  if (problem.gammaDecay > 0) return solveFrom(problem, channel, load, unknowns, warm, false);
  let last = failedPoint(load, 0, Infinity);
  let from = unknowns;
  for (const small of channel.interpolates ? SMALL_DECAYS : SMALL_DECAYS.slice(0, 1)) {
    const decay = load * small;
    const decaying = searchSaddle(saddleEquations(channel, load, decay, false), from, warm, ROUNDS);
    if (!decaying.converged) return failedPoint(load, decaying.iterations, decaying.residual);
    from = decaying.unknowns;
    if (channel.interpolates) {
      const bounded = from.slice();
      bounded[2] = Math.min(decay * Math.exp(from[2]!), 1);
      // Nothing has a lower training error than a student that meets every label it can.
      last = solveFrom(problem, channel, load, bounded, 0, true);
      if (last.outcome === 'converged') return last;
    }
    last = solveFrom(problem, channel, load, from, 0, false);
    if (last.outcome === 'converged') return last;
  }
  return last;
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
  const channel = channelOf(problem);
  return (load, start, warm) =>
    noiselessPoint(problem, channel, load) ?? pointFrom(problem, channel, load, start, warm);
}

/** The better of the points that the aligned and the unaligned start lead to. */
export function bestPoint(solve: SaddleSolver, load: number, length: number): SaddlePoint {
  const { aligned, unaligned } = startsOf(length);
  return better(solve(load, aligned, WARM_STEPS), solve(load, unaligned, WARM_STEPS));
}
