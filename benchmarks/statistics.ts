/** An interval of numbers, and the probability that such an interval holds what it is about. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly coverage: number;
}

const ascending = (values: readonly number[]): number[] => values.slice().sort((a, b) => a - b);

/** The median; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/**
 * How many of the sorted values to leave out at each end, and what the rest covers. The interval that leaves out k at each end
 * misses with probability 2 Σ_{i≤k} p(i); the largest k that keeps the level, or 0 where no k does.
 */
function cut(probability: (k: number) => number, level: number): { left: number; coverage: number } {
  let left = 0;
  let tail = probability(0);
  for (let next = probability(1); 1 - 2 * (tail + next) >= level; next = probability(left + 1)) {
    left++;
    tail += next;
  }
  return { left, coverage: 1 - 2 * tail };
}

/**
 * An interval of the median of the law that independent values come from, whatever that law is, as long as it is
 * continuous. The number of n values below the median is binomial, so that [x_(k+1), x_(n−k)] holds the median with
 * probability 1 − 2 Σ_{i≤k} C(n, i)/2ⁿ: the largest k that keeps this at or above the level. Fewer values than 6 cannot
 * reach 0.95; then the interval is their range, with the coverage that it has.
 */
export function medianInterval(values: readonly number[], level: number): Interval {
  const sorted = ascending(values);
  const n = sorted.length;
  const binomial = [2 ** -n];
  for (let i = 1; i <= n; i++) binomial.push((binomial[i - 1] * (n - i + 1)) / i);
  const { left, coverage } = cut((k) => binomial[k] ?? 1, level);
  return { lower: sorted[left], upper: sorted[n - 1 - left], coverage };
}

/** P(U = k) of the Mann–Whitney statistic of m and n values of one law: partitions of k in at most m parts of at most n. */
export function mannWhitney(m: number, n: number): number[] {
  // The Gaussian binomial coefficient Π (1 − q^(n+i))/(1 − q^i), i = 1…m, as a polynomial in q.
  const counts = new Array<number>(m * n + 1).fill(0);
  counts[0] = 1;
  for (let i = 1; i <= m; i++) {
    for (let k = m * n; k >= n + i; k--) counts[k] -= counts[k - n - i];
    for (let k = i; k <= m * n; k++) counts[k] += counts[k - i];
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / all);
}

/** How much larger values are than earlier ones: the factor between the two laws, and its interval. */
export interface Factor extends Interval {
  readonly estimate: number;
}

/**
 * The factor between two laws that differ by a factor only, from independent positive values of each: the median of all
 * quotients new/old (Hodges & Lehmann 1963), with the interval between order statistics of the quotients that follows from
 * the law of Mann and Whitney's U, exact for every continuous law. Too few values for the level give the whole range of
 * quotients, with the coverage that it has.
 */
export function factorBetween(before: readonly number[], after: readonly number[], level: number): Factor {
  const quotients = ascending(after.flatMap((late) => before.map((early) => late / early)));
  const law = mannWhitney(before.length, after.length);
  const { left, coverage } = cut((k) => law[k] ?? 1, level);
  return {
    estimate: median(quotients),
    lower: quotients[left],
    upper: quotients[quotients.length - 1 - left],
    coverage,
  };
}
