import type { SaddlePoint } from './saddle-types.js';
import type { CompleteProblem } from './saddle-problem.js';

/**
 * A point that was not found.
 *
 * @param search how far it came
 * @param reason what is known of why, in the user's words
 */
export function failedPoint(
  load: number,
  { residual, iterations }: { readonly residual: number; readonly iterations: number },
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

/** A point that is known without a search. */
export function knownPoint(
  { gammaDecay }: CompleteProblem,
  known: Omit<SaddlePoint, 'outcome' | 'objective' | 'diagnostics' | 'warning'>,
  replicon: number,
): SaddlePoint {
  const { susceptibility, ...others } = known;
  return {
    outcome: 'converged',
    ...others,
    objective: (known.trainingError + gammaDecay * known.gamma * known.gamma) / 2,
    susceptibility,
    diagnostics: { residual: 0, iterations: 0, quadratureError: 0, jumpDensity: 0, replicon },
  };
}
