import type { SaddleDiagnostics } from './saddle-types.js';

// Below this a density of jumps is met by no sample of any simulation.
const NO_DENSITY = 1e-12;
// Relative error of averages above which the order parameters are not good to 1e-8.
const LARGEST_ERROR = 1e-8;

/**
 * Why a saddle point should not be taken for what a simulation gives, or undefined.
 *
 * Where the Moreau step jumps with positive density the training objective is not convex, the average of (∂f/∂ω)² diverges
 * and with it the replicon: replica symmetry is then an approximation, and which minimum training finds depends on its start.
 */
export function trustWarning(diagnostics: SaddleDiagnostics): string | undefined {
  const { jumpDensity, replicon, quadratureError } = diagnostics;
  if (!(quadratureError <= LARGEST_ERROR)) {
    return `averages are only known to a relative ${quadratureError.toExponential(1)}`;
  }
  if (jumpDensity > NO_DENSITY) {
    return 'replica symmetry is an approximation here: the loss is not convex (jump density > 0), and a trained student may depend on its start';
  }
  if (replicon >= 1) {
    return 'replica symmetry is unstable here (replicon >= 1)';
  }
  return undefined;
}
