import { estimate, type Estimate } from '../numerics/statistics.js';
import type { NetworkDecay } from './options.js';

/** A learning rate and a gamma decay, and how well networks did with them on held-out images. */
export interface Candidate {
  /** η. */
  readonly learningRate: number;
  /** ζ. */
  readonly gammaDecay: NetworkDecay;
  /** Mean held-out loss at the end of training; Infinity where a run diverged. */
  readonly validationLoss: number;
  /** Standard error of that mean, over the runs of the choice; Infinity where there is one run, or one diverged. */
  readonly standardError: number;
}

/** What was chosen, of which candidates. */
export interface Choice extends Pick<Candidate, 'learningRate' | 'gammaDecay'> {
  /** All candidates; empty where there was one alone, which was not tried. */
  readonly candidates: readonly Candidate[];
}

/** Whether all candidates diverged: the one that was taken is then the first, and no better than the others. */
export function isVain(choice: Choice | undefined): boolean {
  const { candidates } = choice ?? { candidates: [] };
  return candidates.length > 0 && candidates.every(({ validationLoss }) => validationLoss === Infinity);
}

/** Every pair of candidates. */
export function pairsOf(
  learningRates: readonly number[],
  gammaDecays: readonly NetworkDecay[],
): Pick<Candidate, 'learningRate' | 'gammaDecay'>[] {
  return gammaDecays.flatMap((gammaDecay) =>
    learningRates.map((learningRate) => ({ learningRate, gammaDecay })),
  );
}

/** A mean with its error; of losses that are not all finite it is Infinity. */
function meanLoss(losses: readonly number[]): Estimate {
  return losses.every(Number.isFinite) ? estimate(losses) : { mean: Infinity, standardError: Infinity };
}

/**
 * Chooses the pair of lowest held-out loss; the first of equals. One pair alone is not tried. Yields after each step of training.
 *
 * @param lossOf trains a network with a pair and gives its held-out loss; runs are numbered from 0
 */
export function* choose(
  learningRates: readonly number[],
  gammaDecays: readonly NetworkDecay[],
  runs: number,
  lossOf: (pair: Pick<Candidate, 'learningRate' | 'gammaDecay'>, run: number) => Generator<void, number>,
): Generator<void, Choice> {
  const pairs = pairsOf(learningRates, gammaDecays);
  if (pairs.length === 1) return { ...pairs[0]!, candidates: [] };
  const candidates: Candidate[] = [];
  for (const pair of pairs) {
    const losses: number[] = [];
    for (let run = 0; run < runs; run++) losses.push(yield* lossOf(pair, run));
    const { mean, standardError } = meanLoss(losses);
    candidates.push({ ...pair, validationLoss: mean, standardError });
  }
  const best = candidates.reduce((one, other) => (other.validationLoss < one.validationLoss ? other : one));
  return { learningRate: best.learningRate, gammaDecay: best.gammaDecay, candidates };
}
