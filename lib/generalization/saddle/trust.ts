import type { SaddleDiagnostics } from './saddle-types.js';

// Below this a density of jumps is met by no sample of any simulation.
const NO_DENSITY = 1e-12;
// Rounding of a replicon that is 1, as at a threshold, where replica symmetry is still stable.
const ROUNDING = 1e-12;
// Relative error of averages above which the order parameters are not good to 1e-8.
const LARGEST_ERROR = 1e-8;

/**
 * How far replica symmetry holds: `stable` where it does; `unstable` where the replicon, away from jumps, is above 1; `approximate` where
 * it is not, but the Moreau step jumps with positive density. Then the training objective is not convex, the average of (∂f/∂ω)² diverges
 * with the jumps counted, and which minimum training finds depends on its start.
 */
export function trustOf({
  jumpDensity,
  replicon,
}: Pick<SaddleDiagnostics, 'jumpDensity' | 'replicon'>): 'stable' | 'approximate' | 'unstable' {
  if (replicon > 1 + ROUNDING) return 'unstable';
  return jumpDensity > NO_DENSITY ? 'approximate' : 'stable';
}

const warnings = {
  stable: undefined,
  approximate:
    'replica symmetry is an approximation here: the loss is not convex (jump density > 0), and a trained student may depend on its start',
  unstable:
    'replica symmetry is unstable here (replicon > 1): minima are many, and a trained student depends on its start',
} as const;

/** Says how well averages are known. */
export function knownOnlyTo(quadratureError: number): string {
  return `averages are only known to a relative ${quadratureError.toExponential(1)}`;
}

/** Why a saddle point should not be taken for what a simulation gives, or undefined. */
export function trustWarning(diagnostics: SaddleDiagnostics): string | undefined {
  const { quadratureError } = diagnostics;
  if (!(quadratureError <= LARGEST_ERROR)) return knownOnlyTo(quadratureError);
  return warnings[trustOf(diagnostics)];
}
