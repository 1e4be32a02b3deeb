/** A copy; a loop, since copying by the constructor takes several times as long for a few numbers. */
export function copyOf(values: ArrayLike<number>, length: number): Float64Array {
  const copy = new Float64Array(length);
  for (let i = 0; i < length; i++) copy[i] = values[i]!;
  return copy;
}

/** Whether all components are finite; a loop, since this is asked at every step. */
export function isFiniteVector(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
}

/** √Σ v². */
export function normOf(vector: Float64Array): number {
  let square = 0;
  for (let k = 0; k < vector.length; k++) square += vector[k]! * vector[k]!;
  return Math.sqrt(square);
}
