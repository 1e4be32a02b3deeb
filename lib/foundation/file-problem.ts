import { printable } from './describe.js';

/** Most characters of a problem without a word here, which may quote the whole path. */
const LONGEST = 200;

/** What the operating system said of a file, in words. */
export function fileProblem(error: unknown): string {
  const code = (error as { code?: string }).code;
  const known: Record<string, string> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'it is a directory',
    ENOTDIR: 'not a directory',
  };
  return known[code ?? ''] ?? printable(error instanceof Error ? error.message : String(error), LONGEST);
}
