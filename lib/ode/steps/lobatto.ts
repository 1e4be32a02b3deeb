import { inverse, Matrix } from 'ml-matrix';

/** Nodes of Lobatto's rule over a step, both ends included. */
export const COUNT = 8;

/** Coefficients, in the polynomials of Chebyshev, of the integral of a polynomial through the nodes. */
export const TERMS = COUNT + 1;

const HALF_OF_NODES = [0.20929921790247888, 0.5917001814331423, 0.8717401485096066, 1];

/** The nodes on [−1, 1]: ±1 and the zeros of P₇′. */
export const NODES = Float64Array.from([...HALF_OF_NODES.map((x) => -x).reverse(), ...HALF_OF_NODES]);

/** Row j: T_m at node j for m < TERMS. */
const CHEBYSHEV = new Matrix(
  Array.from(NODES, (x) => Array.from({ length: TERMS }, (_, m) => Math.cos(m * Math.acos(x)))),
);

/** The Chebyshev coefficients of ∫₋₁ˣ T_m. */
function integralOf(m: number): number[] {
  const out = Array<number>(TERMS).fill(0);
  const add = (k: number, value: number): void => {
    out[k]! += value;
    out[0]! -= k % 2 === 0 ? value : -value; // so that the integral vanishes at −1
  };
  if (m <= 1) add(m + 1, 1 / (m + 1) ** 2);
  else {
    add(m + 1, 1 / (2 * (m + 1)));
    add(m - 1, -1 / (2 * (m - 1)));
  }
  return out;
}

const lagrange = inverse(CHEBYSHEV.subMatrix(0, COUNT - 1, 0, COUNT - 1)).transpose();
const integrals = lagrange.mmul(new Matrix(Array.from(NODES, (_, m) => integralOf(m))));

/** Row k: the Chebyshev coefficients of ℓ_k, the polynomial that is 1 at node k and 0 at the others. */
export const LAGRANGE = Float64Array.from(lagrange.to1DArray());

/**
 * Row k: the Chebyshev coefficients of ∫₋₁ˣ ℓ_k. With slopes f_k at the nodes of a step of length h,
 * y(x) = y₀ + (h/2) Σ_k f_k ∫₋₁ˣ ℓ_k; at x = 1 that is Lobatto's rule, exact for slopes of degree 13.
 */
export const INTEGRALS = Float64Array.from(integrals.to1DArray());

/** Row j: the weights of the slopes in the integral from −1 to node j. */
export const WEIGHTS = Float64Array.from(CHEBYSHEV.mmul(integrals.transpose()).to1DArray());
