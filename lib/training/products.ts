import type { TrainingSet } from '../simulation/training-set.js';

// Dense products over contiguous rows. Four independent sums let the processor overlap additions that would otherwise wait
// for one another.

/** x_i·ω. */
function field({ inputs, dimension }: TrainingSet, i: number, weights: Float64Array): number {
  const whole = dimension - (dimension % 4);
  const at = i * dimension;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = 0; k < whole; k += 4) {
    a += inputs[at + k]! * weights[k]!;
    b += inputs[at + k + 1]! * weights[k + 1]!;
    c += inputs[at + k + 2]! * weights[k + 2]!;
    d += inputs[at + k + 3]! * weights[k + 3]!;
  }
  for (let k = whole; k < dimension; k++) a += inputs[at + k]! * weights[k]!;
  return a + b + (c + d);
}

/** Writes the fields h_i = x_i·ω to `out`. */
export function writeFields(set: TrainingSet, weights: Float64Array, out: Float64Array): void {
  for (let i = 0; i < set.sampleCount; i++) out[i] = field(set, i, weights);
}

/** Adds Σ_i slope(i, h_i) x_i to `out`, in one pass over the inputs. */
export function addFieldGradient(
  set: TrainingSet,
  weights: Float64Array,
  slope: (i: number, h: number) => number,
  out: Float64Array,
): void {
  const { inputs, sampleCount, dimension } = set;
  for (let i = 0, at = 0; i < sampleCount; i++, at += dimension) {
    const coefficient = slope(i, field(set, i, weights));
    if (coefficient === 0) continue;
    for (let k = 0; k < dimension; k++) out[k] = out[k]! + coefficient * inputs[at + k]!;
  }
}

/** Adds Σ_i coefficients_i x_i to `out`. */
export function addInputs(
  { inputs, sampleCount, dimension }: TrainingSet,
  coefficients: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, at = 0; i < sampleCount; i++, at += dimension) {
    const coefficient = coefficients[i]!;
    if (coefficient === 0) continue;
    for (let k = 0; k < dimension; k++) out[k] = out[k]! + coefficient * inputs[at + k]!;
  }
}

/** The rows × rows matrix of inner products of the rows of a matrix; two rows against two at a time. */
export function innerProducts(data: Float64Array, rows: number, columns: number): Float64Array[] {
  const products = Array.from({ length: rows }, () => new Float64Array(rows));
  for (let i = 0; i < rows; i += 2) {
    const i0 = i * columns;
    const i1 = Math.min(i + 1, rows - 1) * columns;
    for (let j = 0; j <= i; j += 2) {
      const j0 = j * columns;
      const j1 = Math.min(j + 1, rows - 1) * columns;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let k = 0; k < columns; k++) {
        const x0 = data[i0 + k]!;
        const x1 = data[i1 + k]!;
        const y0 = data[j0 + k]!;
        const y1 = data[j1 + k]!;
        a += x0 * y0;
        b += x0 * y1;
        c += x1 * y0;
        d += x1 * y1;
      }
      setPair(products, i, j, a);
      if (j + 1 < rows) setPair(products, i, j + 1, b);
      if (i + 1 < rows) setPair(products, i + 1, j, c);
      if (i + 1 < rows && j + 1 < rows) setPair(products, i + 1, j + 1, d);
    }
  }
  return products;
}

function setPair(matrix: readonly Float64Array[], i: number, j: number, value: number): void {
  matrix[i]![j] = value;
  matrix[j]![i] = value;
}

/** The transpose of a rows × columns matrix. */
export function transposed(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) out[k * rows + i] = data[i * columns + k]!;
  }
  return out;
}
