import { rangeError, requirePositive } from '../foundation/checks.js';
import { interpolated } from '../numerics/finite-differences.js';
import { bracketedRoot } from '../numerics/root-finding.js';
import { requireState, type OrderParameterSystem } from '../dynamics/system.js';
import { naturalRate, requireFamily, settlingIndices, type LearningRateFamily } from './family.js';
import { settlingJacobian, spectrum } from './spectrum.js';
import { frozenGrowthRate } from './frozen-growth.js';

// In units of M, or M L² (`naturalRate`), with which maxima grow.
const SMALLEST_RATE = 1e-4;
const LARGEST_RATE = 1e7;
const SCAN_RATIO = 1.25;

/**
 * First zero of a function of a rule and its η that is negative at small η; Infinity where it stays negative.
 *
 * @throws RangeError or TypeError for a family or a state that is none
 */
function firstSignChange<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  growth: (rule: OrderParameterSystem<Name>, learningRate: number) => number,
  tolerance?: number,
): number {
  requireState('aligned', aligned, requireFamily(family));
  const f = (learningRate: number): number => growth(family(learningRate), learningRate);
  const unit = naturalRate(family(1), aligned);
  let left = SMALLEST_RATE * unit;
  for (let right = left * SCAN_RATIO; right < LARGEST_RATE * unit; right *= SCAN_RATIO) {
    const value = f(right);
    if (Number.isNaN(value))
      throw rangeError('activation', 'one whose averages quadrature can find at the fixed point', value);
    if (value >= 0) return bracketedRoot(f, left, right, tolerance);
    left = right;
  }
  return Infinity;
}

/**
 * The learning rate η at which the coefficient of r in dr/dt changes sign, r = 1 − R, at a state with R = 1 and the
 * order parameters other than r held fixed; derivative one-sided, exact. Infinity where it never does.
 *
 * @param aligned the fixed point of gradient flow
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * linearMaximum((learningRate) => sgd({ activation: relu, learningRate, batchSize: 4 }), aligned); // 2M = 8
 */
export function linearMaximum<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
): number {
  return firstSignChange(family, aligned, (rule) => {
    const place = rule.settling.indexOf('overlap' as Name);
    return settlingJacobian(rule, aligned)[place]![place]!;
  });
}

/**
 * As `linearMaximum`, with the derivative from differences of the right-hand side alone.
 *
 * @param aligned the fixed point of gradient flow
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => sgd({ activation: relu, learningRate, batchSize: 4 });
 * linearMaximumByDifferences(family, aligned); // 2M = 8.00000
 */
export function linearMaximumByDifferences<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
): number {
  return firstSignChange(family, aligned, (rule) => oneSidedSlope(rule, aligned));
}

/**
 * d(dr/dt)/dr at r = 0 from values at r > 0. Averages of kinked activations have powers of √r, so the difference quotient
 * is extrapolated to zero in √r by a polynomial.
 */
function oneSidedSlope<Name extends string>(rule: OrderParameterSystem<Name>, aligned: Float64Array): number {
  const { overlap } = settlingIndices(rule);
  const state = aligned.slice();
  const slope = new Float64Array(state.length);
  rule.derivative(0, aligned, slope);
  const atZero = slope[overlap]!;
  const roots = [0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14];
  const quotients = roots.map((root) => {
    state[overlap] = root * root;
    rule.derivative(0, state, slope);
    return [(slope[overlap]! - atZero) / (root * root)];
  });
  return interpolated(roots, quotients, 0, 0)[0];
}

/**
 * The learning rate η at which an eigenvalue of the full Jacobian of the settling order parameters crosses zero; Infinity
 * where none does.
 *
 * @param aligned the fixed point of gradient flow
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => weightNormalization({ activation: relu, learningRate, gammaDecay: 0.2, batchSize: 4 });
 * spectralMaximum(family, alignedFixedPoint(family, 1)); // 14.07179, where `linearMaximum` is 16.63030
 */
export function spectralMaximum<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
): number {
  return firstSignChange(family, aligned, (rule) => spectrum(rule, aligned)[0]!.real);
}

/**
 * The learning rate at which trajectories started at 1 − R = 1e-8 with frozen length turn from decay to growth, by
 * bisection on the measured growth rate. Meaningful where R = 1 is a fixed point (ζ = 0 and S = 0, or SGD with S = 0).
 *
 * @param aligned the fixed point of gradient flow
 * @param tolerance absolute, in η, > 0
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => sgd({ activation: relu, learningRate, batchSize: 4 });
 * maximumByBisection(family, aligned, 1e-3); // 2M = 8.00
 */
export function maximumByBisection<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  tolerance: number,
): number {
  requirePositive('tolerance', tolerance);
  return firstSignChange(
    family,
    aligned,
    (rule, learningRate) => frozenGrowthRate(rule, aligned, learningRate),
    tolerance,
  );
}
