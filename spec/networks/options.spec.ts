import type { ImageSet } from '../../lib/networks/images/image-set.js';
import { withKernels } from '../../lib/networks/kernel-memory.js';
import { mimicNetworksAsync } from '../../lib/networks/mimic.js';
import { trainNetworks, trainNetworksAsync } from '../../lib/networks/train-networks.js';
import { messageOf } from './images/folders.js';
import { quarters } from './small-networks.js';

type Options = Parameters<typeof trainNetworksAsync>[0];
type Mimicking = Parameters<typeof mimicNetworksAsync>[0];

const data = quarters();
const base = {
  ...{ data, method: 'none', batchSize: 16, learningRate: 0.02, epochs: 2, widths: [8], images: 32 },
  heldOut: 16,
};

/** What is said of options that are changed, of any type. */
const refusal = (change: object): Promise<string> =>
  messageOf(trainNetworksAsync({ ...base, ...change } as Options));

const training = (change: Partial<Record<keyof ImageSet, unknown>>): object => ({
  data: { ...data, training: { ...data.training, ...change } },
});
const test = (change: Partial<Record<keyof ImageSet, unknown>>): object => ({
  data: { ...data, test: { ...data.test, ...change } },
});
const blank = (count: number, height: number, width: number): object => ({
  ...{ count, height, width, pixels: new Uint8Array(count * height * width), labels: new Uint8Array(count) },
});

describe('the options of networks', () => {
  it.each<[object, string]>([
    [{ method: 'batchnorm' }, '`method` must be none, weight-normalization, '],
    [{ batchSize: 1 }, '`batchSize` must be an integer >= 2; got 1'],
    [{ batchSize: 2.5 }, '`batchSize` must be an integer >= 2; got 2.5'],
    [{ batchSize: 33 }, '`batchSize` must be at most images = 32; got 33'],
    [{ learningRate: 0 }, '`learningRate` must be a finite number > 0; got 0'],
    [{ learningRate: [0.1, NaN] }, '`learningRate[1]` must be a finite number > 0; got NaN'],
    [{ learningRate: [] }, '`learningRate` must be a value, or a list with at least one; got []'],
    [{ gammaDecay: -1 }, '`gammaDecay` must be a finite number >= 0; got -1'],
    [{ gammaDecay: ['published', 'pub'] }, '`gammaDecay[1]` must be a finite number >= 0 or published;'],
    [{ epochs: 0 }, '`epochs` must be an integer from 1 to 1000000; got 0'],
    [{ schedule: 1 }, '`schedule` must be a function; got 1'],
    [{ schedule: (t: number) => 0.5 - t }, '`schedule(0.75)` must be a finite number >= 0; got -0.25'],
    [
      { schedule: (t: number) => 1 / (t - 0.5) ** 2 },
      '`schedule(0.5)` must be a finite number >= 0; got Inf',
    ],
    [{ schedule: () => NaN }, '`schedule(0)` must be a finite number >= 0; got NaN'],
    [{ schedule: () => '1' }, '`schedule(0)` must be a finite number >= 0; got "1"'],
    [{ momentum: 1 }, '`momentum` must be a number >= 0 and < 1; got 1'],
    [{ momentum: -0.1 }, '`momentum` must be a number >= 0 and < 1; got -0.1'],
    [{ dropout: 1 }, '`dropout` must be a number >= 0 and < 1; got 1'],
    [{ dropout: '0' }, '`dropout` must be a number >= 0 and < 1; got "0"'],
    [{ widths: [] }, '`widths` must be a list with at least one width; got []'],
    [{ widths: [8, 12] }, '`widths[1]` must be a multiple of 8; got 12'],
    [{ widths: [8000] }, '`widths[0]` must be an integer from 8 to 4096; got 8000'],
    [{ widths: [8, 8, 8, 8] }, '`widths` must be at most 3 of them for images of 8 × 8 pixels; got'],
    [{ imageSize: 7 }, '`imageSize` must be 8 or 4; got 7'],
    [{ imageSize: 0 }, '`imageSize` must be 8 or 4; got 0'],
    [{ imageSize: '8' }, '`imageSize` must be 8 or 4; got "8"'],
    [{ images: 120 }, '`images` must be an integer from 1 to 119; got 120'],
    [{ images: 100, heldOut: 21 }, '`heldOut` must be an integer from 1 to 20; got 21'],
    [{ refresh: 0 }, '`refresh` must be an integer >= 1; got 0'],
    [{ runs: 2 ** 20 + 1 }, '`runs` must be an integer from 1 to 1048576; got 1048577'],
    [{ choiceRuns: 0 }, '`choiceRuns` must be an integer from 1 to 1048576; got 0'],
    [{ seed: -1 }, '`seed` must be an integer >= 0; got -1'],
    [{ sweepPoint: 0.5 }, '`sweepPoint` must be an integer from 0 to '],
    [{ reliance: 'yes' }, '`reliance` must be true or false; got "yes"'],
    [{ learningrate: 1 }, 'unknown option `learningrate`; did you mean `learningRate`?'],
    [{ data: undefined }, '`data` must be an object with name, training, test; got undefined'],
    [training({ pixels: [] }), '`data.training.pixels` must be a Uint8Array; got []'],
    [training({ count: 121 }), '`data.training.pixels` must be 7744 bytes; got "7680 of them"'],
    [training({ labels: new Uint8Array(3) }), '`data.training.labels` must be 120 bytes; got "3 of them"'],
    [training({ classes: 3 }), '`data.training.labels` must be integers from 0 to 2; got 3'],
    [training(blank(120, 8, 8)), 'images to train on must differ in their pixels; channel 1 is constant'],
    [training({ height: 0 }), '`data.training.height` must be an integer >= 1; got 0'],
    [test(blank(40, 4, 8)), '`data.test.height` must be data.training.height = 8; got 4'],
    [test(blank(40, 8, 4)), '`data.test.width` must be data.training.width = 8; got 4'],
    [test({ classes: 10 }), '`data.test.classes` must be data.training.classes = 4; got 10'],
  ])('%j are refused in one line', async (change, message) => {
    expect(await refusal(change)).toContain(message);
  });

  it('are refused at once too, and where there are none', () => {
    expect(() => trainNetworks({ ...base, batchSize: 1 } as Options)).toThrow('`batchSize` must be');
    for (const nothing of [undefined, null, 5, []])
      expect(() => trainNetworks(nothing as never)).toThrow('`options` must be an object with data, method');
  });

  it('may ask for as many blocks as the shorter side can be halved', async () => {
    const wide = (height: number, width: number): object => {
      const set = (of: ImageSet): object => ({ ...of, height, width });
      return { data: { ...data, training: set(data.training), test: set(data.test) } };
    };
    const both = [8, 8];
    expect(await refusal({ ...wide(32, 2), widths: both })).toContain(
      'at most 1 of them for images of 32 × 2',
    );
    expect(await refusal({ ...wide(2, 32), widths: both })).toContain(
      'at most 1 of them for images of 2 × 32',
    );
    expect(await refusal({ ...wide(16, 4), imageSize: 8, widths: both })).toContain('for images of 8 × 2');
    const options = { ...base, ...wide(16, 4), widths: both } as Options;
    expect(trainNetworks(options).outcome).toBe('trained');
  });

  it('ask for no more memory than WebAssembly has', () => {
    // An address more than there are.
    expect(() => withKernels((memory) => memory.floats(2 ** 30))).toThrow(
      '`widths` and `batchSize` ask for 4.3 GB of memory; networks have at most 4 GB',
    );
  });
});

describe('networks that mimic', () => {
  const refused = (change: unknown): Promise<string> => messageOf(mimicNetworksAsync(change as Mimicking));

  it('are told what is wrong in the words of mimic', async () => {
    expect(await refused({ ...base, runs: 2, mimic: 'bn' })).toContain('`mimic` must be none, ');
    expect(await refused({ ...base, mimic: 'none' })).toContain('`runs` must be an integer >= 2 to mimic');
    expect(await refused({ ...base, runs: 2, mimic: 'none', reliance: true })).toBe(
      '`reliance` must be left out where mimic is given; got true',
    );
    for (const nothing of [undefined, null, 'none'])
      expect(await refused(nothing)).toContain('`options` must be an object with data');
  });
});

describe('networks that diverge', () => {
  const diverging = { ...base, epochs: 1, images: 16, learningRate: 1e30 } as const;
  const of = (change: object): ReturnType<typeof trainNetworks> =>
    trainNetworks({ ...diverging, ...change } as Options);

  it('say so, also where it is their very last step, and keep no loss that is not finite', () => {
    const { outcome, message, runs } = of({ runs: 2 });
    expect([outcome, message]).toEqual(['diverged', 'diverged in 2 of 2 runs: take a smaller learningRate']);
    for (const { ending, epochs } of runs) {
      expect(ending).toBe('diverged');
      expect(epochs.map(({ epoch }) => epoch)).toEqual([0]);
    }
    expect(of({ epochs: 3 }).runs[0].ending).toBe('diverged');
  });

  it('are told of a decay that they have, and of candidates that all diverge', () => {
    expect(of({ gammaDecay: 0.1 }).message).toMatch(/take a smaller learningRate or gammaDecay$/);
    const vain = of({ learningRate: [1e30, 1e31] });
    expect([vain.outcome, vain.choice!.learningRate]).toEqual(['diverged', 1e30]);
    expect(vain.message).toBe(
      'all candidates diverged; the first of them diverged in 1 of 1 runs: take a smaller learningRate',
    );
    // The decay that is measured meets fields that are not finite.
    expect(of({ learningRate: [1e30, 0.01], gammaDecay: 'published', epochs: 3 }).choice!.learningRate).toBe(
      0.01,
    );
    const other = of({ learningRate: [1e30, 0.01] });
    expect([other.outcome, other.choice!.learningRate]).toEqual(['trained', 0.01]);
  });

  it('have no distances: their gamma decay is left out, or all of them', async () => {
    const options = { ...base, runs: 2, mimic: 'batch-normalization', gammaDecay: [0, 1e30] } as Mimicking;
    const one = await mimicNetworksAsync(options);
    expect([one.outcome, one.mimicries.map(({ gammaDecay }) => gammaDecay)]).toEqual(['diverged', [0]]);
    const all = await mimicNetworksAsync({ ...options, learningRate: 1e30 });
    expect([all.outcome, all.mimicries]).toEqual(['diverged', []]);
  });
});
