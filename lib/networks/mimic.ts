import { rangeError } from '../foundation/checks.js';
import { runTurns, type RunControl } from '../foundation/turns.js';
import { estimate, type Estimate } from '../numerics/statistics.js';
import { isVain, type Choice } from './choose.js';
import {
  completeOptions,
  requireMimicOptions,
  type CompleteOptions,
  type MimicOptions,
  type NetworkDecay,
} from './options.js';
import type { EpochFigures } from './epoch-figures.js';
import type { NetworkRun } from './train-one.js';
import { choiceOf, choiceSteps, fractions, imagesOf, stepsOf, trainRuns } from './train-networks.js';

/** The curves that are compared. */
export const comparedCurves = ['trainingLoss', 'validationLoss', 'testLoss'] as const;

/** A curve that is compared. */
export type ComparedCurve = (typeof comparedCurves)[number];

/** How far networks with one gamma decay are from those that they are to mimic. */
export interface Mimicry {
  /** ζ as it was asked for. */
  readonly gammaDecay: NetworkDecay;
  /** Mean ζ of the layers over all epochs. */
  readonly meanGammaDecay: number;
  /** By curve, the distance from the other network of the same run, run by run. */
  readonly distances: Readonly<Record<ComparedCurve, readonly number[]>>;
  /** The networks, run by run. */
  readonly runs: readonly NetworkRun[];
}

/** Networks of one method beside those of another. */
export interface MimickedNetworks {
  /** `trained`; `diverged` where a run did, whose decay is left out; `aborted` keeps the decays that were complete. */
  readonly outcome: 'trained' | 'diverged' | 'aborted';
  /** The outcome in words, with what may help. */
  readonly message: string;
  /** The learning rate of all of them, chosen for the method that is mimicked. */
  readonly choice: Choice | undefined;
  /** Runs of the method that is mimicked. */
  readonly reference: readonly NetworkRun[];
  /** By curve, the mean distance between two of them, of different runs. */
  readonly betweenRuns: Readonly<Record<ComparedCurve, Estimate>>;
  /** By gamma decay. */
  readonly mimicries: readonly Mimicry[];
}

/** Mean over epochs, that before training left out, of the distance between two curves. */
export function curveDistance(
  one: readonly EpochFigures[],
  other: readonly EpochFigures[],
  curve: ComparedCurve,
): number {
  return estimate(one.slice(1).map((figures, e) => Math.abs(figures[curve] - other[e + 1]![curve]))).mean;
}

/** The mean over all pairs of different runs of the distance of their curves, with its jackknife standard error. */
export function distanceBetweenRuns(runs: readonly NetworkRun[], curve: ComparedCurve): Estimate {
  const meanWithout = (left?: number): number => {
    const kept = runs.filter((_, i) => i !== left);
    const distances = kept.flatMap((one, i) =>
      kept.slice(i + 1).map((other) => curveDistance(one.epochs, other.epochs, curve)),
    );
    return distances.length === 0 ? NaN : estimate(distances).mean;
  };
  const count = runs.length;
  const mean = meanWithout();
  if (count < 3) return { mean, standardError: Infinity };
  const parts = estimate(runs.map((_, i) => meanWithout(i)));
  // √((n − 1)/n Σ(value − mean)²), which is n − 1 times the standard error of their mean.
  return { mean, standardError: (count - 1) * parts.standardError };
}

function meanDecay(runs: readonly NetworkRun[]): number {
  const decays = runs.flatMap(({ epochs }) => epochs.slice(1).flatMap(({ gammaDecay }) => gammaDecay));
  return decays.length === 0 ? NaN : estimate(decays).mean;
}

interface Progress {
  choice: Choice | undefined;
  readonly reference: NetworkRun[];
  readonly mimicries: { readonly gammaDecay: NetworkDecay; readonly runs: NetworkRun[] }[];
}

function* mimic(options: CompleteOptions, mimicked: CompleteOptions, progress: Progress): Generator<void> {
  const images = imagesOf(options);
  progress.choice = yield* choiceOf(mimicked, images);
  const { learningRate } = progress.choice;
  yield* trainRuns(mimicked, images, { learningRate, gammaDecay: 0 }, progress.reference);
  for (const gammaDecay of options.gammaDecays) {
    const runs: NetworkRun[] = [];
    progress.mimicries.push({ gammaDecay, runs });
    yield* trainRuns(options, images, { learningRate, gammaDecay }, runs);
  }
}

/** Runs that can be compared. */
const trained = (runs: readonly NetworkRun[]): boolean => runs.every(({ ending }) => ending === 'trained');

/** Which runs diverged, and what is left out for it. */
function divergedWhere(isReferenceTrained: boolean): string {
  return isReferenceTrained
    ? 'a run with one of the gamma decays, which is left out,'
    : 'a run of the method to mimic, without which there is no distance,';
}

function resultOf(
  { choice, reference, mimicries }: Progress,
  runs: number,
  aborted: boolean,
): MimickedNetworks {
  const complete = mimicries.filter((mimicry) => mimicry.runs.length === runs && trained(mimicry.runs));
  const diverged = complete.length < mimicries.length || !trained(reference) || isVain(choice);
  const by = <Value>(measure: (curve: ComparedCurve) => Value): Record<ComparedCurve, Value> =>
    Object.fromEntries(comparedCurves.map((curve) => [curve, measure(curve)])) as Record<
      ComparedCurve,
      Value
    >;
  return {
    outcome: aborted ? 'aborted' : diverged ? 'diverged' : 'trained',
    message: aborted
      ? `aborted with ${complete.length} gamma decays done`
      : diverged
        ? `${divergedWhere(trained(reference))} diverged: take a smaller learningRate${trained(reference) ? ' or gammaDecay' : ''}`
        : 'trained in all runs',
    choice,
    reference,
    betweenRuns: by((curve) => distanceBetweenRuns(trained(reference) ? reference : [], curve)),
    mimicries: (trained(reference) ? complete : []).map((mimicry) => ({
      ...mimicry,
      meanGammaDecay: meanDecay(mimicry.runs),
      distances: by((curve) =>
        mimicry.runs.map((run, k) => curveDistance(run.epochs, reference[k]!.epochs, curve)),
      ),
    })),
  };
}

/**
 * Asks whether networks of one method, at each of several gamma decays, learn as those of another without decay: the distance between
 * the curves of two networks with the same weights to begin with and the same order of images, beside the distance between two
 * networks of the other method that differ in these. All train at the learning rate chosen for the other method.
 *
 * @param options of the networks, with the method that they are to mimic
 * @throws (as a rejection) RangeError or TypeError, one line, naming the argument: fewer than two `runs`, or `reliance`, too
 * @example
 * const data = await loadImages('fashion-mnist');
 * const common = { data, batchSize: 32, learningRate: 0.05, epochs: 1, images: 64, imageSize: 14, runs: 3 };
 * const { mimicries } = await mimicNetworksAsync({ ...common, method: 'population-normalization', mimic: 'batch-normalization', gammaDecay: [0, 0.01] });
 * mimicries.length; // 2
 */
export async function mimicNetworksAsync(
  options: MimicOptions,
  control: RunControl = {},
): Promise<MimickedNetworks> {
  const { mimic: mimicked, ...own } = requireMimicOptions(options);
  const complete = completeOptions(own);
  if (complete.reliance) throw rangeError('reliance', 'left out where mimic is given', complete.reliance);
  if (complete.runs < 2)
    throw rangeError('runs', 'an integer >= 2 to mimic, for the distance between runs', complete.runs);
  const other = completeOptions({ ...own, method: mimicked, gammaDecay: 0 });
  const progress: Progress = { choice: undefined, reference: [], mimicries: [] };
  const all = (1 + complete.gammaDecays.length) * complete.runs;
  const steps = choiceSteps(other) + all * stepsOf(complete);
  const aborted = await runTurns(fractions(mimic(complete, other, progress), steps), control);
  return resultOf(progress, complete.runs, aborted);
}
