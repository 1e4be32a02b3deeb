import { readFile } from 'node:fs/promises';
import { argumentError } from '../foundation/checks.js';

/** What the operating system said of a file, in words. */
export function fileProblem(error: unknown): string {
  const code = (error as { code?: string }).code;
  const known: Record<string, string> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'it is a directory',
    ENOTDIR: 'not a directory',
  };
  return known[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
}

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
