import { requireFunction, requireSignal } from './checks.js';
import { optional, requireOptions, type OptionChecks } from './options.js';

/** How a caller follows and ends long work. */
export interface RunControl {
  /** Ends the work between two of its turns; what was computed until then is kept. */
  readonly signal?: AbortSignal | undefined;
  /** Called between turns with the fraction of the work done, from 0 to 1, and how fast it goes, in words, where that is known. */
  readonly onProgress?: ((fraction: number, pace?: string) => void) | undefined;
}

const checks: OptionChecks<RunControl> = {
  signal: optional(requireSignal),
  onProgress: optional(requireFunction),
};

/**
 * A control as it was given.
 *
 * @throws TypeError naming a signal or a listener that is none
 */
export function requireControl(control: RunControl): RunControl {
  return requireOptions('control', control, checks);
}

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
export async function runTurns(turns: Iterable<number>, control: RunControl): Promise<boolean> {
  const { signal, onProgress } = requireControl(control);
  for (const fraction of turns) {
    onProgress?.(fraction);
    await rest();
    if (signal?.aborted) return true;
  }
  return false;
}

/** Does work in turns without a rest, and gives back what it comes to. */
export function withoutRest<Result>(turns: Iterator<unknown, Result>): Result {
  let turn = turns.next();
  while (!turn.done) turn = turns.next();
  return turn.value;
}

/** Work in turns as a part of more: each yields the fraction of the whole that is then done. */
export function* asPart<Turn, Result>(
  turns: Iterator<Turn, Result>,
  fractionOf: (turn: Turn) => number,
): Generator<number, Result> {
  let turn = turns.next();
  for (; !turn.done; turn = turns.next()) yield fractionOf(turn.value);
  return turn.value;
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
