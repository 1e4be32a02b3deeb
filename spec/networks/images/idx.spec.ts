import * as fc from 'fast-check';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadImages } from '../../../lib/networks/images/load-images.js';
import { bytesFrom, folderOf, idx, idxFiles, messageOf, packed } from './folders.js';

const IMAGES = 'train-images-idx3-ubyte';
const LABELS = 'train-labels-idx1-ubyte';

describe('idx files', () => {
  it.each([
    ['as they are', idxFiles],
    ['packed', packed(idxFiles)],
    ['beside others', { ...idxFiles, 'notes.txt': Buffer.from('notes') }],
  ])('are read %s', async (_, files) => {
    const { training, test } = await loadImages(folderOf(files));
    expect({ ...training, pixels: [...training.pixels], labels: [...training.labels] }).toEqual({
      pixels: bytesFrom(0, 24),
      labels: [9, 0, 5],
      count: 3,
      height: 2,
      width: 4,
      channels: 1,
      classes: 10,
    });
    expect(Object.getPrototypeOf(training.pixels)).toBe(Uint8Array.prototype);
    expect([...test.pixels]).toEqual(bytesFrom(100, 16));
    expect([...test.labels]).toEqual([1, 2]);
    expect(test.count).toBe(2);
  });

  // The name of a file, what it holds instead, and the words about it.
  it.each<[string, string, Uint8Array, string]>([
    ['is empty', IMAGES, Buffer.alloc(0), 'an idx header of 16 bytes is expected; the file has 0 bytes'],
    [
      'ends within its header',
      LABELS,
      idxFiles[LABELS].subarray(0, 7),
      'an idx header of 8 bytes is expected; the file has 7 bytes',
    ],
    [
      'is of another kind',
      IMAGES,
      gzipSync(idxFiles[IMAGES]),
      'an idx file that begins with 00 00 08 03 is expected; got 1f 8b 08 00',
    ],
    [
      'has labels for images',
      IMAGES,
      idx([24], bytesFrom(0, 24)),
      'an idx file that begins with 00 00 08 03 is expected; got 00 00 08 01',
    ],
    [
      'is short by a byte',
      IMAGES,
      idxFiles[IMAGES].subarray(0, 39),
      'a header of 3 × 2 × 4 asks for 40 bytes; the file has 39 bytes',
    ],
    [
      'is long by a byte',
      LABELS,
      Buffer.concat([idxFiles[LABELS], Buffer.alloc(1)]),
      'a header of 3 asks for 11 bytes; the file has 12 bytes',
    ],
    [
      'tells of more than any memory holds',
      IMAGES,
      idx([65536, 65536, 65536], []),
      'a header of 65536 × 65536 × 65536 asks for 281474976710672 bytes; the file has 16 bytes',
    ],
    [
      'tells of the most labels that there can be',
      LABELS,
      idx([4294967295], []),
      'a header of 4294967295 asks for 4294967303 bytes; the file has 8 bytes',
    ],
    [
      'has no image',
      IMAGES,
      idx([0, 2, 4], []),
      'at least one entry is expected; the header tells 0 × 2 × 4',
    ],
    [
      'has no pixel',
      IMAGES,
      idx([3, 0, 4], []),
      'at least one entry is expected; the header tells 3 × 0 × 4',
    ],
    ['has too few labels', LABELS, idx([2], [1, 2]), '3 labels are expected, one for each image; got 2'],
    ['has a label too high', LABELS, idx([3], [9, 0, 10]), 'labels must be 0 to 9; got 10 at image 2'],
  ])('are refused where one %s', async (_, name, bytes, words) => {
    const folder = folderOf({ ...idxFiles, [name]: bytes });
    expect(await messageOf(loadImages(folder))).toBe(`${join(folder, name)}: ${words}`);
  });

  it.each(Object.keys(idxFiles))('are refused where %s is missing', async (name) => {
    const files = Object.fromEntries(Object.entries(idxFiles).filter(([other]) => other !== name));
    const folder = folderOf(files);
    expect(await messageOf(loadImages(folder))).toBe(`${folder}: ${name} or ${name}.gz is missing`);
  });

  it.each<[string, Uint8Array, string]>([
    ['ends early', gzipSync(idxFiles[IMAGES]).subarray(0, 30), 'unexpected end of file'],
    ['is empty', Buffer.alloc(0), 'unexpected end of file'],
    ['is not packed', idxFiles[IMAGES], 'incorrect header check'],
  ])('are refused where one that should be packed %s', async (_, bytes, words) => {
    const folder = folderOf({ ...packed(idxFiles), [`${IMAGES}.gz`]: bytes });
    const message = `${join(folder, `${IMAGES}.gz`)}: a whole gzip file is expected; ${words}`;
    expect(await messageOf(loadImages(folder))).toBe(message);
  });

  it('are refused where one is a folder', async () => {
    const folder = folderOf({ [LABELS]: idxFiles[LABELS] });
    mkdirSync(join(folder, IMAGES));
    expect(await messageOf(loadImages(folder))).toBe(`cannot read ${join(folder, IMAGES)}: it is no file`);
  });

  it('are refused where images to train on and to test with differ in size', async () => {
    const test = idx([2, 4, 2], bytesFrom(0, 16));
    const folder = folderOf({ ...idxFiles, 't10k-images-idx3-ubyte': test });
    expect(await messageOf(loadImages(folder))).toBe(
      `${folder}: test images must be 2 × 4 × 1, as those to train on; got 4 × 2 × 1`,
    );
  });

  it('are refused wherever one is cut off', async () => {
    for (const files of [idxFiles, packed(idxFiles)]) {
      const cut = fc
        .constantFrom(...Object.keys(files))
        .chain((name) =>
          fc.integer({ min: 0, max: files[name].length - 1 }).map((length) => ({ name, length })),
        );
      await fc.assert(
        fc.asyncProperty(cut, async ({ name, length }) => {
          const folder = folderOf({ ...files, [name]: files[name].subarray(0, length) });
          expect(await messageOf(loadImages(folder))).toContain(join(folder, name));
        }),
        { numRuns: 50, seed: 1 },
      );
    }
  });
});
