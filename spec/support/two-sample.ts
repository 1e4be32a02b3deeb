/** How two samples differ: nothing here knows what they are samples of. */
export interface Difference {
  /** Difference of the means over its standard error. */
  readonly mean: number;
  /** Difference of the variances over its standard error. */
  readonly variance: number;
  /** Kolmogorov and Smirnov: √(nm/(n + m)) times the largest gap between the two distribution functions. */
  readonly gap: number;
}

/** The mean and the central moments of second and fourth order, about the sample's own mean. */
function moments(values: readonly number[]): { mean: number; second: number; fourth: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  let [second, fourth] = [0, 0];
  for (const x of values) {
    const square = (x - mean) ** 2;
    second += square / values.length;
    fourth += square ** 2 / values.length;
  }
  return { mean, second, fourth };
}

function largestGap(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [a, b].map((values) => Float64Array.from(values).sort());
  let [i, j, gap] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const x = Math.min(first[i], second[j]);
    while (i < first.length && first[i] === x) i++;
    while (j < second.length && second[j] === x) j++;
    gap = Math.max(gap, Math.abs(i / first.length - j / second.length));
  }
  return gap;
}

/**
 * Compares two independent samples of some thousand values. Under equal laws:
 *
 * - `mean` is standard normal;
 * - so is `variance`, the standard error being that of fourth moments, √(Σ (m₄ − m₂²)/n). Where the tails are so long that
 *   there is no fourth moment it is still bounded: for equal sizes it is as good as a sum of terms of random sign over the
 *   root of the sum of their squares, which exceeds z with probability 2 exp(−z²/2) at most (Hoeffding 1963, Efron 1969);
 * - `gap` exceeds x with probability 2 exp(−2x²) at most, for large samples (Smirnov 1939).
 */
export function difference(a: readonly number[], b: readonly number[]): Difference {
  const [p, q] = [a, b].map(moments);
  const meanError = Math.sqrt(p.second / a.length + q.second / b.length);
  const varianceError = Math.sqrt(
    (p.fourth - p.second ** 2) / a.length + (q.fourth - q.second ** 2) / b.length,
  );
  return {
    mean: (p.mean - q.mean) / meanError,
    variance: (p.second - q.second) / varianceError,
    gap: largestGap(a, b) * Math.sqrt((a.length * b.length) / (a.length + b.length)),
  };
}

// Each of the three exceeds its limit in at most LEVEL of the seeds: 2 exp(−z²/2), 2 exp(−2x²).
const LEVEL = 1e-6;
const LARGEST_DEVIATION = Math.sqrt(2 * Math.log(2 / LEVEL));
const LARGEST_GAP = Math.sqrt(Math.log(2 / LEVEL) / 2);

/** The largest of the three, each in units of a limit that equal laws exceed in at most one of 1e6 seeds. */
export function severity({ mean, variance, gap }: Difference): number {
  return Math.max(
    Math.abs(mean) / LARGEST_DEVIATION,
    Math.abs(variance) / LARGEST_DEVIATION,
    gap / LARGEST_GAP,
  );
}
