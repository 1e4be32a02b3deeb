import { rangeError, requireAnyNumber, requireFunction } from '../foundation/checks.js';
import { requireState } from '../dynamics/system.js';
import { requireFamily, type LearningRateFamily } from './family.js';
import { newtonFrom, stationaryPoint } from './fixed-point.js';
import { spectrum } from './spectrum.js';

const SMALLEST_RATE = 1e-3;
const LARGEST_STEP = 0.3;
const SMALLEST_STEP = 1e-9;

/**
 * The learning rate up to which the true stationary point, noise included, exists and is stable: the branch is followed
 * from small η, each point found from the one before, in steps that shrink where Newton's method loses it. It ends where no
 * relative step of 1e-9 succeeds.
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
  requireState('aligned', aligned, requireFamily(family));
  if (!(requireAnyNumber('largest', largest) > 0)) throw rangeError('largest', 'a number > 0', largest);
  if (onProgress !== undefined) requireFunction('onProgress', onProgress);
  const onBranch = (learningRate: number, from: Float64Array): Float64Array | undefined => {
    const rule = family(learningRate);
    const state = newtonFrom(rule, from);
    return state !== undefined && spectrum(rule, state)[0]!.real < 0 ? state : undefined;
  };
  const first = stationaryPoint(family(SMALLEST_RATE), aligned);
  if (first === undefined) return undefined;
  let learningRate = SMALLEST_RATE;
  let state = first;
  for (let step = LARGEST_STEP; step > SMALLEST_STEP;) {
    if (learningRate > largest) return Infinity;
    onProgress?.(Math.log(learningRate / SMALLEST_RATE) / Math.log(largest / SMALLEST_RATE));
    const next = onBranch(learningRate * (1 + step), state);
    if (next === undefined) step /= 4;
    else {
      learningRate *= 1 + step;
      state = next;
      step = Math.min(2 * step, LARGEST_STEP);
    }
  }
  return learningRate;
}
