import { Matrix, solve as solveLinear } from 'ml-matrix';
import { requirePositive } from '../foundation/checks.js';
import { withoutRest } from '../foundation/turns.js';
import { bracketedRoot } from '../numerics/root-finding.js';
import { requireRule, requireState, type OrderParameterSystem } from '../dynamics/system.js';
import { alignedStart, requireFamily, settlingIndices, type LearningRateFamily } from './family.js';
import { settlingJacobian } from './spectrum.js';

const SMALLEST_SCALE = 1e-3;
const LARGEST_SCALE = 1e3;
const SCAN_RATIO = 1.1;

/** Whether gradient flow turns a student near alignment away from it, as far from a teacher of another activation it may. */
function isRepelling<Name extends string>(family: LearningRateFamily<Name>, aligned: Float64Array): boolean {
  // As for the drift of the scale, two learning rates give what is left as η → 0.
  const [slow, fast] = [1, 2].map((learningRate) => {
    const rule = family(learningRate);
    const place = rule.settling.indexOf('overlap' as Name);
    return settlingJacobian(rule, aligned)[place]![place]!;
  });
  return 2 * slow! - fast! / 2 > 0;
}

/** The work of `alignedFixedPoint` in turns, each yielding the fraction of the scales that were looked at. */
export function* alignedFixedPointTurns<Name extends string>(
  family: LearningRateFamily<Name>,
  length: number,
): Generator<number, Float64Array | undefined> {
  const slow = family(1);
  const fast = family(2);
  const { scale } = settlingIndices(slow);
  const state = alignedStart(slow, length);
  const slope = new Float64Array(state.length);
  const drift = (value: number): number => {
    state[scale] = value;
    slow.derivative(0, state, slope);
    const atOne = slope[scale]!;
    fast.derivative(0, state, slope);
    return 2 * atOne - slope[scale]! / 2;
  };
  let left = SMALLEST_SCALE;
  let atLeft = drift(left);
  for (let right = left * SCAN_RATIO; right < LARGEST_SCALE; right *= SCAN_RATIO) {
    const atRight = drift(right);
    if (atLeft > 0 && atRight <= 0) {
      state[scale] = bracketedRoot(drift, left, right);
      return isRepelling(family, state) ? undefined : state;
    }
    yield Math.log(right / SMALLEST_SCALE) / Math.log(LARGEST_SCALE / SMALLEST_SCALE);
    [left, atLeft] = [right, atRight];
  }
  return undefined;
}

/**
 * The fixed point of gradient flow at full alignment, if it attracts: R = 1, and the scale (γ for normalized rules, L for SGD)
 * at the first zero of its drift that attracts.
 *
 * The drift is what is left of d(scale)/dt as η → 0. It depends on η as ηa + η²b, so two learning rates give a exactly.
 *
 * @param length the length at which normalized rules are looked at
 * @returns the state, or undefined where no zero lies between 1e-3 and 1e3, or gradient flow turns the student away from R = 1
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => weightNormalization({ activation: relu, learningRate, gammaDecay: 0.2 });
 * alignedFixedPoint(family, 1)[0]; // 0.7142857 = h/(h + ζ), h = E[g′(v)²v²] = 1/2
 */
export function alignedFixedPoint<Name extends string>(
  family: LearningRateFamily<Name>,
  length: number,
): Float64Array | undefined {
  requireFamily(family);
  requirePositive('length', length);
  return withoutRest(alignedFixedPointTurns(family, length));
}

const NEWTON_STEPS = 100;
// A Newton step this small, relative to the state, is below what rounding lets it resolve.
const SMALLEST_STEP = 1e-12;
// A step this small is taken as it is: Newton's method converges by itself there, in two steps more, while rounding in one
// component can hide from the residual what is gained in another.
const TRUSTED_STEP = 1e-6;
const TRUSTED_STEPS = 3;
const CONVERGED = 1e-9;
const AT_REST = 1e-13;

/** The Newton step of the settling order parameters, for the motion last written to `slope`. */
function newtonStep<Name extends string>(
  rule: OrderParameterSystem<Name>,
  state: Float64Array,
  slope: Float64Array,
  settling: readonly number[],
): number[] {
  const target = Matrix.columnVector(settling.map((index) => -slope[index]!));
  return solveLinear(new Matrix(settlingJacobian(rule, state)), target, true).getColumn(0);
}

/**
 * One damped Newton search for a zero of the settling order parameters' motion, within 0 ≤ r ≤ 2 and γ, L > 0 (a negative γ
 * is a student of the opposite direction); undefined where it fails.
 */
export function newtonFrom<Name extends string>(
  rule: OrderParameterSystem<Name>,
  start: Float64Array,
): Float64Array | undefined {
  const { settling, overlap, scale } = settlingIndices(rule);
  const slope = new Float64Array(start.length);
  const residual = (state: Float64Array): number => {
    if (!(state[overlap]! >= 0 && state[overlap]! <= 2 && state[scale]! > 0)) return Infinity;
    rule.derivative(0, state, slope);
    return Math.max(...settling.map((index) => Math.abs(slope[index]!)));
  };
  let state: Float64Array = start.slice();
  let trustedSteps = 0;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const size = residual(state);
    const change = newtonStep(rule, state, slope, settling);
    if (!change.every(Number.isFinite)) return undefined;
    const within = (tolerance: number): boolean =>
      settling.every((index, i) => Math.abs(change[i]!) <= tolerance * Math.abs(state[index]!));
    if (size === 0 || within(SMALLEST_STEP)) return state;
    const trusted = within(TRUSTED_STEP);
    if (trusted && ++trustedSteps > TRUSTED_STEPS) return within(CONVERGED) ? state : undefined;
    const moved = (damping: number): Float64Array => {
      const next = state.slice();
      settling.forEach((index, i) => (next[index] = next[index]! + damping * change[i]!));
      return next;
    };
    let damping = 1;
    let next = moved(damping);
    while (!trusted && !(residual(next) < size)) {
      damping /= 2;
      if (damping < 1e-6) return undefined;
      next = moved(damping);
    }
    state = next;
  }
  return undefined;
}

// Misalignments to start the search from, in order; the stationary point of a noisy rule lies at small but finite r.
const STARTS = [1e-4, 1e-2, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 1];
// At γ = 0 a student has no output and its direction rests anywhere. Relative to the scale at alignment:
const SMALLEST_OUTPUT = 1e-6;

/**
 * The stationary point of a rule near alignment: where the settling order parameters rest at this learning rate, noise
 * included, the others held as in `aligned`. It has R < 1 unless the noise vanishes at R = 1.
 *
 * @param aligned the fixed point of gradient flow, as `alignedFixedPoint` finds it
 * @returns the first that damped Newton finds, starting ever further from alignment; undefined when there is none
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => weightNormalization({ activation: identity, learningRate, noiseVariance: 0.1 });
 * const [gamma, misalignment] = stationaryPoint(family(0.5), alignedFixedPoint(family, 1));
 * misalignment; // 0.016094
 * 1 - gamma; // 0.016094, as γ = R for the identity
 */
export function stationaryPoint<Name extends string>(
  rule: OrderParameterSystem<Name>,
  aligned: Float64Array,
): Float64Array | undefined {
  requireState('aligned', aligned, requireRule('rule', rule));
  const { settling, overlap, scale } = settlingIndices(rule);
  const slope = new Float64Array(aligned.length);
  rule.derivative(0, aligned, slope);
  if (settling.every((index) => Math.abs(slope[index]!) <= AT_REST)) return aligned.slice();
  for (const r of STARTS) {
    const start = aligned.slice();
    start[overlap] = r;
    const state = newtonFrom(rule, start);
    if (state !== undefined && state[scale]! > SMALLEST_OUTPUT * aligned[scale]!) return state;
  }
  return undefined;
}
