import { rangeError, requireAnyNumber, requirePositive, within } from '../../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../../foundation/options.js';
import { completeProblem, type GeneralizationProblem } from './saddle-problem.js';
import { bestPoint, saddleSolver } from './saddle-solver.js';
import type { SaddlePoint, SaddleStart } from './saddle-types.js';

function requireSusceptibility(name: string, value: unknown): number {
  const susceptibility = requireAnyNumber(name, value);
  if (!(susceptibility > 0)) throw rangeError(name, 'a number > 0', value);
  return susceptibility;
}

// A point that was found before is a start as well.
const startChecks: OptionChecks<SaddleStart & Partial<Omit<SaddlePoint, keyof SaddleStart>>> = {
  gamma: requirePositive,
  overlap: within(-1, 1),
  susceptibility: optional(requireSusceptibility),
  outcome: optional(elsewhere),
  load: optional(elsewhere),
  generalizationError: optional(elsewhere),
  trainingError: optional(elsewhere),
  objective: optional(elsewhere),
  diagnostics: optional(elsewhere),
  warning: optional(elsewhere),
};

/**
 * The replica-symmetric saddle point of a student trained on P = αN samples to the minimum of
 * (1/P) Σ ½(t − g(h))² + ½ζγ² (docs/theory/generalization.md), to 1e-10 of γR, γ√(1 − R²) and V.
 *
 * In closed form for linear students of any teacher, and up to the root for ReLU and leaky ReLU of non-negative slope and a teacher that is
 * linear on each side of zero, at any label noise; other activations and other teachers by quadrature, to 1e-9 (half a second a point or more, several
 * seconds at V above 1000; a search ends after some seconds, and `warning` says what to change). Next to the interpolation threshold
 * V is known to 1e-10/(λV + V^−½), the rest as everywhere.
 *
 * Without `start`, the better (lower objective) of the points reached from a student aligned with the teacher and from one
 * almost at right angles to it. `gammaDecay: 0` is the limit ζ → 0⁺: below the interpolation threshold V diverges as 1/λ,
 * and the point, with `susceptibility: Infinity`, is the shortest student that meets every label it can reach. It is known for students
 * linear on each side of zero, and for others below a load of 1 if they reach every label; where labels are out of reach of a student that
 * saturates, `gammaDecay: 0` needs a load above the threshold.
 *
 * @param problem the problem and its load α > 0
 * @param start where to look first
 * @throws RangeError or TypeError naming an argument out of its domain; so `gammaDecay: 0` by quadrature where V is infinite
 * @example
 * saddlePoint({ activation: relu, load: 2, gammaDecay: 0.25, noiseVariance: 0.05 }).generalizationError; // 0.172942041
 */
export function saddlePoint(
  problem: GeneralizationProblem & {
    /** α = P/N > 0. */
    readonly load: number;
  },
  start?: SaddleStart,
): SaddlePoint {
  const complete = completeProblem(problem, { load: requirePositive });
  if (start !== undefined) requireOptions('start', start, startChecks, 'start.');
  const { load } = problem;
  const solve = saddleSolver(complete);
  if (start === undefined) return bestPoint(solve, load, complete.teacherLength);
  return solve(load, start, 0);
}
