import { chebyshevPoints, chebyshevWeights } from './chebyshev.js';

/** Writes four values at (x, y) to out[0…3]. */
export type PlaneFunction = (x: number, y: number, out: Float64Array) => void;

const COMPONENTS = 4;
// A cell is trusted when it gives back values between its points to this, relative to its largest.
const TRUSTED = 1e-8;
const CHECKS = [
  [0.31, -0.57],
  [-0.83, 0.91],
] as const;

/**
 * Tabulates an expensive function of two variables cell by cell as its arguments come by: a cell is filled with Chebyshev
 * points at its first use and from then on costs about a microsecond. A cell that does not give the function back to 1e-8 of
 * its largest values is not used; the function itself is.
 *
 * @param xEdges increasing ends of the cells in x; cells at the ends serve beyond them
 * @param points Chebyshev points of a cell in each direction
 */
export function chebyshevCells(
  f: PlaneFunction,
  xEdges: readonly number[],
  yEdges: readonly number[],
  points: number,
): PlaneFunction {
  const cells: PlaneFunction[] = [];
  return (x, y, out) => {
    const [i, j] = [cellAt(xEdges, x), cellAt(yEdges, y)];
    const at = i * yEdges.length + j;
    cells[at] ??= trustedCell(f, [xEdges[i]!, xEdges[i + 1]!], [yEdges[j]!, yEdges[j + 1]!], points);
    cells[at](x, y, out);
  };
}

function cellAt(edges: readonly number[], value: number): number {
  let k = 0;
  while (k + 2 < edges.length && value >= edges[k + 1]!) k++;
  return k;
}

/** The interpolant of a cell if it is good, else the function: at once where a value is not finite. */
function trustedCell(
  f: PlaneFunction,
  [left, right]: readonly [number, number],
  [low, high]: readonly [number, number],
  count: number,
): PlaneFunction {
  const points = chebyshevPoints(count);
  const writeWeights = chebyshevWeights(count);
  const values = new Float64Array(COMPONENTS);
  const samples = new Float64Array(count * count * COMPONENTS);
  const largest = new Float64Array(COMPONENTS);
  for (let i = 0, at = 0; i < count; i++) {
    for (let j = 0; j < count; j++, at += COMPONENTS) {
      f(place(left, right, points[i]!), place(low, high, points[j]!), values);
      // One unknown value spoils the whole interpolant; the others need not be found.
      if (!values.every(Number.isFinite)) return f;
      samples.set(values, at);
      values.forEach((value, k) => (largest[k] = Math.max(largest[k]!, Math.abs(value))));
    }
  }
  const along = new Float64Array(count);
  const across = new Float64Array(count);

  const interpolant: PlaneFunction = (x, y, out) => {
    writeWeights((2 * x - left - right) / (right - left), along);
    writeWeights((2 * y - low - high) / (high - low), across);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0, at = 0; i < count; i++) {
      for (let j = 0; j < count; j++, at += COMPONENTS) {
        const weight = along[i]! * across[j]!;
        a += weight * samples[at]!;
        b += weight * samples[at + 1]!;
        c += weight * samples[at + 2]!;
        d += weight * samples[at + 3]!;
      }
    }
    out[0] = a;
    out[1] = b;
    out[2] = c;
    out[3] = d;
  };

  const exact = new Float64Array(COMPONENTS);
  const good = CHECKS.every(([s, t]) => {
    const [x, y] = [place(left, right, s), place(low, high, t)];
    f(x, y, exact);
    interpolant(x, y, values);
    return values.every((value, k) => Math.abs(value - exact[k]!) <= TRUSTED * largest[k]!);
  });
  return good ? interpolant : f;
}

function place(from: number, to: number, t: number): number {
  return (from + to) / 2 + ((to - from) / 2) * t;
}
