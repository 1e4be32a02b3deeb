import { AVERAGES, Average, type Channel } from './channel.js';
import { failedPoint } from './known-points.js';
import { saddleEquations } from './saddle-equations.js';
import type { SaddlePoint } from './saddle-point.js';
import type { CompleteProblem } from './saddle-problem.js';
import { searchSaddle } from './saddle-search.js';
import { trustWarning } from './trust.js';

const ROUNDS = 12;
const ROUNDS_WITHOUT_DECAY = 2;
// ν = λV falls to zero at the interpolation threshold, where q may diverge; nearer than this rounding hides nine digits.
const LEAST_NU = 1e-7;
// A root of equations that are known to no better than this is no root.
const HOPELESS = 1e-3;

/**
 * The saddle point that one start leads to, with V finite or (at ζ → 0) infinite.
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
  if (!(quadratureError < HOPELESS))
    return failedPoint(load, found.iterations, found.residual, quadratureError);
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
