import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Files by name. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** An idx file of unsigned bytes. */
export function idx(sizes: readonly number[], values: readonly number[]): Uint8Array {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.set([0, 0, 8, sizes.length]);
  sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, Buffer.from(values)]);
}

/** `count` numbers from `first` on, as bytes. */
export function bytesFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (first + i) % 256);
}

/** Three images of 2 × 4 pixels to train on and two to test with, as idx files. */
export const idxFiles: Files = {
  'train-images-idx3-ubyte': idx([3, 2, 4], bytesFrom(0, 24)),
  'train-labels-idx1-ubyte': idx([3], [9, 0, 5]),
  't10k-images-idx3-ubyte': idx([2, 2, 4], bytesFrom(100, 16)),
  't10k-labels-idx1-ubyte': idx([2], [1, 2]),
};

/** The same, packed, under the names that such files have. */
export function packed(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));
}

/** A record of CIFAR-10's binary layout whose pixel i has red `first` + i, green 1 more and blue 2 more. */
export function cifarRecord(label: number, first: number): Uint8Array {
  return Uint8Array.from([label, ...[0, 1, 2].flatMap((channel) => bytesFrom(first + channel, 1024))]);
}

/** Three images to train on, in two files, and one to test with, in CIFAR-10's binary layout. */
export const cifarFiles: Files = {
  'data_batch_10.bin': cifarRecord(3, 30),
  'data_batch_2.bin': Buffer.concat([cifarRecord(1, 10), cifarRecord(2, 20)]),
  'test_batch.bin': cifarRecord(9, 90),
};

/** A new folder of these files. It is gone after the tests of the file that asks for it. */
export function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'images-'));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** What an error is to be: of this package's, in one line. */
export async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  expect(error?.name).toMatch(/^Argument(Range|Type)Error$/);
  expect(error!.message).not.toContain('\n');
  return error!.message;
}
