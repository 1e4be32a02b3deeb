import { join } from 'node:path';
import { CLASSES, type ImageSet } from './image-set.js';
import { fileError, readBytes } from './read-bytes.js';

/** Height and width. */
const SIDE = 32;
const AREA = SIDE * SIDE;
const CHANNELS = 3;
const PIXELS = AREA * CHANNELS;
/** A label, then all red pixels, all green ones, all blue ones, each row by row. */
const RECORD = 1 + PIXELS;

const TEST = 'test_batch.bin';
const isBatch = (name: string): boolean => /^data_batch_\d+\.bin$/.test(name);

/** Whether any of a folder's files is named as those of CIFAR-10. */
export function hasCifarFiles(names: readonly string[]): boolean {
  return names.some((name) => name === TEST || isBatch(name));
}

/** Whole records with labels that there are. */
async function readRecords(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  if (bytes.length === 0 || bytes.length % RECORD !== 0)
    throw fileError(
      path,
      `whole records of ${RECORD} bytes are expected; the file has ${bytes.length} bytes`,
    );
  for (let at = 0; at < bytes.length; at += RECORD)
    if (bytes[at]! >= CLASSES)
      throw fileError(path, `labels must be 0 to ${CLASSES - 1}; got ${bytes[at]!} at image ${at / RECORD}`);
  return bytes;
}

/** Writes an image with the channels of a pixel side by side. */
function interleave(planes: Uint8Array, into: Uint8Array): void {
  for (let channel = 0; channel < CHANNELS; channel++)
    for (let i = 0; i < AREA; i++) into[i * CHANNELS + channel] = planes[channel * AREA + i]!;
}

/**
 * Images in red, green and blue with their labels from a folder in CIFAR-10's binary layout. There may be any number of
 * training files, of any number of records; they are taken by their numbers.
 *
 * @param names of the files in the folder
 * @throws (as a rejection) RangeError, one line naming the file that is missing or wrong, and how
 */
export async function readCifarImages(
  folder: string,
  names: readonly string[],
  part: 'training' | 'test',
): Promise<ImageSet> {
  const byNumber = new Intl.Collator('en', { numeric: true });
  const files = names.filter(part === 'test' ? (name) => name === TEST : isBatch).sort(byNumber.compare);
  if (files.length === 0)
    throw fileError(folder, `${part === 'test' ? TEST : 'data_batch_1.bin'} is missing`);
  const batches: Uint8Array[] = [];
  for (const file of files) batches.push(await readRecords(join(folder, file)));
  const count = batches.reduce((sum, batch) => sum + batch.length / RECORD, 0);
  const pixels = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const batch of batches)
    for (let at = 0; at < batch.length; at += RECORD, image++) {
      labels[image] = batch[at]!;
      interleave(batch.subarray(at + 1, at + RECORD), pixels.subarray(image * PIXELS));
    }
  return { pixels, labels, count, height: SIDE, width: SIDE, channels: CHANNELS, classes: CLASSES };
}
