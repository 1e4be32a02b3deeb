import { findRoot } from './approach.js';
import { AVERAGES, Average, type Channel } from '../channel.js';
import { failedPoint } from './known-points.js';
import { INFINITE_V, saddleEquations, type SaddleEquations, type SaddleState } from './saddle-equations.js';
import type { SaddlePoint } from './saddle-types.js';
import type { SaddleTask } from './saddle-problem.js';
import { searchSaddle, type SaddleSearch } from './saddle-search.js';
import { knownOnlyTo, trustWarning } from './trust.js';

const ROUNDS_WITHOUT_DECAY = 2;
// A root of equations that are known to no better than this is no root.
const HOPELESS = 1e-3;
// V above which averages by quadrature take seconds, and many are not resolved.
const LARGE_V = 1000;
// σ/μ below which the terms of averages, known to 1e-9, cancel.
const CLOSE = 1e-4;

/**
 * The saddle point that one start leads to, with V finite.
 *
 * @param start unknowns of `saddleEquations`
 * @param warm steps of the fixed-point iteration before Newton's method
 */
export function solveSaddle(task: SaddleTask, start: Float64Array, warm: number): SaddlePoint {
  const { channel, load, gammaDecay } = task;
  const decay = load * gammaDecay;
  const equations = saddleEquations(channel, load, decay, false);
  const found =
    decay === 0
      ? searchSaddle(equations, start, warm, ROUNDS_WITHOUT_DECAY)
      : findRoot(task, decay, start, warm);
  return pointOf(task, equations, found);
}

/** What makes a search by quadrature fail where it ended, as far as that is known. */
function difficultyOf({ exponent }: Channel, { mu, sigma, inverse }: SaddleState): string | undefined {
  if (exponent !== undefined) return undefined;
  const remedy = 'give a larger gammaDecay';
  if (inverse * LARGE_V < 1) {
    const v = (1 / inverse).toExponential(1);
    return `averages by quadrature take long at a susceptibility of ${v}, and may not be resolved; ${remedy}`;
  }
  if (sigma < CLOSE * Math.abs(mu))
    return `the student comes closer to its teacher than averages by quadrature resolve; ${remedy}`;
  return undefined;
}

/** What a search has found. */
export function pointOf(task: SaddleTask, equations: SaddleEquations, found: SaddleSearch): SaddlePoint {
  const { channel, load } = task;
  const state = equations.state(found.unknowns);
  const { mu, gap, sigma, inverse } = state;
  if (!found.converged || equations.escaped(found.unknowns))
    return failedPoint(load, found, difficultyOf(channel, state));
  const averages = new Float64Array(AVERAGES);
  const quadratureError = channel.average(mu, sigma, inverse, averages, gap);
  if (!(quadratureError < HOPELESS)) return failedPoint(load, found, knownOnlyTo(quadratureError));
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
    objective: (trainingError + task.gammaDecay * gamma * gamma) / 2,
    susceptibility: interpolating ? Infinity : 1 / inverse,
    diagnostics,
    ...(warning === undefined ? {} : { warning }),
  };
}
