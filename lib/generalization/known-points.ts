import type { Channel } from './channel.js';
import { noiselessLimit } from './noiseless-limit.js';
import type { SaddlePoint } from './saddle-point.js';
import type { CompleteProblem } from './saddle-problem.js';

/**
 * A point that was not found.
 *
 * @param quadratureError of the averages at the place where the search ended, if that is what is wrong
 */
export function failedPoint(
  load: number,
  iterations: number,
  residual: number,
  quadratureError = NaN,
): SaddlePoint {
  const nothing = { gamma: NaN, overlap: NaN, generalizationError: NaN, trainingError: NaN };
  return {
    outcome: 'not-converged',
    load,
    ...nothing,
    objective: NaN,
    susceptibility: NaN,
    diagnostics: { residual, iterations, quadratureError, jumpDensity: NaN, replicon: NaN },
    warning: Number.isNaN(quadratureError)
      ? 'no saddle point was found from this start'
      : `no saddle point was found: averages are only known to a relative ${quadratureError.toExponential(1)}`,
  };
}

/** The point of a problem without decay and noise, where it is known without a search. */
export function noiselessPoint(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
): SaddlePoint | undefined {
  const found = noiselessLimit(problem, load);
  if (found === undefined) return undefined;
  const { mu, sigma, susceptibility, replicon } = found;
  const gamma = Math.hypot(mu, sigma);
  return {
    outcome: 'converged',
    load,
    gamma,
    overlap: mu / gamma,
    generalizationError: sigma === 0 ? 0 : channel.generalizationError(mu, sigma),
    trainingError: 0,
    objective: 0,
    susceptibility,
    diagnostics: { residual: 0, iterations: 0, quadratureError: 0, jumpDensity: 0, replicon },
  };
}
