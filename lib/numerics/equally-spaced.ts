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

/** first, ratio · first, ratio² · first, … below a limit. */
export function equalRatios(first: number, ratio: number, limit: number): number[] {
  const numbers: number[] = [];
  for (let number = first; number < limit; number *= ratio) numbers.push(number);
  return numbers;
}
