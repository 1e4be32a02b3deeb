import type { RandomStream } from '../random/random-stream.js';

/** Mean and biased deviation of one minibatch, written in place. */
export interface BatchStatistics {
  mean: number;
  deviation: number;
}

/**
 * Draws minibatches from a list of values: M different entries of it, every set of M equally likely, each batch
 * independent of those before. A batch of equal values has deviation exactly 0.
 */
export function batchSampler(
  values: Float64Array,
  batchSize: number,
  stream: RandomStream,
): (out: BatchStatistics) => void {
  // Drawing without replacement is the head of a shuffle, which may start from any order, so also from the last one.
  const pool = values.slice();
  return (out) => {
    for (let i = 0; i < batchSize; i++) {
      const j = i + Math.floor(stream.nextUniform() * (pool.length - i));
      [pool[i], pool[j]] = [pool[j]!, pool[i]!];
    }
    const origin = pool[0]!;
    let sum = 0;
    for (let i = 0; i < batchSize; i++) sum += pool[i]! - origin;
    const offset = sum / batchSize;
    let squares = 0;
    for (let i = 0; i < batchSize; i++) squares += (pool[i]! - origin - offset) ** 2;
    out.mean = origin + offset;
    out.deviation = Math.sqrt(squares / batchSize);
  };
}
