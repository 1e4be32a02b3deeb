import { rangeError, requirePositive, requireWithin } from '../foundation/checks.js';
import { AVERAGES, Average, type Channel } from './channel.js';
import { recovery } from './recovery.js';
import { saddleEquations } from './saddle-equations.js';
import type { SaddlePoint, SaddleStart } from './saddle-point.js';
import { channelOf, completeProblem, type CompleteProblem, type GeneralizationProblem } from './saddle-problem.js';
import { searchSaddle } from './saddle-search.js';
import { trustWarning } from './trust.js';

const WARM_STEPS = 20;
// ν = λV falls to zero at the interpolation threshold, where q may diverge; nearer than this nothing can be resolved.
const LEAST_NU = 1e-9;
const LARGEST_V = 1e10;

function failure(load: number, iterations: number, residual: number): SaddlePoint {
  const nothing = { gamma: NaN, overlap: NaN, generalizationError: NaN, trainingError: NaN };
  return {
    outcome: 'not-converged',
    load,
    ...nothing,
    objective: NaN,
    susceptibility: NaN,
    diagnostics: { residual, iterations, quadratureError: NaN, jumpDensity: NaN, replicon: NaN },
    warning: 'no saddle point was found from this start',
  };
}

/** The teacher itself, where a student without decay and noise finds it. */
function recoveredPoint(problem: CompleteProblem, load: number): SaddlePoint | undefined {
  const found = recovery(problem, load);
  if (found === undefined) return undefined;
  const { susceptibility, replicon } = found;
  return {
    outcome: 'converged',
    load,
    gamma: problem.teacherLength,
    overlap: 1,
    generalizationError: 0,
    trainingError: 0,
    objective: 0,
    susceptibility,
    diagnostics: { residual: 0, iterations: 0, quadratureError: 0, jumpDensity: 0, replicon },
  };
}

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
  const found = searchSaddle(equations, start, warm);
  const { mu, sigma, inverse, nu } = equations.state(found.unknowns);
  const atThreshold = interpolating ? nu < LEAST_NU : decay === 0 && inverse < 1 / LARGEST_V;
  if (!found.converged || atThreshold) return failure(load, found.iterations, found.residual);
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
  const { susceptibility = 1 / (load * (gammaDecay + 0.25)) } = start;
  if (!(susceptibility > 0)) throw rangeError('start.susceptibility', 'a number > 0', susceptibility);
  const sine = Math.max(Math.sqrt((1 - overlap) * (1 + overlap)), LEAST_ACROSS);
  return Float64Array.of(gamma * overlap, Math.log(gamma * sine), Math.log(Math.min(susceptibility, 1e12)));
}

/** The better of two points: converged first, then of lower objective. */
function better(x: SaddlePoint, y: SaddlePoint): SaddlePoint {
  if (y.outcome !== 'converged') return x;
  return x.outcome !== 'converged' || y.objective < x.objective ? y : x;
}

/** All that a start leads to: with V finite and, at ζ → 0, infinite. */
function pointFrom(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  start: SaddleStart,
  warm: number,
): SaddlePoint {
  const unknowns = unknownsOf(start, load, problem.gammaDecay);
  if (problem.gammaDecay === 0) {
    const bounded = unknowns.slice();
    bounded[2] = 0.5;
    const interpolating = solveFrom(problem, channel, load, bounded, warm, true);
    // Nothing has a lower training error than a student that meets every label it can.
    if (interpolating.outcome === 'converged') return interpolating;
  }
  return solveFrom(problem, channel, load, unknowns, warm, false);
}

/** A solver of one problem at any load, its channel built once. */
export function saddleSolver(
  given: GeneralizationProblem,
): (load: number, start?: SaddleStart) => SaddlePoint {
  const problem = completeProblem(given);
  const channel = channelOf(problem);
  const { teacherLength: length } = problem;
  return (load, start) => {
    requirePositive('load', load);
    if (start !== undefined) return pointFrom(problem, channel, load, start, 0);
    const recovered = recoveredPoint(problem, load);
    if (recovered !== undefined) return recovered;
    const aligned = { gamma: length, overlap: 0.995 };
    const unaligned = { gamma: 0.1 * length, overlap: 0.1 };
    return better(
      pointFrom(problem, channel, load, aligned, WARM_STEPS),
      pointFrom(problem, channel, load, unaligned, WARM_STEPS),
    );
  };
}
