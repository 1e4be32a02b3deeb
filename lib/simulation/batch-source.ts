import type { BatchStep } from '../dynamics/batch-step.js';
import { fillNormal } from '../random/normal-deviates.js';
import type { RandomStream } from '../random/random-stream.js';
import { fillNoise, type TrainingSet } from './training-set.js';

/** Where minibatches come from. `draw` puts the next M samples in place; it allocates nothing. */
export interface BatchSource {
  /** The M inputs of the batch. */
  readonly inputs: Float64Array[];
  /** Their label noise. */
  readonly noise: Float64Array;
  draw(): void;
}

/** M fresh samples at every step. */
export function freshBatches(
  { batchSize, noiseVariance }: BatchStep,
  dimension: number,
  stream: RandomStream,
): BatchSource {
  const inputs = Array.from({ length: batchSize }, () => new Float64Array(dimension));
  const noise = new Float64Array(batchSize);
  function draw(): void {
    for (let i = 0; i < batchSize; i++) fillNormal(stream, inputs[i]!);
    fillNoise(stream, noiseVariance, noise);
  }
  return { inputs, noise, draw };
}

/**
 * M distinct samples of a training set at every step, each subset equally likely, independently of the steps before; every
 * sample keeps its noise.
 *
 * @param batchSize M ≤ P
 */
export function trainingBatches(set: TrainingSet, batchSize: number, stream: RandomStream): BatchSource {
  const { sampleCount, dimension } = set;
  const rows = Array.from({ length: sampleCount }, (_, i) =>
    set.inputs.subarray(i * dimension, (i + 1) * dimension),
  );
  const inputs = rows.slice(0, batchSize);
  const noise = new Float64Array(batchSize);
  const order = Int32Array.from(rows.keys());
  function draw(): void {
    // The first M places of a shuffle, going on from the order the last one left: any order is as good to start from.
    for (let i = 0; i < batchSize; i++) {
      const j = i + Math.floor(stream.nextUniform() * (sampleCount - i));
      const sample = order[j]!;
      order[j] = order[i]!;
      order[i] = sample;
      inputs[i] = rows[sample]!;
      noise[i] = set.noise[sample]!;
    }
  }
  return { inputs, noise, draw };
}
