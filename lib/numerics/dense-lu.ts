/** A square matrix held as a product of triangles, ready for solving; buffers are made once. */
export interface DenseLu {
  /** Where the caller writes the matrix, row by row, before `factorize`. */
  readonly matrix: Float64Array;
  /** Replaces the matrix by its triangles; false where it is singular or not finite. */
  factorize(): boolean;
  /** Replaces `vector` by the solution of matrix · x = vector. */
  solve(vector: Float64Array): void;
}

/** Gaussian elimination with partial pivoting, for the few equations of an implicit step. */
export function denseLu(n: number): DenseLu {
  const matrix = new Float64Array(n * n);
  const pivots = new Int32Array(n);

  function swapRows(a: number, b: number): void {
    for (let j = 0; j < n; j++) {
      const value = matrix[n * a + j]!;
      matrix[n * a + j] = matrix[n * b + j]!;
      matrix[n * b + j] = value;
    }
  }

  return {
    matrix,
    factorize() {
      for (let k = 0; k < n; k++) {
        let pivot = k;
        for (let i = k + 1; i < n; i++) {
          if (Math.abs(matrix[n * i + k]!) > Math.abs(matrix[n * pivot + k]!)) pivot = i;
        }
        pivots[k] = pivot;
        if (pivot !== k) swapRows(k, pivot);
        const inverse = 1 / matrix[n * k + k]!;
        if (!Number.isFinite(inverse)) return false;
        matrix[n * k + k] = inverse;
        for (let i = k + 1; i < n; i++) {
          const factor = (matrix[n * i + k]! *= inverse);
          for (let j = k + 1; j < n; j++) matrix[n * i + j]! -= factor * matrix[n * k + j]!;
        }
      }
      return true;
    },
    solve(vector) {
      for (let k = 0; k < n; k++) {
        const value = vector[pivots[k]!]!;
        vector[pivots[k]!] = vector[k]!;
        vector[k] = value;
      }
      for (let k = 1; k < n; k++) {
        let sum = vector[k]!;
        for (let j = 0; j < k; j++) sum -= matrix[n * k + j]! * vector[j]!;
        vector[k] = sum;
      }
      for (let k = n - 1; k >= 0; k--) {
        let sum = vector[k]!;
        for (let j = k + 1; j < n; j++) sum -= matrix[n * k + j]! * vector[j]!;
        vector[k] = sum * matrix[n * k + k]!;
      }
    },
  };
}
