import { choose, type Candidate } from '../../lib/networks/choose.js';
import type { ImageSet } from '../../lib/networks/images/image-set.js';
import { curveDistance, distanceBetweenRuns, mimicNetworksAsync } from '../../lib/networks/mimic.js';
import { methodNames } from '../../lib/networks/methods/index.js';
import { completeOptions } from '../../lib/networks/options.js';
import type { EpochFigures } from '../../lib/networks/epoch-figures.js';
import { streamsOf } from '../../lib/networks/streams.js';
import { heldOutLoss, type NetworkRun } from '../../lib/networks/train-one.js';
import {
  imagesOf,
  trainingOf,
  trainNetworks,
  trainNetworksAsync,
} from '../../lib/networks/train-networks.js';
import { withoutRest } from '../../lib/foundation/turns.js';
import { quarters } from './small-networks.js';

const data = quarters();
const common = {
  data,
  batchSize: 12,
  learningRate: 0.02,
  epochs: 3,
  widths: [8],
  images: 96,
  heldOut: 24,
} as const;

/** A run whose losses are all one number, epoch by epoch. */
function runOf(losses: readonly number[]): NetworkRun {
  const epochs = losses.map((loss) => ({ validationLoss: loss }) as EpochFigures);
  return { ending: 'trained', epochs, reliance: undefined };
}

describe('training networks', () => {
  it('gives the same numbers again, at once or with rests', async () => {
    const options = {
      ...common,
      method: 'batch-mean',
      dropout: 0.2,
      runs: 2,
      gammaDecay: 'published',
    } as const;
    const trained = trainNetworks(options);
    expect(trainNetworks(options)).toEqual(trained);
    const fractions: number[] = [];
    expect(await trainNetworksAsync(options, { onProgress: (fraction) => fractions.push(fraction) })).toEqual(
      trained,
    );
    expect(fractions).toHaveLength(2 * 3 * 8);
    expect(fractions.at(-1)).toBe(1);
  });

  it('is not changed by measuring: a run of the choice ends where a run with its curves does', () => {
    // Population normalization is refreshed after 48 of the 96 images of an epoch, and at its beginning.
    const options = {
      ...common,
      method: 'population-normalization',
      gammaDecay: 'published',
      refresh: 48,
    } as const;
    const complete = completeOptions(options);
    const training = trainingOf(complete, { learningRate: common.learningRate, gammaDecay: 'published' });
    const loss = withoutRest(heldOutLoss(training, imagesOf(complete), streamsOf(1, 0)));
    const lossOf = (refresh: number): number =>
      trainNetworks({ ...options, refresh }).runs[0].epochs.at(-1)!.validationLoss;
    expect(lossOf(48)).toBe(loss);
    expect(lossOf(96)).not.toBe(loss);
  });

  it('learns what it is shown, by every method', () => {
    for (const method of methodNames) {
      const [{ epochs }] = trainNetworks({ ...common, method, epochs: 8 }).runs;
      // Of four classes a quarter is right by chance; the class shows in 16 pixels of 1.5 deviations each.
      expect(epochs.at(-1)!.testAccuracy).toBeGreaterThan(0.9);
    }
  });

  it('begins every method of a run with the same weights, weight normalization with the same network as none', () => {
    const starts = methodNames.map(
      (method) => trainNetworks({ ...common, method, epochs: 1 }).runs[0].epochs[0],
    );
    const [none, weights] = starts;
    // The same sums in float32, times γ/‖w‖ = 1.
    expect(Math.abs(weights.validationLoss / none.validationLoss - 1)).toBeLessThan(1e-6);
    expect(weights.gammaNorm).toBe(none.gammaNorm);
    // By η γ/‖w‖² with γ = ‖w‖, or γ = 1: mean over channels of one block.
    const rates = starts.map(({ effectiveLearningRate: [rate] }) => rate);
    expect(new Set(rates.slice(0, 2)).size).toBe(1);
    expect(new Set(rates.slice(2)).size).toBe(1);
  });

  it('chooses by held-out images, whatever the test images are', () => {
    const options = {
      ...common,
      method: 'none',
      learningRate: [0.0003, 0.02],
      gammaDecay: [0, 0.1],
    } as const;
    const trained = trainNetworks(options);
    const { test } = data;
    const others: ImageSet = {
      ...test,
      labels: test.labels.map((label) => 3 - label),
      pixels: test.pixels.map((x) => 255 - x),
    };
    const again = trainNetworks({ ...options, data: { ...data, test: others } });
    expect(again.choice).toEqual(trained.choice);
    const learnt = ({ runs: [{ epochs }] }: typeof trained): unknown =>
      epochs.map((figures) => Object.entries(figures).filter(([name]) => !name.startsWith('test')));
    expect(learnt(again)).toEqual(learnt(trained));
    expect(again.runs[0].epochs[3].testLoss).not.toBe(trained.runs[0].epochs[3].testLoss);
    expect(trained.choice!.candidates).toHaveLength(4);
  });
});

describe('the choice', () => {
  it('is the pair of lowest mean loss, the first of equals, of those that did not diverge', () => {
    const losses: Record<number, number[]> = { 1: [3, 1], 2: [1, 2], 3: [0, Infinity], 4: [2, 1] };
    function* lossOf(
      { learningRate }: Pick<Candidate, 'learningRate'>,
      run: number,
    ): Generator<void, number> {
      yield;
      return losses[learningRate][run];
    }
    const { learningRate, candidates } = withoutRest(choose([1, 2, 3, 4], [0], 2, lossOf));
    expect(learningRate).toBe(2);
    expect(candidates.map(({ validationLoss }) => validationLoss)).toEqual([2, 1.5, Infinity, 1.5]);
    expect(candidates.map(({ standardError }) => standardError)).toEqual([1, 0.5, Infinity, 0.5]);
  });
});

describe('distances of curves', () => {
  it('are means over epochs, that before training left out', () => {
    const [one, other] = [runOf([9, 1, 2, 3]), runOf([0, 2, 2, 1])];
    expect(curveDistance(one.epochs, other.epochs, 'validationLoss')).toBe(1);
  });

  it('between runs have the jackknife error of a mean over pairs', () => {
    const runs = [0, 1, 3].map((loss) => runOf([0, loss, loss]));
    // Pairs 1, 3, 2: mean 2. Without one run at a time: 2, 3, 1, of mean 2: √(2/3 (0 + 1 + 1)).
    const { mean, standardError } = distanceBetweenRuns(runs, 'validationLoss');
    expect(mean).toBe(2);
    expect(Math.abs(standardError - Math.sqrt(4 / 3))).toBeLessThan(1e-15);
  });

  it('are 0 where a method mimics itself, and grow with the decay', async () => {
    const options = { ...common, runs: 3, gammaDecay: [0, 0.3] };
    const method = 'batch-normalization';
    const { mimicries, betweenRuns, outcome } = await mimicNetworksAsync({
      ...options,
      method,
      mimic: method,
    });
    expect(outcome).toBe('trained');
    expect(mimicries[0].distances.validationLoss).toEqual([0, 0, 0]);
    expect(Math.min(...mimicries[1].distances.trainingLoss)).toBeGreaterThan(0);
    expect(betweenRuns.validationLoss.mean).toBeGreaterThan(0);
  });

  it('ask for two runs at least', async () => {
    const options = { ...common, method: 'none', mimic: 'none', runs: 1 } as const;
    await expect(mimicNetworksAsync(options)).rejects.toThrow('`runs` must be an integer >= 2 to mimic');
  });
});
