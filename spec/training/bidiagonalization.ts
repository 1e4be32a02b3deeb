import type { BidiagonalSet } from '../../lib/training/bidiagonal-inputs.js';
import type { TrainingSet } from '../../lib/simulation/training-set.js';

type Rows = number[][];

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, k) => sum + x * b[k], 0);

/** Reflects vectors by the mirror that turns `from` into a positive multiple of unit vector `at`. */
function reflect(vectors: Rows, from: readonly number[], at: number): Rows {
  const mirror = from.map((x, k) => x - (k === at ? Math.sqrt(dot(from, from)) : 0));
  const square = dot(mirror, mirror);
  if (square === 0) return vectors;
  return vectors.map((vector) => {
    const share = (2 * dot(vector, mirror)) / square;
    return vector.map((x, k) => x - share * mirror[k]);
  });
}

const transposed = (rows: Rows): Rows => rows[0].map((_, k) => rows.map((row) => row[k]));
const from = (vector: readonly number[], start: number): number[] =>
  vector.map((x, k) => (k < start ? 0 : x));

/** X = UBVᵀ and Uᵀξ by Householder reflections, the teacher (1, …, 1) first, as Golub and Kahan do it. */
export function bidiagonalized(set: TrainingSet): { rows: Rows; noise: number[] } {
  const { sampleCount, dimension, inputs } = set;
  let rows = Array.from({ length: sampleCount }, (_, i) =>
    Array.from(inputs.subarray(i * dimension, (i + 1) * dimension)),
  );
  let noise = Array.from(set.noise);
  rows = reflect(rows, new Array<number>(dimension).fill(1), 0);
  for (let k = 0; k < Math.min(sampleCount, dimension); k++) {
    const columns = transposed(rows);
    const turned = reflect([...columns, noise], from(columns[k], k), k);
    noise = turned.pop()!;
    rows = transposed(turned);
    if (k + 1 < dimension) rows = reflect(rows, from(rows[k], k + 1), k + 1);
  }
  return { rows, noise };
}

/** The bidiagonal set that a training set is. */
export function bidiagonalSetOf(set: TrainingSet, meanShare = 0): BidiagonalSet {
  const { sampleCount, dimension } = set;
  const { rows, noise } = bidiagonalized(set);
  const size = Math.min(sampleCount, dimension);
  const entries = (column: (i: number) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => rows[i][column(i)] ?? 0);
  return {
    sampleCount,
    dimension,
    diagonal: entries((i) => i),
    superdiagonal: entries((i) => i + 1),
    noise: Float64Array.from(noise.slice(0, size)),
    unreachedNoise: noise.slice(size).reduce((sum, x) => sum + x * x, 0),
    meanShare,
  };
}
