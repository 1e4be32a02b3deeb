import { runningEstimate } from '../numerics/statistics.js';
import { randomStream } from '../random/random-stream.js';
import { isConstant, type Samples } from './standardized.js';

/**
 * Bootstrap standard errors (Efron, Ann. Stat. 7, 1 (1979)) of numbers computed from rows (h_j, t_j): the standard
 * deviation of each over data sets of the same size drawn from the rows with replacement. Data sets of equal h, which have
 * no kurtosis, are drawn again.
 *
 * @param statistic writes its numbers to `out`
 * @param count how many numbers it writes
 */
export function bootstrapErrors(
  preactivations: Samples,
  labels: Samples | undefined,
  { resamples, seed }: { readonly resamples: number; readonly seed: number },
  count: number,
  statistic: (preactivations: Float64Array, labels: Float64Array | undefined, out: Float64Array) => void,
): Float64Array {
  const size = preactivations.length;
  const stream = randomStream(seed);
  const drawn = new Float64Array(size);
  const drawnLabels = labels === undefined ? undefined : new Float64Array(size);
  const out = new Float64Array(count);
  const redrawn = Array.from(out, runningEstimate);
  for (let sample = 0; sample < resamples; sample++) {
    do {
      for (let j = 0; j < size; j++) {
        const row = Math.floor(stream.nextUniform() * size);
        drawn[j] = preactivations[row]!;
        if (drawnLabels) drawnLabels[j] = labels![row]!;
      }
    } while (isConstant(drawn));
    statistic(drawn, drawnLabels, out);
    redrawn.forEach((running, i) => {
      running.add(out[i]!);
    });
  }
  return Float64Array.from(redrawn, (running) => Math.sqrt(running.variance()));
}
