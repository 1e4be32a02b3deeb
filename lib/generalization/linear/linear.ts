import { rangeError, requireNonNegative, requirePositive, within } from '../../foundation/checks.js';
import { elsewhere, optional, requireOptions, type OptionChecks } from '../../foundation/options.js';

/** A linear student that learns from P = load · N samples of a linear teacher, t = w*·x/√N + ξ. */
export interface LinearTask {
  /** α = P/N > 0. */
  readonly load: number;
  /** S ≥ 0, variance of the label noise ξ; default 0. */
  readonly noiseVariance?: number;
  /** T = ‖w*‖/√N, from 1e-150 to 1e150; default 1. */
  readonly teacherLength?: number;
}

/** What a linear student has learned, as N → ∞. */
export interface LinearGeneralization {
  /** α = P/N. */
  readonly load: number;
  /** γ = ‖w‖/√N. */
  readonly gamma: number;
  /** R, the cosine of the angle between w and w*. */
  readonly overlap: number;
  /** ε = E[(u − h)²] on new inputs: no ½ and no label noise. */
  readonly generalizationError: number;
  /** (1/P) Σ (t − h)² over the noisy labels learned from. */
  readonly trainingError: number;
  /** V = Tr(XᵀX + λ)⁻¹/N: how far h of a sample moves with its label, by V/(1 + V). Infinite for λ → 0⁺ at α ≤ 1. */
  readonly susceptibility: number;
  /** Says what diverges. */
  readonly warning?: string;
}

const taskChecks: OptionChecks<LinearTask> = {
  load: requirePositive,
  noiseVariance: optional(requireNonNegative),
  teacherLength: optional(within(1e-150, 1e150)),
};

/**
 * Checks a task and fills in its defaults.
 *
 * @param name of the argument as a whole
 * @param others checks of the options that are not the task's
 */
export function checkedLinearTask<Task extends LinearTask>(
  name: string,
  task: Task,
  others?: Omit<OptionChecks<Task>, keyof LinearTask>,
): Required<LinearTask> {
  requireOptions<LinearTask>(name, task, { ...taskChecks, ...others });
  const { load, noiseVariance = 0, teacherLength = 1 } = task;
  return { load, noiseVariance, teacherLength };
}

/** λ = αζ, checked to be 0 or far from under- and overflow. */
export function ridgeOf(load: number, gammaDecay: number): number {
  const ridge = load * requireNonNegative('gammaDecay', gammaDecay);
  if (gammaDecay > 0 && !(ridge >= 1e-307 && ridge <= 1e307)) {
    throw rangeError('gammaDecay', '0 or from 1e-307 to 1e307 after multiplication by load', gammaDecay);
  }
  return ridge;
}

/**
 * Generalization of the linear student at the minimum of (1/P) Σ ½(t − h)² + ½ζγ², h = w·x/√N: ridge regression with
 * λ = αζ. At ζ = 0 it is the limit ζ → 0⁺, the solution of least norm.
 *
 * With X the P × N matrix of inputs over √N and averages over the spectrum of XᵀX (Marchenko & Pastur 1967), ρ = T²,
 *
 *     m/ρ = ⟨x/(x + λ)⟩,  q = γ² = ρ⟨x²/(x + λ)²⟩ + S⟨x/(x + λ)²⟩,  ε = ρ⟨λ²/(x + λ)²⟩ + S⟨x/(x + λ)²⟩,
 *
 * all functions of V = ⟨1/(x + λ)⟩, the positive root of λV² + bV − 1 = 0, b = λ + α − 1, and of its slope
 * −V(1 + V)/D, D = √(b² + 4λ). The forms used here have positive terms only: with κ = λV and μ = m/ρ = αV/(1 + V),
 *
 *     ε = [ρκ(λ + κ) + Sμ]/D,  q = μ[ρ(D − λ) + S]/D,  D − λ = [2λ(1 + α) + (α − 1)²]/(D + λ),
 *
 * and the training error is (ε + S)/(1 + V)². So every result keeps its relative precision (1e-14) next to α = 1, where α − 1
 * is exact, and for αζ from 1e-307 to 1e307. At α = 1, ζ = 0, S > 0 both ε and γ are Infinity, with a `warning`.
 *
 * @param options the task and `gammaDecay`, ζ ≥ 0 (default 0)
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * linearGeneralization({ load: 0.5, noiseVariance: 0.1 }).generalizationError; // 1 − α + αS/(1 − α) = 0.6
 */
export function linearGeneralization(
  options: LinearTask & {
    /** ζ ≥ 0; default 0. */
    readonly gammaDecay?: number;
  },
): LinearGeneralization {
  const { load, noiseVariance, teacherLength } = checkedLinearTask('options', options, {
    gammaDecay: optional(elsewhere),
  });
  const { gammaDecay = 0 } = options;
  const ridge = ridgeOf(load, gammaDecay);
  const excess = load - 1;
  const b = ridge + excess;
  const discriminant = Math.hypot(b, 2 * Math.sqrt(ridge));
  if (discriminant === 0) return atDivergence(noiseVariance, teacherLength);

  // The two roots of κ² + bκ − λ = 0 have the product −λ; the larger one in size does not cancel. inverse = 1/V.
  const larger = Math.abs(b) / 2 + discriminant / 2;
  const [inverse, shrinkage] = b >= 0 ? [larger, ridge / larger] : [ridge / larger, larger];
  const alignment = load / (1 + inverse);
  const power = teacherLength ** 2;
  const sum = discriminant + ridge;
  const gap = 2 * (1 + load) * (ridge / sum) + excess * (excess / sum);
  const generalizationError =
    power * shrinkage * ((ridge + shrinkage) / discriminant) + (noiseVariance * alignment) / discriminant;
  return {
    load,
    // Two roots, since q itself underflows for the largest ζ.
    gamma: Math.sqrt(alignment) * Math.sqrt((power * gap + noiseVariance) / discriminant),
    overlap: Math.min(1, Math.sqrt((alignment * discriminant) / (gap + noiseVariance / power))),
    generalizationError,
    trainingError: (generalizationError + noiseVariance) * (inverse / (1 + inverse)) ** 2,
    susceptibility: 1 / inverse,
  };
}

/** The limit ζ → 0⁺ at α = 1, where the spectrum of XᵀX reaches down to 0. */
function atDivergence(noiseVariance: number, teacherLength: number): LinearGeneralization {
  const result = {
    load: 1,
    gamma: teacherLength,
    overlap: 1,
    generalizationError: 0,
    trainingError: 0,
    susceptibility: Infinity,
  };
  if (noiseVariance === 0) return result;
  const warning =
    'at load 1 the solution of least norm fits the label noise with weights of unbounded length; ' +
    'generalizationError and gamma diverge';
  return { ...result, gamma: Infinity, overlap: 0, generalizationError: Infinity, warning };
}
