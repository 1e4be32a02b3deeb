import { join } from 'node:path';
import { loadImages } from '../../../lib/networks/images/load-images.js';
import { cifarFiles, cifarRecord, folderOf, messageOf } from './folders.js';

describe("files of CIFAR-10's binary layout", () => {
  it('are read by their numbers, with the channels of a pixel side by side', async () => {
    const { training, test } = await loadImages(folderOf(cifarFiles));
    const { pixels, labels, ...sizes } = training;
    expect(sizes).toEqual({ count: 3, height: 32, width: 32, channels: 3, classes: 10 });
    expect([...labels]).toEqual([1, 2, 3]);
    expect(pixels.length).toBe(3 * 3072);
    for (let image = 0; image < 3; image++)
      for (let i = 0; i < 1024; i++)
        for (let channel = 0; channel < 3; channel++)
          if (pixels[(image * 1024 + i) * 3 + channel] !== (10 * (image + 1) + i + channel) % 256)
            throw new Error(`image ${image}, pixel ${i}, channel ${channel}`);
    expect([test.count, ...test.labels, ...test.pixels.subarray(0, 6)]).toEqual([
      1, 9, 90, 91, 92, 91, 92, 93,
    ]);
  });

  // The name of a file, what it holds instead, and the words about it.
  it.each<[string, string, Uint8Array, string]>([
    [
      'is empty',
      'test_batch.bin',
      Buffer.alloc(0),
      'whole records of 3073 bytes are expected; the file has 0 bytes',
    ],
    [
      'is cut off',
      'data_batch_2.bin',
      cifarFiles['data_batch_2.bin'].subarray(0, 6145),
      'whole records of 3073 bytes are expected; the file has 6145 bytes',
    ],
    [
      'has a label too high',
      'data_batch_2.bin',
      Buffer.concat([cifarRecord(9, 0), cifarRecord(10, 0)]),
      'labels must be 0 to 9; got 10 at image 1',
    ],
  ])('are refused where one %s', async (_, name, bytes, words) => {
    const folder = folderOf({ ...cifarFiles, [name]: bytes });
    expect(await messageOf(loadImages(folder))).toBe(`${join(folder, name)}: ${words}`);
  });

  it('are refused where those to train on or the one to test with are missing', async () => {
    const training = folderOf({ 'data_batch_1.bin': cifarRecord(0, 0) });
    expect(await messageOf(loadImages(training))).toBe(`${training}: test_batch.bin is missing`);
    const test = folderOf({ 'test_batch.bin': cifarRecord(0, 0), 'data_batch_1.bin.txt': Buffer.alloc(0) });
    expect(await messageOf(loadImages(test))).toBe(`${test}: data_batch_1.bin is missing`);
  });
});
