import { commandNamed } from '../../lib/commands/execute-config.js';
import { costOf } from '../../lib/config/command.js';
import type { Cost } from '../../lib/config/cost.js';
import { parseConfig } from '../../lib/config/parse.js';
import { networksCost } from '../../lib/networks/cost.js';
import { trainNetworks } from '../../lib/networks/train-networks.js';
import { quarters } from '../networks/small-networks.js';

const base = { method: 'none', batchSize: 16, learningRate: 0.01, epochs: 10, imageSize: 14, images: 1000 };

async function estimated(change: object): Promise<Cost> {
  const command = await commandNamed('network');
  return costOf(command, parseConfig(command.schema, { ...base, ...change }));
}

const seconds = async (change: object): Promise<number> => (await estimated(change)).seconds;

describe('the estimated cost of networks', () => {
  it('counts every network, those of the choice without the tests after each epoch', async () => {
    const [one, two] = [await seconds({}), await seconds({ runs: 2 })];
    expect(two / one).toBeCloseTo(2, 12);
    const chosen = await seconds({ learningRate: [0.01, 0.02], gammaDecay: [0, 1], choiceRuns: 3 });
    expect(chosen - one).toBeLessThan(12 * one);
    expect(chosen - one).toBeGreaterThan(6 * one);
    const mimicking = { mimic: 'none', runs: 2, gammaDecay: [0, 0.1, 0.2], learningRate: [0.01, 0.02] };
    const choice = await seconds({ learningRate: [0.01, 0.02], choiceRuns: 2 });
    expect(await seconds({ ...mimicking, choiceRuns: 2 })).toBeCloseTo(choice + 7 * one, 10);
  });

  it('goes as the epochs and the pixels, and as the products of channels where there are many', async () => {
    const long = await seconds({ epochs: 1000 });
    expect((await seconds({ epochs: 2000 })) / long).toBeCloseTo(2, 2);
    expect((await seconds({ imageSize: 28 })) / (await seconds({}))).toBeCloseTo(4, 0);
    const wide = { widths: [1024, 1024], epochs: 100 };
    const wider = { widths: [2048, 2048], epochs: 100 };
    expect((await seconds(wider)) / (await seconds(wide))).toBeCloseTo(4, 0);
  });

  it('counts what a method, a decay and reliance ask for beside', async () => {
    const plain = await seconds({});
    const costs = [
      await seconds({ method: 'batch-normalization' }),
      await seconds({ method: 'population-normalization' }),
      await seconds({ method: 'population-normalization', refresh: 16 }),
    ];
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(costs[0]).toBeGreaterThan(plain);
    expect(costs[2]).toBeGreaterThan(5 * costs[1]);
    expect(await seconds({ gammaDecay: 'published' })).toBeGreaterThan(plain);
    expect(await seconds({ reliance: true })).toBeGreaterThan(plain);
  });

  it('counts 4 bytes for each number of a portion of 64 images at least, more of a larger minibatch', async () => {
    const bytes = async (batchSize: number): Promise<number> => (await estimated({ batchSize })).bytes;
    expect(await bytes(2)).toBe(await bytes(64));
    const more = (await bytes(200)) - (await bytes(100));
    // By block: input and gradient of the fields in a border, fields, 12 numbers a channel, gradient of the input; features, logits.
    const first = 16 * 16 * (1 + 16) + 14 * 14 * 16 + 12 * 16;
    const second = 9 * 9 * (16 + 32) + 7 * 7 * 32 + 12 * 32 + 7 * 7 * 16;
    expect(more).toBe(4 * 100 * (first + second + 2 * 3 * 3 * 32 + 10));
  });

  it('takes other data for CIFAR-10, and is a number whatever it is asked', async () => {
    const [own, other] = [
      await estimated({ imageSize: undefined }),
      await estimated({ imageSize: undefined, data: 'x' }),
    ];
    expect(other.seconds).toBeGreaterThan(own.seconds);
    for (const name of ['batchSize', 'images', 'heldOut', 'epochs', 'refresh', 'imageSize', 'widths'])
      for (const value of [-1, 0, 1e300]) {
        const cost = await estimated({
          [name]: value,
          dropout: 0.5,
          reliance: true,
          gammaDecay: 'published',
        });
        expect([name, value, cost.seconds >= 0, cost.bytes >= 0]).toEqual([name, value, true, true]);
      }
  });

  it('is what it takes, in order of magnitude', () => {
    const sizes = { batchSize: 16, images: 64, heldOut: 32, epochs: 8, refresh: 512 };
    const work = { ...sizes, method: 'none', reliance: false } as const;
    const options = { ...work, data: quarters(), learningRate: 0.01, widths: [16, 64] };
    trainNetworks(options);
    const begin = process.cpuUsage();
    trainNetworks(options);
    const { user, system } = process.cpuUsage(begin);
    const image = { height: 8, width: 8, colors: 1, classes: 4 };
    const { seconds: expected } = networksCost({
      ...{ ...work, tests: 40, isPublished: false, trained: 1, measured: 1 },
      shape: { ...image, widths: [16, 64], capacity: 64, hasDropout: false },
    });
    const ratio = expected / ((user + system) / 1e6);
    expect(ratio).toBeGreaterThan(0.1);
    expect(ratio).toBeLessThan(10);
  });
});
