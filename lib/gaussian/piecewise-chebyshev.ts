/** Writes a vector of values at x. */
export type VectorFunction = (x: number, out: Float64Array) => void;

const COMPONENTS = 4;

/**
 * Tabulates four smooth functions at once as Chebyshev series on each of several intervals, and gives them back as one
 * function that costs a few multiplications a term and allocates nothing. Four, since that is what a right-hand side
 * needs and unrolled sums are several times quicker than a loop over components.
 *
 * @param edges increasing ends of the intervals; arguments outside are taken at the nearer end
 * @param terms terms of each series
 */
export function piecewiseChebyshev(
  f: VectorFunction,
  edges: readonly number[],
  terms: number,
): VectorFunction {
  const pieces = edges.slice(1).map((right, p) => chebyshevCoefficients(f, edges[p]!, right, terms));
  const ends = Float64Array.from(edges);
  const last = pieces.length - 1;

  return (x, out) => {
    let p = 0;
    while (p < last && x > ends[p + 1]!) p++;
    const left = ends[p]!;
    const right = ends[p + 1]!;
    const t = Math.min(1, Math.max(-1, (2 * x - left - right) / (right - left)));
    const c = pieces[p]!;
    // Clenshaw's recurrence, the four side by side.
    let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let k = COMPONENTS * (terms - 1); k > 0; k -= COMPONENTS) {
      const c0 = c[k]! + 2 * t * a0 - b0;
      const c1 = c[k + 1]! + 2 * t * a1 - b1;
      const c2 = c[k + 2]! + 2 * t * a2 - b2;
      const c3 = c[k + 3]! + 2 * t * a3 - b3;
      b0 = a0;
      b1 = a1;
      b2 = a2;
      b3 = a3;
      a0 = c0;
      a1 = c1;
      a2 = c2;
      a3 = c3;
    }
    out[0] = c[0]! + t * a0 - b0;
    out[1] = c[1]! + t * a1 - b1;
    out[2] = c[2]! + t * a2 - b2;
    out[3] = c[3]! + t * a3 - b3;
  };
}

/** Coefficients of the interpolants at the Chebyshev points of the first kind, function by function. */
function chebyshevCoefficients(f: VectorFunction, left: number, right: number, terms: number): Float64Array {
  const values = new Float64Array(COMPONENTS);
  const coefficients = new Float64Array(terms * COMPONENTS);
  for (let j = 0; j < terms; j++) {
    const angle = (Math.PI * (j + 0.5)) / terms;
    f((left + right) / 2 + ((right - left) / 2) * Math.cos(angle), values);
    for (let k = 0; k < terms; k++) {
      const weight = ((k === 0 ? 1 : 2) * Math.cos(k * angle)) / terms;
      for (let i = 0; i < COMPONENTS; i++) {
        const at = k * COMPONENTS + i;
        coefficients[at] = coefficients[at]! + weight * values[i]!;
      }
    }
  }
  return coefficients;
}
