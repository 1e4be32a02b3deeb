import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { loadImages } from '../../../lib/networks/images/load-images.js';
import { pixelsOf, standardizationOf } from '../../../lib/networks/images/pixels.js';
import { folderOf, idxFiles, messageOf, packed } from './folders.js';

// Where Debian's package dataset-fashion-mnist puts it.
const WHOLE = '/usr/share/datasets/fashion-mnist';

const installed = existsSync(WHOLE);
if (!installed) {
  if (process.env['REQUIRE_PEERS'] === '1') throw new Error('dataset-fashion-mnist is not installed');
  console.warn('skipped: the whole of Fashion-MNIST, since dataset-fashion-mnist is not installed');
}
const describeWhole = installed ? describe : describe.skip;

describeWhole('the whole of Fashion-MNIST', () => {
  it('is read, 6,000 and 1,000 images of each class', async () => {
    const { training, test } = await loadImages(WHOLE);
    for (const [set, ofEachClass] of [
      [training, 6000],
      [test, 1000],
    ] as const) {
      const counts = new Array<number>(10).fill(0);
      for (const label of set.labels) counts[label]++;
      expect(counts).toEqual(new Array<number>(10).fill(ofEachClass));
    }
    const pixels = pixelsOf(training, Array.from(training.labels.keys()), 28);
    const { mean, deviation } = standardizationOf(pixels, 1);
    // As it is known, to the digits that are known.
    expect([mean[0].toFixed(4), deviation[0].toFixed(4)]).toEqual(['0.2860', '0.3530']);
  });

  it('holds the images that come with the package, as docs/data/make-fashion-mnist.js takes them from it', async () => {
    const script = pathToFileURL(resolve('docs/data/make-fashion-mnist.js')).href;
    const { subsetOf } = (await import(script)) as { subsetOf: (folder: string) => [string, Buffer][] };
    const made = subsetOf(WHOLE);
    expect(made.length).toBe(4);
    for (const [name, bytes] of made)
      expect(gunzipSync(readFileSync(`docs/data/fashion-mnist/${name}.gz`)).equals(bytes)).toBe(true);
  });

  it('has them at the places where the first of each class stand', async () => {
    const [whole, subset] = [await loadImages(WHOLE), await loadImages('fashion-mnist')];
    for (const part of ['training', 'test'] as const) {
      const [from, chosen] = [whole[part], subset[part]];
      const seen = new Array<number>(10).fill(0);
      const most = chosen.count / 10;
      for (let i = 0; i < from.count; i++) {
        const label = from.labels[i];
        const place = 10 * seen[label]++ + label;
        if (seen[label] > most) continue;
        const image = Buffer.from(from.pixels.subarray(784 * i, 784 * (i + 1)));
        if (!image.equals(chosen.pixels.subarray(784 * place, 784 * (place + 1))))
          throw new Error(`image ${i} is not image ${place} of the subset`);
      }
      expect(seen.every((count) => count >= most)).toBe(true);
    }
  });
});

it('a small file that unpacks to a huge one is refused', async () => {
  const zeros = gzipSync(Buffer.alloc(2 ** 20));
  // Members of a gzip file unpack to what they hold, one after the other.
  const bomb = Buffer.concat(Array.from({ length: 257 }, () => zeros));
  const folder = folderOf({ ...packed(idxFiles), 'train-images-idx3-ubyte.gz': bomb });
  expect(await messageOf(loadImages(folder))).toBe(
    `${join(folder, 'train-images-idx3-ubyte.gz')}: a whole gzip file is expected; more than 268435456 bytes`,
  );
});
