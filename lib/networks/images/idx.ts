import { join } from 'node:path';
import { CLASSES, type ImageSet } from './image-set.js';
import { fileError, readBytes } from './read-bytes.js';

/** The names of files in the layout of MNIST, which may end in .gz too. */
const FILES = {
  training: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' },
  test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' },
} as const;

const forms = (name: string): string[] => [name, `${name}.gz`];

/** Whether any of a folder's files is named as those of MNIST. */
export function hasIdxFiles(names: readonly string[]): boolean {
  const known = Object.values(FILES).flatMap(({ images, labels }) => [...forms(images), ...forms(labels)]);
  return known.some((name) => names.includes(name));
}

const inHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/**
 * The sizes that an idx file of unsigned bytes tells, and its bytes behind them. Nothing is taken from the header before it
 * agrees with the length of the file.
 */
function parseIdx(path: string, bytes: Uint8Array, rank: number): { sizes: number[]; values: Uint8Array } {
  const start = 4 + 4 * rank;
  if (bytes.length < start)
    throw fileError(path, `an idx header of ${start} bytes is expected; the file has ${bytes.length} bytes`);
  const magic = bytes.subarray(0, 4);
  // Two zeros, 8 for unsigned bytes, the count of dimensions.
  const expected = Uint8Array.of(0, 0, 8, rank);
  if (expected.some((byte, i) => byte !== magic[i]))
    throw fileError(path, `an idx file that begins with ${inHex(expected)} is expected; got ${inHex(magic)}`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, start);
  const sizes = Array.from({ length: rank }, (_, i) => header.getUint32(4 + 4 * i));
  const length = start + sizes.reduce((product, size) => product * size, 1);
  const told = sizes.join(' × ');
  if (bytes.length !== length)
    throw fileError(path, `a header of ${told} asks for ${length} bytes; the file has ${bytes.length} bytes`);
  if (length === start) throw fileError(path, `at least one entry is expected; the header tells ${told}`);
  return { sizes, values: bytes.subarray(start) };
}

function pathIn(folder: string, names: readonly string[], name: string): string {
  const found = forms(name).find((form) => names.includes(form));
  if (found === undefined) throw fileError(folder, `${name} or ${name}.gz is missing`);
  return join(folder, found);
}

/**
 * Grey images and their labels from a folder of idx files (a big-endian header, then bytes row by row), packed or not.
 *
 * @param names of the files in the folder
 * @throws (as a rejection) RangeError, one line naming the file that is missing or wrong, and how
 */
export async function readIdxImages(
  folder: string,
  names: readonly string[],
  part: keyof typeof FILES,
): Promise<ImageSet> {
  const imagesPath = pathIn(folder, names, FILES[part].images);
  const labelsPath = pathIn(folder, names, FILES[part].labels);
  const { sizes, values: pixels } = parseIdx(imagesPath, await readBytes(imagesPath), 3);
  const { values: labels } = parseIdx(labelsPath, await readBytes(labelsPath), 1);
  const [count, height, width] = sizes as [number, number, number];
  if (labels.length !== count)
    throw fileError(labelsPath, `${count} labels are expected, one for each image; got ${labels.length}`);
  const wrong = labels.findIndex((label) => label >= CLASSES);
  if (wrong >= 0)
    throw fileError(
      labelsPath,
      `labels must be 0 to ${CLASSES - 1}; got ${labels[wrong]!} at image ${wrong}`,
    );
  return { pixels, labels, count, height, width, channels: 1, classes: CLASSES };
}
