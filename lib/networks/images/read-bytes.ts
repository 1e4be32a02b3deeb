import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { argumentError, type ArgumentRangeError } from '../../foundation/argument-error.js';
import { printable } from '../../foundation/describe.js';
import { fileProblem } from '../../foundation/file-problem.js';

/** Most bytes of a file, packed or not: five times those of 60,000 images of 28 × 28. */
const MOST_BYTES = 2 ** 28;

const unpack = promisify(gunzip);

/** "FILE: WORDS", an error about what a file holds. */
export function fileError(path: string, words: string, cause?: unknown): ArgumentRangeError {
  return argumentError(`${printable(path, Infinity)}: ${words}`, { cause });
}

/** A Buffer's `slice` and others do not do what those of an array do. */
const plainBytes = ({ buffer, byteOffset, length }: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/** The bytes of a file as it is. Pipes and devices are refused, since reading them may never end. */
async function storedBytes(path: string): Promise<Buffer> {
  try {
    const about = await stat(path);
    if (about.isFile() && about.size <= MOST_BYTES) return await readFile(path);
    throw new Error(about.isFile() ? `more than ${MOST_BYTES} bytes` : 'it is no file');
  } catch (error) {
    throw argumentError(`cannot read ${printable(path, Infinity)}: ${fileProblem(error)}`, { cause: error });
  }
}

/**
 * The bytes of a file, unpacked where its name ends in .gz.
 *
 * @throws (as a rejection) RangeError, one line naming the file, when it cannot be read, is no whole gzip file, or holds more
 *   than 2²⁸ bytes
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  const stored = await storedBytes(path);
  if (!path.endsWith('.gz')) return plainBytes(stored);
  try {
    return plainBytes(await unpack(stored, { maxOutputLength: MOST_BYTES }));
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const why = code === 'ERR_BUFFER_TOO_LARGE' ? `more than ${MOST_BYTES} bytes` : message;
    throw fileError(path, `a whole gzip file is expected; ${why}`, error);
  }
}
