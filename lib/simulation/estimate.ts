/** Mean over independent runs with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * Mean and standard error of independent values; the variance is the unbiased one, so at least two values are needed for
 * the error, which is NaN-free: zero for a single value would be a lie, hence Infinity.
 */
export function estimate(values: readonly number[]): Estimate {
  const count = values.length;
  let mean = 0;
  let squares = 0;
  values.forEach((value, index) => {
    const step = value - mean;
    mean += step / (index + 1);
    squares += step * (value - mean);
  });
  const standardError = count > 1 ? Math.sqrt(squares / (count - 1) / count) : Infinity;
  return { mean, standardError };
}
