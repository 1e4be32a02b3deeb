import type { VectorFunction } from './piecewise-chebyshev.js';

/** Derivative of as many functions as `out` is long: three Richardson steps on central differences of step h, h/2, h/4, h/8, error of order h⁸. */
export function centralDerivative(at: VectorFunction, x: number, h: number, out: Float64Array): void {
  const left = new Float64Array(out.length);
  const right = new Float64Array(out.length);
  const rows: Float64Array[] = [];
  for (let k = 0; k < 4; k++) {
    const step = h / 2 ** k;
    at(x - step, left);
    at(x + step, right);
    rows.push(right.map((value, i) => (value - left[i]!) / (2 * step)));
    for (let j = k - 1; j >= 0; j--) {
      const factor = 4 ** (k - j) - 1;
      rows[j] = rows[j]!.map((coarse, i) => rows[j + 1]![i]! + (rows[j + 1]![i]! - coarse) / factor);
    }
  }
  out.set(rows[0]!);
}

/** Value and derivative at x of the polynomial through a component of values at nodes, by Newton's divided differences. */
export function interpolated(
  nodes: readonly number[],
  values: readonly ArrayLike<number>[],
  component: number,
  x: number,
): [number, number] {
  const coefficients = values.map((value) => value[component]!);
  for (let level = 1; level < nodes.length; level++) {
    for (let k = nodes.length - 1; k >= level; k--) {
      coefficients[k] = (coefficients[k]! - coefficients[k - 1]!) / (nodes[k]! - nodes[k - level]!);
    }
  }
  let value = 0;
  let slope = 0;
  for (let k = nodes.length - 1; k >= 0; k--) {
    slope = slope * (x - nodes[k]!) + value;
    value = value * (x - nodes[k]!) + coefficients[k]!;
  }
  return [value, slope];
}
