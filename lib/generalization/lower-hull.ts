/**
 * Indices of the points (x, y), x increasing, on their lower convex hull, from left to right (Andrew's monotone chain).
 *
 * @example
 * lowerHull([0, 1, 2, 3], [0, 1, 0.5, 3]); // [0, 2, 3]
 */
export function lowerHull(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  const hull: number[] = [];
  for (let k = 0; k < x.length; k++) {
    while (hull.length > 1) {
      const j = hull[hull.length - 1]!;
      const i = hull[hull.length - 2]!;
      if ((y[j]! - y[i]!) * (x[k]! - x[j]!) < (y[k]! - y[j]!) * (x[j]! - x[i]!)) break;
      hull.pop();
    }
    hull.push(k);
  }
  return hull;
}
