import { chebyshevPoints, chebyshevTransform } from './chebyshev.js';

/** Writes a vector of values at x. */
export type VectorFunction = (x: number, out: Float64Array) => void;

const COMPONENTS = 4;

/** Four tabulated functions and their derivatives. */
export interface ChebyshevTable {
  readonly value: VectorFunction;
  readonly derivative: VectorFunction;
}

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
): ChebyshevTable {
  const coefficientsOf = interpolation(f, terms);
  const pieces = edges.slice(1).map((right, p) => coefficientsOf(edges[p]!, right));
  const slopes = pieces.map((coefficients, p) =>
    derivativeCoefficients(coefficients, edges[p + 1]! - edges[p]!),
  );
  return { value: evaluator(pieces, edges), derivative: evaluator(slopes, edges) };
}

function evaluator(pieces: readonly Float64Array[], edges: readonly number[]): VectorFunction {
  const ends = Float64Array.from(edges);
  const last = pieces.length - 1;
  const highest = pieces[0]!.length - COMPONENTS;

  return (x, out) => {
    let p = 0;
    while (p < last && x > ends[p + 1]!) p++;
    const left = ends[p]!;
    const right = ends[p + 1]!;
    const t = Math.min(1, Math.max(-1, (2 * x - left - right) / (right - left)));
    const c = pieces[p]!;
    // Clenshaw's recurrence, the four side by side.
    let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let k = highest; k > 0; k -= COMPONENTS) {
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

/** Series of the derivatives on an interval of given width: d_{k−1} = d_{k+1} + 2k c_k, and d₀ halved. */
function derivativeCoefficients(coefficients: Float64Array, width: number): Float64Array {
  const terms = coefficients.length / COMPONENTS;
  const slopes = new Float64Array(coefficients.length);
  for (let k = terms - 1; k > 0; k--) {
    for (let i = 0; i < COMPONENTS; i++) {
      const above = k + 1 < terms ? slopes[(k + 1) * COMPONENTS + i]! : 0;
      slopes[(k - 1) * COMPONENTS + i] = above + 2 * k * coefficients[k * COMPONENTS + i]!;
    }
  }
  for (let i = 0; i < COMPONENTS; i++) slopes[i] = slopes[i]! / 2;
  return slopes.map((slope) => (2 * slope) / width);
}

/** Gives the coefficients of the interpolants on an interval, function by function. */
function interpolation(f: VectorFunction, terms: number): (left: number, right: number) => Float64Array {
  const points = chebyshevPoints(terms);
  const transform = chebyshevTransform(terms);
  const values = new Float64Array(COMPONENTS);
  return (left, right) => {
    const coefficients = new Float64Array(terms * COMPONENTS);
    for (let j = 0; j < terms; j++) {
      f((left + right) / 2 + ((right - left) / 2) * points[j]!, values);
      for (let k = 0; k < terms; k++) {
        const weight = transform[k * terms + j]!;
        for (let i = 0; i < COMPONENTS; i++) coefficients[k * COMPONENTS + i]! += weight * values[i]!;
      }
    }
    return coefficients;
  };
}
