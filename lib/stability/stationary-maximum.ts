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
  /** The stationary points at the learning rates asked for, the smallest first; those beyond the end of the branch are missing. */
  readonly states: readonly Float64Array[];
  /** Whether, where R = 1 is stationary up to the maximum, a stable state of R < 1 takes its place there. */
  readonly givesWay?: boolean;
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
 * Where gradient noise vanishes at alignment, that is stationary at every learning rate, but loses stability at the maximum. What
 * comes to rest beyond is on the branch that leaves it there.
 *
 * @param aligned the fixed point of gradient flow
 * @param largest learning rate up to which the maximum is looked for
 * @param wanted increasing learning rates at which stationary points are wanted, stable or not, before η first turns back
 */
export function* followStationary<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  largest: number,
  wanted: readonly number[],
): Generator<number, StationarySearch> {
  const lost = isSilent(family, aligned) ? spectralMaximum(family, aligned) : undefined;
  const states: Float64Array[] = wanted.filter((rate) => rate < (lost ?? 0)).map(() => aligned.slice());
  let maximum = lost === undefined || lost <= largest ? lost : Infinity;
  if (lost === Infinity) return { maximum, states };
  const natural = Math.min(naturalRate(family(1), aligned), linearMaximum(family, aligned), largest);
  const smallest = lost ?? Math.min(BEGINNING * natural, (wanted[0] ?? Infinity) / 2);
  const farthest = Math.max(largest, 2 * (wanted.at(-1) ?? 0));
  const rates: number[] = [];
  const givesWay = lost !== undefined;
  const branch = stationaryBranch(family, aligned, smallest, lost !== undefined);
  let turn = branch.next();
  for (; !turn.done; turn = branch.next()) {
    const point = turn.value;
    const { learningRate, growth } = point;
    const before = rates.at(-1) ?? 0;
    rates.push(learningRate);
    if (rates.length === 1 && !(growth < -UNSTABLE)) return { maximum, states };
    for (
      let rate = wanted[states.length]!;
      before <= rate && rate < learningRate;
      rate = wanted[states.length]!
    )
      states.push(point.between((at) => Math.log(at.learningRate / rate)).state);
    maximum ??= lossOfStability(point) ?? (learningRate > largest ? Infinity : undefined);
    const settled = states.length === wanted.length || learningRate < before;
    if ((maximum !== undefined && settled) || learningRate > farthest) return { maximum, states, givesWay };
    yield Math.max(0, Math.log(learningRate / smallest) / Math.log(farthest / smallest));
  }
  if (maximum !== undefined || rates.length === 0) return { maximum, states, givesWay };
  return turn.value ? { maximum: limitOf(rates), states } : { maximum, states, lostAt: rates.at(-1)! };
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
  return withoutRest(followStationary(family, aligned, largest, [])).maximum;
}
