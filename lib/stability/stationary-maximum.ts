import { rangeError, requireAnyNumber } from '../foundation/checks.js';
import { withoutRest } from '../foundation/turns.js';
import { requireState } from '../dynamics/system.js';
import { naturalRate, requireFamily, type LearningRateFamily } from './family.js';
import { linearMaximum, spectralMaximum } from './maximum-learning-rate.js';
import { isSilent, stationaryBranch, type BranchPoint } from './stationary-branch.js';

/** What following the branch of stationary points has found so far. */
export interface StationarySearch {
  /** η up to which the stationary point exists and is stable; Infinity beyond where it was followed; undefined if unknown. */
  readonly maximum: number | undefined;
  /** The stationary point at the learning rate asked for. */
  readonly state: Float64Array | undefined;
  /** η at which the branch was lost before its end. */
  readonly lostAt?: number;
}

// The branch begins at this part of the rates where it may change.
const BEGINNING = 1e-2;
const IRREGULAR = 0.01;
// Relative growth below this is rounding.
const UNSTABLE = 1e-11;

/**
 * Limit of η along a branch that goes off to infinite scale in equal steps, where its distance to the limit falls by equal
 * factors: Aitken's Δ². The largest η where the steps have not become regular.
 */
function limitOf(rates: readonly number[]): number {
  const [a = NaN, b = NaN, c = NaN, d = NaN] = rates.slice(-4);
  const ratio = (d - c) / (c - b);
  const regular = ratio > 0 && ratio < 0.9 && Math.abs(ratio - (c - b) / (b - a)) < IRREGULAR;
  return regular ? d + ((d - c) * ratio) / (1 - ratio) : Math.max(...rates);
}

/** Where the branch loses stability between the point before and this one; undefined where it does not. */
function lossOfStability(point: BranchPoint): number | undefined {
  if (!(point.growth >= UNSTABLE)) return undefined;
  return point.between(({ growth }) => growth - UNSTABLE).learningRate;
}

/**
 * Follows the branch of stationary points that begins at alignment: in turns, after each of which the fraction done is yielded.
 *
 * @param aligned the fixed point of gradient flow
 * @param largest learning rate up to which the maximum is looked for
 * @param wanted learning rate at which the stationary point is wanted, stable or not, before η first turns back
 */
export function* followStationary<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  largest: number,
  wanted?: number,
): Generator<number, StationarySearch> {
  if (isSilent(family, aligned)) {
    const maximum = spectralMaximum(family, aligned);
    return { maximum: maximum > largest ? Infinity : maximum, state: aligned.slice() };
  }
  const natural = Math.min(naturalRate(family(1), aligned), linearMaximum(family, aligned), largest);
  const smallest = Math.min(BEGINNING * natural, (wanted ?? Infinity) / 2);
  const farthest = Math.max(largest, 2 * (wanted ?? 0));
  const rates: number[] = [];
  let maximum: number | undefined;
  let state: Float64Array | undefined;
  const branch = stationaryBranch(family, aligned, smallest);
  let turn = branch.next();
  for (; !turn.done; turn = branch.next()) {
    const point = turn.value;
    const { learningRate, growth } = point;
    const before = rates.at(-1) ?? 0;
    rates.push(learningRate);
    if (rates.length === 1 && !(growth < 0)) return { maximum, state };
    if (wanted !== undefined && before <= wanted && learningRate > wanted)
      state ??= point.between((at) => Math.log(at.learningRate / wanted)).state;
    maximum ??= lossOfStability(point) ?? (learningRate > largest ? Infinity : undefined);
    const settled = wanted === undefined || state !== undefined || learningRate < before;
    if ((maximum !== undefined && settled) || learningRate > farthest) return { maximum, state };
    yield Math.max(0, Math.log(learningRate / smallest) / Math.log(farthest / smallest));
  }
  if (maximum !== undefined || rates.length === 0) return { maximum, state };
  return turn.value ? { maximum: limitOf(rates), state } : { maximum, state, lostAt: rates.at(-1)! };
}

/**
 * The learning rate up to which the true stationary point, noise included, exists and is stable: the branch is followed from
 * small η as a curve (`stationaryBranch`), to where it turns back or an eigenvalue crosses zero; or to infinite scale, where the
 * limit of η counts.
 *
 * For normalized rules with ζ > 0 or S > 0 there may be no end.
 *
 * @param aligned the fixed point of gradient flow, whose length is held for normalized rules
 * @param largest where to stop looking
 * @returns undefined where the branch does not begin; Infinity where it goes on to `largest`
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => sgd({ activation: identity, learningRate, noiseVariance: 0.1 });
 * stationaryMaximum(family, aligned, 10); // 2M = 2.0000
 */
export function stationaryMaximum<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  largest: number,
): number | undefined {
  requireState('aligned', aligned, requireFamily(family));
  if (!(requireAnyNumber('largest', largest) > 0)) throw rangeError('largest', 'a number > 0', largest);
  return withoutRest(followStationary(family, aligned, largest)).maximum;
}
