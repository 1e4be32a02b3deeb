const GRID = 400; // points; the spacing near 0 is below 0.1 for ranges up to 1e6
const CROWD = 36; // down to distances of 1e-11

/**
 * Points from low to high, dense near 0 and coarse far out, with the kinks among them. At a kink the wells on its two sides may
 * be as close as they like, so points crowd towards it like powers of two.
 */
export function stepGrid(low: number, high: number, kinks: readonly number[]): Float64Array {
  const [from, to] = [Math.asinh(low), Math.asinh(high)];
  const points = Array.from({ length: GRID }, (_, i) => Math.sinh(from + ((to - from) * i) / (GRID - 1)));
  const crowds = kinks.flatMap((kink) =>
    Array.from({ length: CROWD }, (_, i) => 2 ** -(i + 2) * (1 + Math.abs(kink))).flatMap((distance) => [
      kink - distance,
      kink + distance,
    ]),
  );
  const all = [...points, ...kinks, ...crowds].filter((z) => z >= low && z <= high).sort((x, y) => x - y);
  return Float64Array.from(new Set(all));
}
