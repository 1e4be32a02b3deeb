import { requirePositive } from '../foundation/checks.js';
import { requireOptions, type OptionChecks } from '../foundation/options.js';
import { asPart, runTurns, withoutRest, type RunControl } from '../foundation/turns.js';
import { observableOf } from '../dynamics/system.js';
import { familyChecks, type FamilyOptions } from './family.js';
import { alignedFixedPointTurns, newtonFrom } from './fixed-point.js';
import { maximaAt, maximumInSenses, type MaximumLearningRate } from './maximum-senses.js';
import { restingState, type RestingState } from './resting-state.js';
import { followStationary, type StationarySearch } from './stationary-maximum.js';

/** What to find fixed points and learning rates of. */
export interface LearningRatesOptions<Name extends string> extends FamilyOptions<Name> {
  /** η > 0 at which stationary point and eigenvalues are taken. */
  readonly learningRate: number;
}

const checks: OptionChecks<LearningRatesOptions<string>> = {
  ...familyChecks,
  learningRate: requirePositive,
};

/** Fixed points and learning rates of a rule; see `learningRates`. What was not found, or not before an abort, is undefined. */
export interface LearningRates<Name extends string> {
  /** `no-fixed-point`: none with R = 1 that attracts gradient flow; `no-stationary-point`: it is lost at a smaller η. */
  readonly outcome: 'found' | 'no-stationary-point' | 'no-fixed-point' | 'aborted';
  /** The outcome in words. */
  readonly message: string;
  /** The fixed point of gradient flow with R = 1; eigenvalues at the rule's η. */
  readonly fixedPoint: RestingState<Name> | undefined;
  /**
   * Where the rule rests at its η, noise included and the length of normalized rules held fixed: on the branch that begins at
   * the fixed point for small η, before η first turns back; undefined if nowhere.
   */
  readonly stationaryPoint: RestingState<Name> | undefined;
  /** How large η may be at the fixed point, in its several senses. */
  readonly maximumLearningRate: MaximumLearningRate | undefined;
  /** ηγ₀/L² at the fixed point (SGD: η). */
  readonly effectiveLearningRate: number | undefined;
}

// How far the stationary point is followed, in units of the batch size: fifty times 2M.
const STATIONARY_SEARCH = 100;

// Parts of the work, as fractions of the bar: the fixed point, its spectra, then the branch of stationary points.
const ALIGNED = 0.1;
const SPECTRA = 0.2;

type Numbers<Name extends string> = Omit<LearningRates<Name>, 'outcome' | 'message'>;

/** What a search has found so far: nothing before the fixed point is known, and where there is none. */
interface Found<Name extends string> {
  numbers: Numbers<Name>;
}

const nothing = {
  fixedPoint: undefined,
  stationaryPoint: undefined,
  maximumLearningRate: undefined,
  effectiveLearningRate: undefined,
} satisfies Numbers<string>;

/** The work of `learningRates` in turns, each yielding the fraction done. */
function* search<Name extends string>(
  { family, learningRate, length = 1 }: LearningRatesOptions<Name>,
  found: Found<Name>,
): Generator<number, void> {
  const aligned = yield* asPart(alignedFixedPointTurns(family, length), (done) => ALIGNED * done);
  if (aligned === undefined) return;
  const rule = family(learningRate);
  const unit = family(1);
  const fixedPoint = restingState(rule, aligned);
  yield (ALIGNED + SPECTRA) / 2;
  const maxima = maximaAt(family, aligned);
  const largest =
    (STATIONARY_SEARCH * rule.batchStep.batchSize) / observableOf(unit, 'reducedLearningRate')(0, aligned);

  const numbersOf = (searched: StationarySearch | undefined): Numbers<Name> => {
    const state = searched?.states[0];
    const resting = state && (newtonFrom(rule, state) ?? state);
    return {
      fixedPoint,
      stationaryPoint: resting && restingState(rule, resting),
      maximumLearningRate: maximumInSenses(unit, aligned, maxima, searched, largest),
      effectiveLearningRate: observableOf(rule, 'effectiveLearningRate')(0, aligned),
    };
  };

  found.numbers = numbersOf(undefined);
  yield SPECTRA;
  const branch = followStationary(family, aligned, largest, [learningRate]);
  found.numbers = numbersOf(yield* asPart(branch, (done) => SPECTRA + (1 - SPECTRA) * done));
}

function resultOf<Name extends string>(
  { numbers: found }: Found<Name>,
  { learningRate }: LearningRatesOptions<Name>,
  aborted: boolean,
): LearningRates<Name> {
  if (aborted) return { outcome: 'aborted', message: 'aborted before all was found', ...found };
  if (!found.fixedPoint) {
    const message =
      'gradient flow has no fixed point with R = 1 that attracts it, at a scale between 1e-3 and 1e3';
    return { outcome: 'no-fixed-point', message, ...found };
  }
  if (!found.stationaryPoint) {
    const message = `no stationary point at a learning rate of ${learningRate}: it is lost at a smaller one`;
    return { outcome: 'no-stationary-point', message, ...found };
  }
  return { outcome: 'found', message: 'fixed point and stationary point found', ...found };
}

/**
 * Fixed points, their spectra, and the maximum and effective learning rates of a rule (docs/theory/learning-rates.md).
 *
 * `maximumLearningRate` tells the sense of its headline: for a rule all of whose order parameters come to rest, as SGD, where the
 * stationary state is lost; for a normalized rule, whose length goes on growing, where the coefficient of r = 1 − R in dr/dt changes sign at the
 * gradient-flow fixed point, at frozen length. `spectral` is where the full Jacobian there loses stability.
 *
 * @throws RangeError or TypeError for a bad argument, naming it
 * @example
 * const family = (learningRate) => weightNormalization({ activation: relu, learningRate, gammaDecay: 0.2 });
 * learningRates({ family, learningRate: 0.5 }).maximumLearningRate.reduced; // 4.1576
 */
export function learningRates<Name extends string>(options: LearningRatesOptions<Name>): LearningRates<Name> {
  requireOptions('options', options, checks);
  const found: Found<Name> = { numbers: nothing };
  withoutRest(search(options, found));
  return resultOf(found, options, false);
}

/**
 * As `learningRates`, yielding to the event loop between turns; an abort is an outcome, with what was found until then.
 *
 * @throws (as a rejection) RangeError or TypeError for a bad argument, naming it
 * @example
 * await learningRatesAsync({ family, learningRate: 0.5 }, { signal: AbortSignal.timeout(5000) });
 */
export async function learningRatesAsync<Name extends string>(
  options: LearningRatesOptions<Name>,
  control: RunControl = {},
): Promise<LearningRates<Name>> {
  requireOptions('options', options, checks);
  const found: Found<Name> = { numbers: nothing };
  return resultOf(found, options, await runTurns(search(options, found), control));
}
