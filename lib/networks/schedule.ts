import { requireNonNegative } from '../foundation/checks.js';

/** The share of the training that is done before a step of an epoch; both begin with the first, epochs at 1 and steps at 0. */
export function progressAt(epoch: number, step: number, steps: number, epochs: number): number {
  return (epoch - 1 + step / steps) / epochs;
}

/**
 * Checks the factors of the learning rate at all steps of a training.
 *
 * @throws RangeError or TypeError naming the first that is not finite or < 0
 */
export function requireFactors(schedule: (progress: number) => number, steps: number, epochs: number): void {
  for (let epoch = 1; epoch <= epochs; epoch++)
    for (let step = 0; step < steps; step++) {
      const progress = progressAt(epoch, step, steps, epochs);
      const factor: unknown = schedule(progress);
      // The name is put together where it is needed: a training may have millions of steps.
      if (!(typeof factor === 'number' && factor >= 0 && factor < Infinity))
        requireNonNegative(`schedule(${progress})`, factor);
    }
}
