import { nextInt32, type RandomStream } from '../random/random-stream.js';
import type { Network } from './network.js';

/** Draws anew which numbers of so many images' outputs are dropped, each with probability p; the others are divided by 1 − p. */
export function drawDropout({ layers }: Network, images: number, p: number, { state }: RandomStream): void {
  const threshold = p * 2 ** 32;
  const kept = 1 / (1 - p);
  for (const { mask, shape } of layers) {
    const count = (mask.length / shape.capacity) * images;
    for (let k = 0; k < count; k++) mask[k] = nextInt32(state) >>> 0 < threshold ? 0 : kept;
  }
}
