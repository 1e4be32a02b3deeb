import { CholeskyDecomposition, Matrix, QrDecomposition } from 'ml-matrix';
import type { TrainingSet } from '../simulation/training-set.js';
import { addInputs, innerProducts, transposed } from './products.js';

// Weights are ω = w/√N throughout, so that h = x·ω and γ = ‖ω‖.

/** K + diagonal for the matrix K of inner products of the rows of `data`, ready for solving. */
export function gramDecomposition(
  data: Float64Array,
  rows: number,
  columns: number,
  diagonal: number,
): CholeskyDecomposition {
  const gram = innerProducts(data, rows, columns);
  gram.forEach((row, i) => (row[i] = row[i]! + diagonal));
  return new CholeskyDecomposition(new Matrix(gram));
}

/** The only column of a matrix. */
export function columnOf(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.getColumn(0));
}

/** Ridge through the N × N matrix: (XᵀX + Pζ)ω = Xᵀt. */
export function primalRidge(set: TrainingSet, labels: Float64Array, gammaDecay: number): Float64Array {
  const { inputs, sampleCount, dimension } = set;
  const right = new Float64Array(dimension);
  addInputs(set, labels, right);
  const columns = transposed(inputs, sampleCount, dimension);
  const gram = gramDecomposition(columns, dimension, sampleCount, sampleCount * gammaDecay);
  return columnOf(gram.solve(Matrix.columnVector(right)));
}

/** Ridge through the P × P matrix: ω = Xᵀ(XXᵀ + Pζ)⁻¹t. */
export function dualRidge(set: TrainingSet, labels: Float64Array, gammaDecay: number): Float64Array {
  const { inputs, sampleCount, dimension } = set;
  const gram = gramDecomposition(inputs, sampleCount, dimension, sampleCount * gammaDecay);
  const weights = new Float64Array(dimension);
  addInputs(set, columnOf(gram.solve(Matrix.columnVector(labels))), weights);
  return weights;
}

/**
 * The linear unit that minimizes (1/P)Σ½(t − h)² + ½ζγ² over γ and the direction: ridge on the effective weights with
 * λ = αζ in Σ½(t − h)² + ½λ‖w‖² (docs/theory/generalization.md). Through the smaller of the two matrices.
 *
 * @param gammaDecay ζ > 0
 */
export function ridge(set: TrainingSet, labels: Float64Array, gammaDecay: number): Float64Array {
  return (set.sampleCount < set.dimension ? dualRidge : primalRidge)(set, labels, gammaDecay);
}

/**
 * The limit ζ → 0⁺ of ridge: least squares for P ≥ N, for P < N the smallest weights without training error. By an orthogonal
 * decomposition of X, since XᵀX has the square of its condition, which is large at α = 1.
 */
export function minimumNorm(
  { inputs, sampleCount, dimension }: TrainingSet,
  labels: Float64Array,
): Float64Array {
  const matrix = Matrix.from1DArray(sampleCount, dimension, inputs);
  if (sampleCount >= dimension) {
    return columnOf(new QrDecomposition(matrix).solve(Matrix.columnVector(labels)));
  }
  // Xᵀ = QR: ω = Q y with Rᵀy = t.
  const decomposition = new QrDecomposition(matrix.transpose());
  const upper = decomposition.upperTriangularMatrix;
  const y = new Float64Array(sampleCount);
  for (let i = 0; i < sampleCount; i++) {
    let rest = labels[i]!;
    for (let j = 0; j < i; j++) rest -= upper.get(j, i) * y[j]!;
    y[i] = rest / upper.get(i, i);
  }
  return columnOf(decomposition.orthogonalMatrix.mmul(Matrix.columnVector(y)));
}
