import { execute as executeCommand, type Command } from '../config/command.js';
import type { Executed } from '../config/result.js';
import { mergedEntries } from '../config/times.js';
import type { Flags } from './flags.js';
import type { OutputFlags } from './options.js';
import { destinationOf, print } from './output.js';
import { progressBar } from './progress.js';

/** Exit status of an interrupted command: 128 plus the number of SIGINT. */
const INTERRUPTED = 130;

/** Lets Ctrl-C end the work with its result kept. Work that never yields is left to end as a process does. */
function listen(interruptible: boolean): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
  };
  if (interruptible) process.once('SIGINT', interrupt);
  return { signal: controller.signal, stop: () => process.off('SIGINT', interrupt) };
}

/**
 * Runs a command's work: checks the destination first, shows progress, listens for Ctrl-C, prints what was computed even
 * when it was interrupted, and sets the exit status.
 */
export async function execute(
  name: string,
  flags: OutputFlags,
  work: (signal: AbortSignal, onProgress: (fraction: number, pace?: string) => void) => Promise<Executed>,
  interruptible = true,
): Promise<void> {
  const destination = destinationOf(flags);
  const { signal, stop } = listen(interruptible);
  const progress = await progressBar(name, flags.quiet !== true);
  try {
    const { result, outcome } = await work(signal, progress.update);
    progress.stop();
    print(result, destination);
    if (outcome === 'failed') process.exitCode = 1;
    if (outcome === 'aborted') process.exitCode = INTERRUPTED;
  } finally {
    progress.stop();
    stop();
  }
}

const outputNames: readonly string[] = ['format', 'output', 'config', 'quiet'];

/** The configuration: the file's entries, overridden by the options given. */
async function mergedConfig(flags: Flags): Promise<Record<string, unknown>> {
  const given = Object.fromEntries(Object.entries(flags).filter(([name]) => !outputNames.includes(name)));
  const path = flags['config'];
  if (typeof path !== 'string') return given;
  // The reader of YAML is loaded for those who have a file.
  const { loadConfig } = await import('../config/load.js');
  return mergedEntries(await loadConfig(path), given);
}

/** Runs a command on its flags and the file they name. */
export async function executeFlags(name: string, command: Command, flags: Flags): Promise<void> {
  const config = await mergedConfig(flags);
  await execute(
    name,
    flags,
    (signal, onProgress) => executeCommand(command, config, { signal, onProgress }),
    command.rests,
  );
}
