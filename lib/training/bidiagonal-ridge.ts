import type { BidiagonalSet } from './bidiagonal-inputs.js';

/** The minimum of ‖t − Bz‖² + λ‖z‖² with t = Be₁ + ξ: e₁ is the teacher, z the student. */
export interface BidiagonalMinimum {
  /** z₁. */
  readonly alongTeacher: number;
  /** ‖z‖². */
  readonly weightSquare: number;
  /** ‖z − e₁‖². */
  readonly errorSquare: number;
  /** ‖Bz‖². */
  readonly fieldSquare: number;
  /** ‖t − Bz‖² over the rows of B. */
  readonly residualSquare: number;
}

/**
 * Ridge regression on a bidiagonal set, by rotations of two rows or columns at a time, in O(min(P, N)): no matrix is
 * formed, condition numbers are not squared, and nothing over- or underflows, however many entries there are.
 *
 * @param ridge λ = Pζ ≥ 0; 0 is the limit λ → 0⁺, least squares for P ≥ N and else the minimum norm
 */
export function bidiagonalMinimum(set: BidiagonalSet, ridge: number): BidiagonalMinimum {
  return (set.sampleCount < set.dimension ? wideMinimum : tallMinimum)(set, ridge);
}

/**
 * P < N: ridge is the shortest (z, s) with Bz + √λ s = t. Rotations of columns turn [B √λ] into [L 0], L lower bidiagonal;
 * then Ly = t, and the rotations turned back take (y, 0) to (z, s).
 *
 * On its way down row i finds its diagonal entry as b_i = c B_ii in a column that is empty below, so √λ can be added to it,
 * a_i = √(b_i² + λ), and a rotation with the next column, (a_i, B_{i,i+1}) → (ℓ_i, 0), leaves L_{i+1,i} = s B_{i+1,i+1} and
 * b_{i+1} = c B_{i+1,i+1} below, c = a_i/ℓ_i, s = B_{i,i+1}/ℓ_i.
 */
export function wideMinimum(
  { diagonal, superdiagonal, noise }: BidiagonalSet,
  ridge: number,
): BidiagonalMinimum {
  const size = diagonal.length;
  const columns = new Float64Array(size);
  const lengths = new Float64Array(size);
  const y = new Float64Array(size);
  let entry = diagonal[0]!;
  let label = entry + noise[0]!;
  for (let i = 0; ; i++) {
    const beside = superdiagonal[i]!;
    const column = Math.sqrt(entry * entry + ridge);
    const length = Math.sqrt(column * column + beside * beside);
    columns[i] = column;
    lengths[i] = length;
    y[i] = label / length;
    if (i === size - 1) break;
    const below = diagonal[i + 1]!;
    label = noise[i + 1]! - ((beside * below) / length) * y[i]!;
    entry = (column / length) * below;
  }

  // z_{i+1} comes out of the rotation of columns i and i + 1; `rest` is what it leaves on column i.
  let [rest, weight, weightSquare, fieldSquare, residualSquare] = [0, 0, 0, 0, 0];
  for (let i = size - 1; i >= 0; i--) {
    const [column, length] = [columns[i]!, lengths[i]!];
    const [c, s] = [column / length, superdiagonal[i]! / length];
    const next = s * y[i]! + c * rest;
    const field = i === size - 1 ? 0 : diagonal[i + 1]! * next + superdiagonal[i + 1]! * weight;
    // Without ridge the column falls with every row, to 0 in the end, and what it carries falls with it.
    const dual = column === 0 ? 0 : (c * y[i]! - s * rest) / column;
    const residual = ridge * dual;
    rest = diagonal[i]! * (i === 0 ? 1 : columns[i - 1]! / lengths[i - 1]!) * dual;
    weightSquare += next * next;
    fieldSquare += field * field;
    residualSquare += residual * residual;
    weight = next;
  }
  return {
    alongTeacher: rest,
    weightSquare: weightSquare + rest * rest,
    errorSquare: weightSquare + (rest - 1) ** 2,
    fieldSquare: fieldSquare + (diagonal[0]! * rest + superdiagonal[0]! * weight) ** 2,
    residualSquare,
  };
}

/**
 * P ≥ N: least squares for d = z − e₁, ‖ξ − Bd‖² + λ‖e₁ + d‖², so that a student next to the teacher keeps its digits.
 * Rotations of rows turn the two blocks B and √λ into L over 0, L lower bidiagonal, and the right-hand sides ξ and −√λ e₁
 * into g; then Ld = g from the top down.
 *
 * On its way up column i finds its diagonal entry as b_i = c B_ii in a row that is empty to its left, with the right-hand side
 * f_i: a_i = √(b_i² + λ) takes in √λ, and a rotation with row i − 1, (B_{i−1,i}, a_i) → (0, ℓ_i), leaves
 * L_{i,i−1} = s B_{i−1,i−1} and b_{i−1} = c B_{i−1,i−1}, c = a_i/ℓ_i, s = B_{i−1,i}/ℓ_i.
 */
export function tallMinimum(
  { diagonal, superdiagonal, noise }: BidiagonalSet,
  ridge: number,
): BidiagonalMinimum {
  const size = diagonal.length;
  const lengths = new Float64Array(size);
  const g = new Float64Array(size);
  let entry = diagonal[size - 1]!;
  let right = noise[size - 1]!;
  for (let i = size - 1; i > 0; i--) {
    const above = superdiagonal[i - 1]!;
    const column = Math.sqrt(entry * entry + ridge);
    const length = Math.sqrt(column * column + above * above);
    const [c, s] = [column / length, above / length];
    const combined = (entry / column) * right;
    lengths[i] = length;
    g[i] = c * combined + s * noise[i - 1]!;
    right = c * noise[i - 1]! - s * combined;
    entry = c * diagonal[i - 1]!;
  }

  // 1 + d₁ would cancel for large λ.
  const square = entry * entry + ridge;
  const alongTeacher = (entry * (entry + right)) / square;
  const first = (entry * right - ridge) / square;
  let [error, weight] = [first, alongTeacher];
  let [others, fieldSquare, residualSquare] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const [onDiagonal, beside] = [diagonal[i]!, superdiagonal[i]!];
    const last = i === size - 1;
    const next = last ? 0 : (g[i + 1]! - ((beside * onDiagonal) / lengths[i + 1]!) * error) / lengths[i + 1]!;
    const field = onDiagonal * weight + beside * next;
    const residual = noise[i]! - onDiagonal * error - beside * next;
    others += next * next;
    fieldSquare += field * field;
    residualSquare += residual * residual;
    error = next;
    weight = next;
  }
  return {
    alongTeacher,
    weightSquare: others + alongTeacher * alongTeacher,
    errorSquare: others + first * first,
    fieldSquare,
    residualSquare,
  };
}
