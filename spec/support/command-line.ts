import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { commandLine, type Refusal } from '../../lib/cli/command-line.js';

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = 'dist/cli/main.js';

/** Runs the built command line, as in a pipe. */
export function run(...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Runs it in a folder, so that files are read and written there. */
export function runIn(folder: string, ...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(main), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What the command line says of words that it refuses, in this process, which is faster; undefined where it takes them. */
export function refusalOf(...words: string[]): Promise<Refusal | undefined> {
  return commandLine(words);
}

/** Runs it with the words of one line, which must not contain spaces of their own. */
export function runLine(line: string): Ended {
  return run(...line.split(/\s+/).filter(Boolean));
}

/** Runs it with options for node itself before the command line's own. */
export function runWithNodeOptions(nodeOptions: string[], ...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, main, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Runs it and sends a signal after some time. */
export async function runAndSignal(
  milliseconds: number,
  signal: NodeJS.Signals,
  ...args: string[]
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  setTimeout(() => child.kill(signal), milliseconds);
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stdout, stderr };
}

/** The object printed in a pipe. */
export function parsed(ended: Ended): Record<string, unknown> & { columns: string[]; rows: number[][] } {
  return JSON.parse(ended.stdout) as Record<string, unknown> & { columns: string[]; rows: number[][] };
}
