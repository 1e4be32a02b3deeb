import { requireIncreasing, requirePositive } from '../foundation/checks.js';
import { requireOptions, type OptionChecks } from '../foundation/options.js';
import { asPart, runTurns, withoutRest, type RunControl } from '../foundation/turns.js';
import { observableOf } from '../dynamics/system.js';
import { familyChecks, type FamilyOptions } from './family.js';
import { alignedFixedPointTurns, newtonFrom } from './fixed-point.js';
import { restingState, type RestingState } from './resting-state.js';
import { followStationary } from './stationary-maximum.js';

/** What to find stationary states of. */
export interface StationaryStatesOptions<Name extends string> extends FamilyOptions<Name> {
  /** Increasing η/L² > 0 (SGD: η). */
  readonly reducedLearningRates: readonly number[];
}

/** Where a student rests at one learning rate. */
export interface StationaryState<Name extends string> extends RestingState<Name> {
  /** η/L² (SGD: η). */
  readonly reducedLearningRate: number;
  /** ηγ/L² (SGD: η) with the γ of this state. */
  readonly effectiveLearningRate: number;
  /** ε = E[(g(u) − ŷ)²]. */
  readonly generalizationError: number;
}

const checks: OptionChecks<StationaryStatesOptions<string>> = {
  ...familyChecks,
  reducedLearningRates: requireIncreasing,
};

// The fixed point, as a fraction of the work.
const ALIGNED = 0.1;

function* search<Name extends string>(
  { family, reducedLearningRates, length = 1 }: StationaryStatesOptions<Name>,
  found: StationaryState<Name>[],
): Generator<number, void> {
  const aligned = yield* asPart(alignedFixedPointTurns(family, length), (done) => ALIGNED * done);
  if (aligned === undefined) return;
  const perLearningRate = observableOf(family(1), 'reducedLearningRate')(0, aligned);
  const wanted = reducedLearningRates.map((rate) => rate / perLearningRate);
  const branch = followStationary(family, aligned, wanted.at(-1)!, wanted);
  const { states } = yield* asPart(branch, (done) => ALIGNED + (1 - ALIGNED) * done);
  states.forEach((state, i) => {
    const rule = family(wanted[i]!);
    const resting = newtonFrom(rule, state) ?? state;
    found.push({
      ...restingState(rule, resting),
      reducedLearningRate: reducedLearningRates[i]!,
      effectiveLearningRate: observableOf(rule, 'effectiveLearningRate')(0, resting),
      generalizationError: observableOf(rule, 'generalizationError')(0, resting),
    });
  });
}

/**
 * Where a student rests at each of several learning rates, gradient noise included and the length of normalized rules held fixed: the
 * states that are reached from alignment as the learning rate grows (docs/theory/learning-rates.md#the-stationary-point). Without
 * noise at R = 1 that is R = 1 up to the maximum, and the branch that leaves it there beyond.
 *
 * @returns states by increasing learning rate, up to where they are lost; stable where every eigenvalue has a negative real part
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => weightNormalization({ activation: identity, learningRate });
 * const [slow, fast] = stationaryStates({ family, reducedLearningRates: [1, 8] });
 * slow.misalignment; // 0
 * fast.orderParameters.overlap; // 0.5 = √(2M/8)
 */
export function stationaryStates<Name extends string>(
  options: StationaryStatesOptions<Name>,
): StationaryState<Name>[] {
  requireOptions('options', options, checks);
  requirePositive('reducedLearningRates[0]', options.reducedLearningRates[0]);
  const found: StationaryState<Name>[] = [];
  withoutRest(search(options, found));
  return found;
}

/**
 * As `stationaryStates`, yielding to the event loop between turns; none are found where the signal ends it.
 *
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * await stationaryStatesAsync({ family, reducedLearningRates: [1, 8] }, { signal: AbortSignal.timeout(5000) });
 */
export async function stationaryStatesAsync<Name extends string>(
  options: StationaryStatesOptions<Name>,
  control: RunControl = {},
): Promise<StationaryState<Name>[]> {
  requireOptions('options', options, checks);
  requirePositive('reducedLearningRates[0]', options.reducedLearningRates[0]);
  const found: StationaryState<Name>[] = [];
  await runTurns(search(options, found), control);
  return found;
}
