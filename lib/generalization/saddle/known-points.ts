import type { Channel } from '../channel.js';
import { noiselessLimit } from './noiseless-limit.js';
import type { SaddlePoint } from './saddle-types.js';
import type { CompleteProblem } from './saddle-problem.js';

/**
 * A point that was not found.
 *
 * @param reason what is known of why, in the user's words
 */
export function failedPoint(
  load: number,
  iterations: number,
  residual: number,
  reason = 'give a start closer to it, or a larger gammaDecay',
): SaddlePoint {
  const nothing = { gamma: NaN, overlap: NaN, generalizationError: NaN, trainingError: NaN };
  const unknown = { quadratureError: NaN, jumpDensity: NaN, replicon: NaN };
  return {
    outcome: 'not-converged',
    load,
    ...nothing,
    objective: NaN,
    susceptibility: NaN,
    diagnostics: { residual, iterations, ...unknown },
    warning: `no saddle point was found: ${reason}`,
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
  const { mu, sigma, susceptibility, replicon, unreached } = found;
  const gamma = Math.hypot(mu, sigma);
  return {
    outcome: 'converged',
    load,
    gamma,
    overlap: mu / gamma,
    generalizationError: sigma === 0 ? unreached : channel.generalizationError(mu, sigma),
    trainingError: unreached,
    objective: unreached / 2,
    susceptibility,
    diagnostics: { residual: 0, iterations: 0, quadratureError: 0, jumpDensity: 0, replicon },
  };
}
