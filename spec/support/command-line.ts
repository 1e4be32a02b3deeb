import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { plainEnvironment } from './plain-environment.js';
import { commandLine, type Refusal } from '../../lib/cli/command-line.js';

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = 'dist/cli/main.js';

function ended(nodeOptions: readonly string[], args: readonly string[], folder?: string): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, resolve(main), ...args], {
    ...(folder === undefined ? {} : { cwd: folder }),
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Runs the built command line, as in a pipe. */
export function run(...args: string[]): Ended {
  return ended([], args);
}

/** Runs it in a folder, so that files are read and written there. */
export function runIn(folder: string, ...args: string[]): Ended {
  return ended([], args, folder);
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
export function runWithNodeOptions(nodeOptions: readonly string[], ...args: string[]): Ended {
  return ended(nodeOptions, args);
}

/** Runs it, interrupted by Ctrl-C once it has worked for a second of processor time. */
export function runInterrupted(...args: string[]): Ended {
  return ended(['--import', resolve('.build/spec/support/interrupt-after-work.js')], args);
}

/** Runs it and interrupts it by Ctrl-C as soon as something holds, which is looked at every few milliseconds. */
export async function runInterruptedWhen(holds: () => boolean, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: plainEnvironment(),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const timer = setInterval(() => {
    if (!holds()) return;
    clearInterval(timer);
    child.kill('SIGINT');
  }, 5);
  const status = await new Promise<number | null>((done) => child.on('close', done));
  clearInterval(timer);
  return { status, stdout, stderr };
}

/** The object printed in a pipe. */
export function parsed(ended: Ended): Record<string, unknown> & { columns: string[]; rows: number[][] } {
  return JSON.parse(ended.stdout) as Record<string, unknown> & { columns: string[]; rows: number[][] };
}
