import { chebyshevPoints, chebyshevWeights } from './chebyshev.js';

/** Writes four values at (x, y) to out[0…3]. */
export type PlaneFunction = (x: number, y: number, out: Float64Array) => void;

/** One direction of the table: where its cells begin and end, and how many Chebyshev points each has. */
export interface CellAxis {
  /** The ends of the cell around a value. */
  readonly cell: (value: number) => readonly [number, number];
  readonly points: number;
}

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
 */
export function chebyshevCells(f: PlaneFunction, xAxis: CellAxis, yAxis: CellAxis): PlaneFunction {
  const cells = new Map<string, PlaneFunction>();
  let last:
    { x: readonly [number, number]; y: readonly [number, number]; evaluate: PlaneFunction } | undefined;

  const holds = ([from, to]: readonly [number, number], value: number): boolean =>
    value >= from && value <= to;

  return (x, y, out) => {
    if (last === undefined || !holds(last.x, x) || !holds(last.y, y)) {
      const [xCell, yCell] = [xAxis.cell(x), yAxis.cell(y)];
      const key = `${xCell[0]} ${yCell[0]}`;
      const evaluate = cells.get(key) ?? trustedCell(f, xCell, yCell, xAxis.points, yAxis.points);
      cells.set(key, evaluate);
      last = { x: xCell, y: yCell, evaluate };
    }
    last.evaluate(x, y, out);
  };
}

/** The interpolant of a cell if it is good, else the function: at once where a value is not finite. */
function trustedCell(
  f: PlaneFunction,
  [left, right]: readonly [number, number],
  [low, high]: readonly [number, number],
  columns: number,
  rows: number,
): PlaneFunction {
  const [xPoints, yPoints] = [chebyshevPoints(columns), chebyshevPoints(rows)];
  const [writeAlong, writeAcross] = [chebyshevWeights(columns), chebyshevWeights(rows)];
  const values = new Float64Array(COMPONENTS);
  const samples = new Float64Array(columns * rows * COMPONENTS);
  const largest = new Float64Array(COMPONENTS);
  for (let i = 0, at = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++, at += COMPONENTS) {
      f(place(left, right, xPoints[i]!), place(low, high, yPoints[j]!), values);
      // One unknown value spoils the whole interpolant; the others need not be found.
      if (!values.every(Number.isFinite)) return f;
      samples.set(values, at);
      values.forEach((value, k) => (largest[k] = Math.max(largest[k]!, Math.abs(value))));
    }
  }
  const along = new Float64Array(columns);
  const across = new Float64Array(rows);

  const interpolant: PlaneFunction = (x, y, out) => {
    writeAlong((2 * x - left - right) / (right - left), along);
    writeAcross((2 * y - low - high) / (high - low), across);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0, at = 0; i < columns; i++) {
      for (let j = 0; j < rows; j++, at += COMPONENTS) {
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
