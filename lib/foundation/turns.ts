import { requireFunction, requireSignal } from './checks.js';

/** Lets the event loop run, so that signals arrive and a progress bar moves. */
export function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Does work in turns with a rest after each; gives back whether the signal ended it.
 *
 * @throws (as a rejection) TypeError for a signal or a listener that is none
 * @param turns yields the fraction of the work done after each turn
 */
export async function runTurns(
  turns: Iterable<number>,
  signal?: AbortSignal,
  onProgress?: (fraction: number) => void,
): Promise<boolean> {
  if (signal !== undefined) requireSignal('signal', signal);
  if (onProgress !== undefined) requireFunction('onProgress', onProgress);
  for (const fraction of turns) {
    onProgress?.(fraction);
    await rest();
    if (signal?.aborted) return true;
  }
  return false;
}

let listener: (() => void) | undefined;

/**
 * Called between pieces of work that cannot rest, such as an average that takes seconds, so that a progress bar shows meanwhile
 * that the program is alive.
 */
export function beat(): void {
  listener?.();
}

/** Sets who hears the beats of this thread; undefined for nobody. */
export function listenToBeats(heard: (() => void) | undefined): void {
  listener = heard;
}
