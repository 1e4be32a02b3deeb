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
  for (let i = 0; i < set.sampleCount; i++) addInput(set, i, slope(i, field(set, i, weights)), out);
}

/** Adds Σ_i coefficients_i x_i to `out`. */
export function addInputs(set: TrainingSet, coefficients: Float64Array, out: Float64Array): void {
  for (let i = 0; i < set.sampleCount; i++) addInput(set, i, coefficients[i]!, out);
}

function addInput(
  { inputs, dimension }: TrainingSet,
  i: number,
  coefficient: number,
  out: Float64Array,
): void {
  if (coefficient === 0) return;
  const at = i * dimension;
  for (let k = 0; k < dimension; k++) out[k] = out[k]! + coefficient * inputs[at + k]!;
}

/** The rows × rows matrix of inner products of the rows of a matrix; two rows against two at a time. */
export function innerProducts(data: Float64Array, rows: number, columns: number): Float64Array[] {
  const products = Array.from({ length: rows }, () => new Float64Array(rows));
  for (let i = 0; i < rows; i += 2) {
    const nextI = Math.min(i + 1, rows - 1);
    const [i0, i1] = [i * columns, nextI * columns];
    for (let j = 0; j <= i; j += 2) {
      const nextJ = Math.min(j + 1, rows - 1);
      const [j0, j1] = [j * columns, nextJ * columns];
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
      products[i]![j] = products[j]![i] = a;
      products[i]![nextJ] = products[nextJ]![i] = b;
      products[nextI]![j] = products[j]![nextI] = c;
      products[nextI]![nextJ] = products[nextJ]![nextI] = d;
    }
  }
  return products;
}

/** The transpose of a rows × columns matrix. */
export function transposed(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) out[k * rows + i] = data[i * columns + k]!;
  }
  return out;
}
