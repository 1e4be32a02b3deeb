import { readFile } from 'node:fs/promises';
import { argumentError } from '../foundation/checks.js';
import { fileProblem } from '../foundation/file-problem.js';

/**
 * The text of a file.
 *
 * @throws (as a rejection) RangeError, one line, when the file cannot be read
 */
export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw argumentError(`cannot read ${path}: ${fileProblem(error)}`, { cause: error });
  });
}

/** Whether a value read from a file is a mapping of names to values. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
