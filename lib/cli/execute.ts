import type { Executed } from '../config/result.js';
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
  work: (signal: AbortSignal, onProgress: (fraction: number) => void) => Promise<Executed>,
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
