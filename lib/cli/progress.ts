import type { SingleBar } from 'cli-progress';

/** A bar on standard error that appears when work has taken a second. */
export interface Progress {
  readonly update: (fraction: number) => void;
  stop(): void;
}

const SILENCE_MS = 1000;

/** A progress bar on a terminal; nothing in a pipe, or when it is not wanted. */
export async function progressBar(label: string, wanted: boolean): Promise<Progress> {
  if (!wanted || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const { default: cliProgress } = await import('cli-progress');
  const begin = performance.now();
  let bar: SingleBar | undefined;
  return {
    update(fraction) {
      if (performance.now() - begin < SILENCE_MS) return;
      if (bar === undefined) {
        bar = new cliProgress.SingleBar({
          format: `${label} [{bar}] {percentage}% | {eta_formatted} left`,
          stream: process.stderr,
          clearOnComplete: true,
          hideCursor: true,
        });
        bar.start(1000, 0);
      }
      bar.update(Math.round(1000 * Math.min(1, Math.max(0, fraction))));
    },
    stop() {
      bar?.stop();
    },
  };
}
