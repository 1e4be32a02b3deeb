import { findRoot } from './approach.js';
import { AVERAGES, Average, type Channel } from './channel.js';
import { failedPoint } from './known-points.js';
import { INFINITE_V, saddleEquations, type SaddleEquations } from './saddle-equations.js';
import type { SaddlePoint } from './saddle-point.js';
import type { CompleteProblem } from './saddle-problem.js';
import { searchSaddle, type SaddleSearch } from './saddle-search.js';
import { trustWarning } from './trust.js';

const ROUNDS_WITHOUT_DECAY = 2;
// A root of equations that are known to no better than this is no root.
const HOPELESS = 1e-3;

/**
 * The saddle point that one start leads to, with V finite.
 *
 * @param start unknowns of `saddleEquations`
 * @param warm steps of the fixed-point iteration before Newton's method
 */
export function solveSaddle(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  start: Float64Array,
  warm: number,
): SaddlePoint {
  const decay = load * problem.gammaDecay;
  const equations = saddleEquations(channel, load, decay, false);
  const found =
    decay === 0
      ? searchSaddle(equations, start, warm, ROUNDS_WITHOUT_DECAY)
      : findRoot(channel, load, decay, start, warm);
  return pointOf(problem, channel, load, equations, found);
}

/** What a search has found. */
export function pointOf(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  equations: SaddleEquations,
  found: SaddleSearch,
): SaddlePoint {
  const { mu, gap, sigma, inverse } = equations.state(found.unknowns);
  if (!found.converged || equations.escaped(found.unknowns))
    return failedPoint(load, found.iterations, found.residual);
  const averages = new Float64Array(AVERAGES);
  const quadratureError = channel.average(mu, sigma, inverse, averages, gap);
  if (!(quadratureError < HOPELESS))
    return failedPoint(
      load,
      found.iterations,
      found.residual,
      `averages are only known to a relative ${quadratureError.toExponential(1)}`,
    );
  const gamma = Math.hypot(mu, sigma);
  const interpolating = inverse === INFINITE_V;
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
    generalizationError: channel.generalizationError(mu, sigma, gap),
    trainingError,
    objective: (trainingError + problem.gammaDecay * gamma * gamma) / 2,
    susceptibility: interpolating ? Infinity : 1 / inverse,
    diagnostics,
    ...(warning === undefined ? {} : { warning }),
  };
}
