import { argumentError } from '../foundation/checks.js';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Whether a process of this machine runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether whoever wrote a lock is gone: a process of this machine that was killed. */
function isLeftBehind(owner: string): boolean {
  const [host, pid] = owner.trim().split(' ');
  return host === hostname() && Number(pid) !== process.pid && !isAlive(Number(pid));
}

function ownerOf(lock: string): string {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Keeps a results file for one process, by a file beside it that names machine and process; one that a killed process of this
 * machine left behind is taken over.
 *
 * @returns what gives the file free again
 * @throws RangeError, one line, where another process writes it
 */
export function lockFile(path: string): () => void {
  const lock = `${path}.lock`;
  const owner = `${hostname()} ${process.pid}\n`;
  if (isLeftBehind(ownerOf(lock))) rmSync(lock, { force: true });
  try {
    writeFileSync(lock, owner, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const [host = '', pid = ''] = ownerOf(lock).trim().split(' ');
    throw argumentError(`${path} is being written by process ${pid} on ${host} (${lock} says so)`, {
      cause: error,
    });
  }
  return () => {
    rmSync(lock, { force: true });
  };
}
