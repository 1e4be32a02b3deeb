import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { argumentError, requireString } from '../../foundation/checks.js';
import { describe, printable } from '../../foundation/describe.js';
import { fileProblem } from '../../foundation/file-problem.js';
import { hasCifarFiles, readCifarImages } from './cifar.js';
import { hasIdxFiles, readIdxImages } from './idx.js';
import type { ImageSet } from './image-set.js';
import { fileError } from './read-bytes.js';

/** Images to train on, and others to test with. */
export interface ImageData {
  /** `fashion-mnist` for the images that come with the package, else the last part of the folder's path. */
  readonly name: string;
  /** Images to train on and to hold out from training. */
  readonly training: ImageSet;
  /** Images of the same height, width and channels that nothing is fitted to or chosen by. */
  readonly test: ImageSet;
}

/** The word for the images that come with the package. */
const SHIPPED = 'fashion-mnist';

const LAYOUTS =
  'idx files (train-images-idx3-ubyte.gz, …) or CIFAR-10 in its binary layout (data_batch_1.bin, …, test_batch.bin)';

/** The package names itself as others would, so that its data are found wherever it is built. */
function shippedFolder(): string {
  const root = dirname(createRequire(import.meta.url).resolve('order-parameters/package.json'));
  return join(root, 'docs/data', SHIPPED);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    const given = folder === '' ? describe(folder) : printable(folder, Infinity);
    throw argumentError(
      `\`data\` must be ${SHIPPED} or a folder of ${LAYOUTS}; cannot read ${given}: ${fileProblem(error)}`,
      { cause: error },
    );
  });
}

const sizeOf = ({ height, width, channels }: ImageSet): string => `${height} × ${width} × ${channels}`;

/**
 * Labelled images of ten classes, to train on and to test with.
 *
 * @param data `fashion-mnist` for the 4,000 training and 1,000 test images that come with the package (docs/data/README.md), or
 *   a folder: of idx files as MNIST and Fashion-MNIST have them, packed by gzip or not, or of CIFAR-10's binary files. A folder
 *   of that name is `./fashion-mnist`
 * @throws (as a rejection) TypeError for data that are no string; RangeError, one line naming the file or folder and what is
 *   allowed, where one is absent, torn, or of another kind
 * @example
 * const { training, test } = await loadImages('fashion-mnist');
 * training.count; // 4000
 * [test.height, test.width, test.channels]; // [28, 28, 1]
 */
export async function loadImages(data: string): Promise<ImageData> {
  requireString('data', data);
  const folder = data === SHIPPED ? shippedFolder() : data;
  const names = await namesIn(folder);
  const [isIdx, isCifar] = [hasIdxFiles(names), hasCifarFiles(names)];
  if (isIdx === isCifar)
    throw fileError(folder, `${LAYOUTS} are expected; there are ${isIdx ? 'both' : 'neither'}`);
  const read = isIdx ? readIdxImages : readCifarImages;
  const training = await read(folder, names, 'training');
  const test = await read(folder, names, 'test');
  if (sizeOf(training) !== sizeOf(test))
    throw fileError(
      folder,
      `test images must be ${sizeOf(training)}, as those to train on; got ${sizeOf(test)}`,
    );
  return { name: basename(resolve(folder)), training, test };
}
