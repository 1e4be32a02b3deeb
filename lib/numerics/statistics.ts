/** A mean with its standard error. */
export interface Estimate {
  /** The mean, in the unit of the numbers. */
  readonly mean: number;
  /** Standard error of the mean in the same unit, ≥ 0; Infinity for a single number. */
  readonly standardError: number;
}

/** Mean and variance of independent numbers that come one after the other, none of which is kept. */
export interface RunningEstimate {
  add(value: number): void;
  /** The unbiased variance, of two numbers at least. */
  variance(): number;
  /** The mean; its standard error is that of `estimate`. */
  estimate(): Estimate;
}

/** No numbers yet; sums by Welford's recurrence (Technometrics 4, 419 (1962)), which keeps the digits of a small variance. */
export function runningEstimate(): RunningEstimate {
  // An array, since variables that several functions share and change cost an allocation at each write.
  const sums = new Float64Array(2);
  let count = 0;
  const variance = (): number => sums[1]! / (count - 1);
  return {
    add(value) {
      const step = value - sums[0]!;
      count++;
      sums[0]! += step / count;
      sums[1]! += step * (value - sums[0]!);
    },
    variance,
    estimate: () => ({
      mean: sums[0]!,
      standardError: count > 1 ? Math.sqrt(variance() / count) : Infinity,
    }),
  };
}

/**
 * Mean and standard error of independent numbers. The error takes the unbiased variance and is NaN-free: of a single number
 * zero would be a lie, hence Infinity.
 */
export function estimate(values: ArrayLike<number>): Estimate {
  const running = runningEstimate();
  for (let i = 0; i < values.length; i++) running.add(values[i]!);
  return running.estimate();
}

/** Mean and unbiased variance of two or more independent numbers, each with its standard error, √(var/n) and √((m₄ − var²)/n). */
export function meanAndVariance(values: Float64Array): { mean: Estimate; variance: Estimate } {
  const count = values.length;
  const mean = estimate(values);
  let second = 0;
  let fourth = 0;
  for (const value of values) {
    const square = (value - mean.mean) ** 2;
    second += square;
    fourth += square * square;
  }
  const variance = second / (count - 1);
  const spread = Math.max(0, fourth / count - variance * variance);
  return { mean, variance: { mean: variance, standardError: Math.sqrt(spread / count) } };
}

/**
 * The standard deviation of all numbers there are (biased), about their mean. Differences to the mean are scaled by the
 * largest of them, so that no square leaves the range of doubles.
 */
export function deviationOf(values: ArrayLike<number>, mean: number): number {
  let scale = 0;
  for (let i = 0; i < values.length; i++) scale = Math.max(scale, Math.abs(values[i]! - mean));
  if (scale === 0) return 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i]! - mean) / scale) ** 2;
  return scale * Math.sqrt(squares / values.length);
}
