import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadImages } from '../../../lib/networks/images/load-images.js';
import { cifarFiles, folderOf, idxFiles, messageOf, packed } from './folders.js';

const LAYOUTS =
  'idx files (train-images-idx3-ubyte.gz, …) or CIFAR-10 in its binary layout (data_batch_1.bin, …, test_batch.bin)';

describe('the images that come with the package', () => {
  it('are 4,000 and 1,000 of 28 × 28, in rounds of the ten classes', async () => {
    const { name, training, test } = await loadImages('fashion-mnist');
    expect(name).toBe('fashion-mnist');
    for (const [set, count] of [
      [training, 4000],
      [test, 1000],
    ] as const) {
      const { pixels, labels, ...sizes } = set;
      expect(sizes).toEqual({ count, height: 28, width: 28, channels: 1, classes: 10 });
      expect(pixels.length).toBe(count * 784);
      expect([...labels]).toEqual(Array.from({ length: count }, (_, i) => i % 10));
    }
  });

  it('are those whose sums stand in docs/data/README.md', () => {
    const readme = readFileSync('docs/data/README.md', 'utf8');
    const rows = [...readme.matchAll(/^\| (\S+\.gz) \| (\d+) \| `(\w{64})` \|$/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(packed(idxFiles)).sort());
    for (const [, name, length, sum] of rows) {
      const bytes = gunzipSync(readFileSync(`docs/data/fashion-mnist/${name}`));
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([Number(length), sum]);
    }
  });
});

describe('a folder of images', () => {
  it('is called by the last part of its path', async () => {
    const folder = folderOf(idxFiles);
    expect((await loadImages(`${folder}/`)).name).toBe(basename(folder));
  });

  it('may be a link, and its files links too', async () => {
    const folder = folderOf({});
    for (const [name, bytes] of Object.entries(idxFiles)) {
      writeFileSync(join(folder, `of-${name}`), bytes);
      symlinkSync(`of-${name}`, join(folder, name));
    }
    const link = join(folderOf({}), 'link');
    symlinkSync(folder, link);
    const { name, training } = await loadImages(link);
    expect([name, training.count]).toEqual(['link', 3]);
  });

  it('is refused in one line where it is absent, a file, or no text', async () => {
    const folder = folderOf({ file: Buffer.alloc(1) });
    const allowed = `\`data\` must be fashion-mnist or a folder of ${LAYOUTS}`;
    const absent = join(folder, 'line\nend');
    expect(await messageOf(loadImages(absent))).toBe(
      `${allowed}; cannot read ${absent.replace('\n', '\\u000a')}: no such file or directory`,
    );
    expect(await messageOf(loadImages(join(folder, 'file')))).toBe(
      `${allowed}; cannot read ${join(folder, 'file')}: not a directory`,
    );
    expect(await messageOf(loadImages(''))).toBe(`${allowed}; cannot read "": no such file or directory`);
    expect(await messageOf(loadImages(3 as never))).toBe('`data` must be a string; got 3');
  });

  it('is refused where it has files of neither layout, or of both', async () => {
    const none = folderOf({ 'batches.meta.txt': Buffer.alloc(1) });
    expect(await messageOf(loadImages(none))).toBe(`${none}: ${LAYOUTS} are expected; there are neither`);
    const both = folderOf({ ...idxFiles, ...cifarFiles });
    expect(await messageOf(loadImages(both))).toBe(`${both}: ${LAYOUTS} are expected; there are both`);
  });

  it('is refused where a file is huge', async () => {
    const folder = folderOf(idxFiles);
    const images = join(folder, 'train-images-idx3-ubyte');
    truncateSync(images, 2 ** 28 + 1);
    expect(await messageOf(loadImages(folder))).toBe(`cannot read ${images}: more than 268435456 bytes`);
  });
});
