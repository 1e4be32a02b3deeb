/** Whether all components are finite; a loop, since this is asked at every step. */
export function isFiniteVector(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
}
