/**
 * `count` equally spaced numbers, both ends included and exact.
 *
 * @param count an integer ≥ 2
 */
export function equallySpaced(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? to : from + ((to - from) * i) / (count - 1),
  );
}
