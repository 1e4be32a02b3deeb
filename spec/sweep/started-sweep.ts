import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainEnvironment } from '../support/plain-environment.js';

/** A sweep in a process of its own. */
export interface StartedSweep {
  /** Its exit status; null where it was killed. */
  readonly ended: Promise<number | null>;
  kill(): void;
}

/** Starts a sweep on the command line, or goes on with the results that it has. */
export function startSweep(config: string, output: string, workers: number): StartedSweep {
  const args = ['--config', config, '--output', output, '--workers', String(workers)];
  const words = ['dist/cli/main.js', 'sweep', ...args, '--resume', '--format', 'csv', '--quiet'];
  const child = spawn(process.execPath, words, { stdio: 'ignore', env: plainEnvironment() });
  return {
    ended: new Promise((resolve) => child.on('close', resolve)),
    kill: () => child.kill('SIGKILL'),
  };
}

/** Whole lines of a file: a header and points. */
export function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

/** Waits until a results file has so many points. */
export async function untilPoints(path: string, points: number): Promise<void> {
  while (linesOf(path).length < points + 1) await sleep(2);
}
