import { rangeError, requireInteger, requirePositive, requireWithin } from '../foundation/checks.js';
import { optional, requireOptions, type OptionChecks } from '../foundation/options.js';
import { bracketedRoot } from '../numerics/root-finding.js';
import type { NormalizedOrderParameter } from '../dynamics/normalized-system.js';
import type { TeacherParameters } from '../dynamics/parameters.js';
import { requireRule, type OrderParameterSystem } from '../dynamics/system.js';
import { requireActivation, type Activation } from '../gaussian/activation.js';
import { gammaDecayAtFixedPoint } from '../regularization/decay-from-state.js';

/** What is asked of a teacher of another kind. */
export const teacherChecks: OptionChecks<TeacherParameters> = {
  teacherActivation: optional(requireActivation),
  teacherLength: optional(requirePositive),
};

/**
 * The published strength of gamma decay that a batch size stands for (Luo et al. 2019, Theorem 1), for Gaussian fields and
 * squared loss: ζ = 3h/(4M), h = E[g′(v)²v²], for a unit that is linear on each side of zero, which is 3/(4M) for the linear
 * unit and 3/(8M) for ReLU; for other activations ζ at the fixed point it makes itself at R = 1.
 *
 * @param teacher what its fixed point depends on besides; default a teacher with the student's activation
 * @example
 * publishedGammaDecay(relu, 8); // 0.046875
 */
export function publishedGammaDecay(
  activation: Activation,
  batchSize: number,
  teacher: TeacherParameters = {},
): number {
  requireActivation('activation', activation);
  requireInteger('batchSize', batchSize, 2);
  requireOptions('teacher', teacher, teacherChecks, 'teacher.');
  if (activation.slopes === undefined)
    return gammaDecayAtFixedPoint({ ...teacher, activation, batchSize }).gammaDecay;
  const [a, b] = activation.slopes;
  return (3 * (a * a + b * b)) / (8 * batchSize);
}

// Places of γ looked at, from the smallest that an overlap of order one could leave, in equal ratios.
const SMALLEST_GAMMA = 1e-3;
const LARGEST_GAMMA = 10;
const SCAN_RATIO = 1.25;

/**
 * γ₀ at a given overlap, or undefined where γ comes to no rest: the first zero of dγ/dt that attracts, between R/1000 and 10. Zero
 * itself does not count: there a student has no output, and where g′(0) = 0, as for z³, dγ/dt vanishes with γ.
 */
export function findRestingGamma(
  rule: OrderParameterSystem<NormalizedOrderParameter>,
  overlap: number,
): number | undefined {
  const slope = new Float64Array(3);
  const drift = (gamma: number): number => {
    rule.derivative(0, rule.layout.state({ gamma, overlap, length: 1 }), slope);
    return slope[0]!;
  };
  let left = SMALLEST_GAMMA * overlap;
  let atLeft = drift(left);
  while (left < LARGEST_GAMMA) {
    const right = Math.min(left * SCAN_RATIO, LARGEST_GAMMA);
    const atRight = drift(right);
    if (atLeft > 0 && atRight <= 0) return bracketedRoot(drift, left, right);
    [left, atLeft] = [right, atRight];
  }
  return undefined;
}

/**
 * γ₀ at a given overlap: the first zero of dγ/dt that attracts, between R/1000 and 10.
 *
 * @param overlap R in (0, 1]
 * @throws RangeError when the overlap is not in [0, 1], or γ comes to no rest there
 * @example
 * restingGamma(weightNormalization({ activation: relu, learningRate: 1, gammaDecay: 0.2 }), 1); // 1/(1 + 2ζ) = 0.7142857
 */
export function restingGamma(rule: OrderParameterSystem<NormalizedOrderParameter>, overlap: number): number {
  if (!requireRule('rule', rule).layout.names.includes('gamma'))
    throw rangeError('rule', 'one that has a gamma', rule.rule);
  if (requireWithin('overlap', overlap, 0, 1) === 0) throw rangeError('overlap', 'a number > 0', overlap);
  const gamma = findRestingGamma(rule, overlap);
  if (gamma !== undefined) return gamma;
  const { batchSize } = rule.batchStep;
  throw rangeError(
    'overlap',
    `one at which gamma of ${rule.rule} with batchSize ${batchSize} comes to rest between 0 and 10`,
    overlap,
  );
}
