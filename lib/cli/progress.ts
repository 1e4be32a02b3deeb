import type { SingleBar } from 'cli-progress';
import { listenToBeats } from '../foundation/turns.js';

/** A bar on standard error that appears when work has taken a second. */
export interface Progress {
  readonly update: (fraction: number, pace?: string) => void;
  stop(): void;
}

const SILENCE_MS = 1000;
// Often enough to be seen to move, seldom enough to cost nothing.
const BEAT_MS = 250;

/**
 * A progress bar on a terminal; nothing in a pipe, or when it is not wanted. Beats of work that cannot rest (`beat`) show as the
 * time that goes on, with the fraction last known.
 */
export async function progressBar(label: string, wanted: boolean): Promise<Progress> {
  if (!wanted || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const { default: cliProgress } = await import('cli-progress');
  const begin = performance.now();
  let bar: SingleBar | undefined;
  let shown = 0;
  let paced = '';
  let last = 0;
  function show(): void {
    last = performance.now();
    if (last - begin < SILENCE_MS) return;
    if (bar === undefined) {
      bar = new cliProgress.SingleBar({
        format: `${label} [{bar}] {percentage}% | {seconds} s{pace}`,
        stream: process.stderr,
        clearOnComplete: true,
        hideCursor: true,
      });
      bar.start(1000, 0, { seconds: Math.round((last - begin) / 1000), pace: paced });
    }
    bar.update(Math.round(1000 * shown), { seconds: Math.round((last - begin) / 1000), pace: paced });
  }
  listenToBeats(() => {
    if (performance.now() - last > BEAT_MS) show();
  });
  return {
    update(fraction, pace) {
      if (pace !== undefined) paced = ` | ${pace}`;
      // A search may learn that it has more to do; the bar does not go back.
      shown = Math.max(shown, Math.min(1, fraction));
      show();
    },
    stop() {
      listenToBeats(undefined);
      bar?.stop();
    },
  };
}
