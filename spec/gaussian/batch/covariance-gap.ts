/** Where the entries (i, j) of the upper triangle stand. */
export const places = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 2],
  [2, 2],
] as const;
const diagonal = [0, 3, 5];

/** The largest error of a covariance, each entry relative to the deviations of its two numbers. */
export function largestGap(found: Float64Array, expected: Float64Array): number {
  return Math.max(
    ...places.map(([i, j], k) => {
      const size = Math.sqrt(expected[diagonal[i]] * expected[diagonal[j]]);
      return Math.abs(found[k] - expected[k]) / size;
    }),
  );
}
