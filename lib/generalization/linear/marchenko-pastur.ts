import { adaptiveQuadrature } from '../../numerics/adaptive-quadrature.js';
import { equalRatios } from '../../numerics/equally-spaced.js';

/** The law of the eigenvalues of XᵀX, X a P × N matrix of independent N(0, 1/N), as N → ∞ at P = load · N. */
export interface MarchenkoPastur {
  readonly load: number;
  /** Weight of the eigenvalue 0: max(0, 1 − α). */
  readonly atom: number;
  /** x₋ = (1 − √α)², the lower edge of the continuous part. */
  readonly lower: number;
  /** x₊ = (1 + √α)², its upper edge. */
  readonly upper: number;
}

/**
 * Marchenko & Pastur 1967: density √((x₊ − x)(x − x₋))/(2πx) between the edges, of weight min(1, α), and an atom at 0.
 *
 * @param load α = P/N, finite and > 0
 * @example
 * marchenkoPastur(4).upper; // 9
 */
export function marchenkoPastur(load: number): MarchenkoPastur {
  const root = Math.sqrt(load);
  // (1 − α)/(1 + √α) keeps the distance to α = 1, which 1 − √α would round.
  return {
    load,
    atom: Math.max(0, 1 - load),
    lower: ((1 - load) / (1 + root)) ** 2,
    upper: (1 + root) ** 2,
  };
}

/** Writes its functions of an eigenvalue x ≥ 0, none of them negative, to `out`; `above` is x − x₋, unrounded. */
export type EigenvalueFunctions = (x: number, above: number, out: Float64Array) => void;

export interface SpectralIntegrals {
  /** One integral for each function. */
  readonly values: Float64Array;
  /** The largest estimated error of any of them, relative to it. */
  readonly relativeError: number;
}

const TOLERANCE = 1e-14;

/**
 * Integrals over the continuous part of the law. With x = x₋ + 4√α sin²(φ/2) the square roots at both edges go and the
 * density becomes (2α/π) sin²φ/x dφ, which is smooth on [0, π] at α = 1 too, where x₋ = 0. What is left are a pole at
 * x = 0, close to the edge when α is close to 1, and whatever layer the functions have there: panels that double from the
 * smaller of the two scales resolve both, and are halved until the difference of the Gauss and Kronrod rules is small.
 *
 * @param scale width in x − x₋ of the finest layer of the functions at the lower edge; Infinity if they have none
 */
export function spectralIntegrals(
  law: MarchenkoPastur,
  count: number,
  functions: EigenvalueFunctions,
  scale: number,
): SpectralIntegrals {
  const root = Math.sqrt(law.load);
  const integrand = (angle: number, out: Float64Array): void => {
    const sine = Math.sin(angle / 2);
    const above = 4 * root * sine * sine;
    const x = law.lower + above;
    const density = ((2 * root) / Math.PI) * (above / x) * Math.cos(angle / 2) ** 2;
    functions(x, above, out);
    for (let i = 0; i < count; i++) {
      out[i] = density * out[i]!;
      out[count + i] = out[i]!; // nothing cancels: the size is the value
    }
  };
  const narrowest = Math.min(scale, law.lower > 0 ? law.lower : Infinity);
  const out = new Float64Array(2 * count);
  const first = Math.min(Math.sqrt(narrowest / root), Math.PI / 2);
  const edges = [0, ...equalRatios(first, 2, 2), Math.PI];
  const relativeError = adaptiveQuadrature(count, TOLERANCE)(integrand, edges, out);
  return { values: out.subarray(0, count), relativeError };
}
