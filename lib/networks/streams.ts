import { nextInt32, randomStream, type RandomStream } from '../random/random-stream.js';

/** The streams of a run: runs of the same number under one seed share weights and the order of images, whatever their method. */
export interface Streams {
  readonly weights: RandomStream;
  readonly order: RandomStream;
  readonly dropout: RandomStream;
}

/** Streams that a run takes, and one more for what runs share. */
const STREAMS = 4;

/** The streams of a run. */
export function streamsOf(seed: number, run: number, sweepPoint?: number): Streams {
  const stream = (k: number): RandomStream => randomStream(seed, STREAMS * run + k, sweepPoint);
  return { weights: stream(0), order: stream(1), dropout: stream(2) };
}

/** The stream of what all runs share: which images are held out. */
export function sharedStream(seed: number, sweepPoint?: number): RandomStream {
  return randomStream(seed, STREAMS - 1, sweepPoint);
}

/** Puts numbers in random order (Fisher and Yates). */
export function shuffle(order: Uint32Array, { state }: RandomStream): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(((nextInt32(state) >>> 0) / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
