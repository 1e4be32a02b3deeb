import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

/** The object that the command line writes to a file, in this process, which is faster; throws what it refuses. */
export async function writtenBy(...words: string[]): Promise<Printed> {
  const path = join(mkdtempSync(join(tmpdir(), 'order-parameters-')), 'result.json');
  const refusal = await commandLine([...words, '--quiet', '--output', path]);
  if (refusal) throw new Error(refusal.message);
  return JSON.parse(readFileSync(path, 'utf8')) as Printed;
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

/** A result as JSON has it. */
export type Printed = Record<string, unknown> & { columns: string[]; rows: number[][] };

/** The object printed in a pipe. */
export function parsed(ended: Ended): Printed {
  return JSON.parse(ended.stdout) as Printed;
}
