import type { LearningRateFamily } from './family.js';
import { newtonFrom, stationaryPoint } from './fixed-point.js';
import { spectrum } from './spectrum.js';

const SMALLEST_RATE = 1e-3;
const RATIO = 1.3;
const RELATIVE_TOLERANCE = 1e-9;

/**
 * The learning rate up to which the true stationary point, noise included, exists and is stable: the branch is followed
 * from small η, each point found from the one before, and its end is bisected to a relative 1e-9.
 *
 * For normalized rules with ζ > 0 or S > 0 there may be no end.
 *
 * @param aligned the fixed point of gradient flow, whose length is held for normalized rules
 * @param largest where to stop looking
 * @param onProgress called with the fraction of the search done
 * @returns undefined where the branch does not begin; Infinity where it goes on to `largest`
 */
export function stationaryMaximum<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  largest: number,
  onProgress?: (fraction: number) => void,
): number | undefined {
  const onBranch = (learningRate: number, from: Float64Array): Float64Array | undefined => {
    const rule = family(learningRate);
    const state = newtonFrom(rule, from);
    return state !== undefined && spectrum(rule, state)[0]!.real < 0 ? state : undefined;
  };
  const first = stationaryPoint(family(SMALLEST_RATE), aligned);
  if (first === undefined) return undefined;
  let good = SMALLEST_RATE;
  let state = first;
  let bad = good * RATIO;
  for (; bad <= largest; bad *= RATIO) {
    onProgress?.(Math.log(bad / SMALLEST_RATE) / Math.log(largest / SMALLEST_RATE));
    const next = onBranch(bad, state);
    if (next === undefined) break;
    good = bad;
    state = next;
  }
  if (bad > largest) return Infinity;
  while (bad - good > RELATIVE_TOLERANCE * good) {
    const middle = (good + bad) / 2;
    const next = onBranch(middle, state);
    if (next === undefined) bad = middle;
    else {
      good = middle;
      state = next;
    }
  }
  return good;
}
