import { denseLu } from '../../numerics/dense-lu.js';

/** Nodes of Lobatto's rule over a step, both ends included. */
export const COUNT = 8;

/** Coefficients, in the polynomials of Chebyshev, of the integral of a polynomial through the nodes. */
export const TERMS = COUNT + 1;

const HALF_OF_NODES = [0.20929921790247888, 0.5917001814331423, 0.8717401485096066, 1];

/** The nodes on [−1, 1]: ±1 and the zeros of P₇′. */
export const NODES = Float64Array.from([...HALF_OF_NODES.map((x) => -x).reverse(), ...HALF_OF_NODES]);

/** T_m(x) for m < count. */
function chebyshevAt(x: number, count: number): Float64Array {
  const values = new Float64Array(count);
  values[0] = 1;
  values[1] = x;
  for (let m = 2; m < count; m++) values[m] = 2 * x * values[m - 1]! - values[m - 2]!;
  return values;
}

/** Writes factor times the Chebyshev coefficients of ∫₋₁ˣ T_m to `out`, added to what stands there. */
function addIntegral(m: number, factor: number, out: Float64Array): void {
  const add = (k: number, value: number): void => {
    out[k]! += factor * value;
    out[0]! -= factor * (k % 2 === 0 ? value : -value); // so that the integral vanishes at −1
  };
  if (m <= 1) add(m + 1, 1 / (m + 1) ** 2);
  else {
    add(m + 1, 1 / (2 * (m + 1)));
    add(m - 1, -1 / (2 * (m - 1)));
  }
}

/** Row k: the Chebyshev coefficients of ℓ_k, the polynomial that is 1 at node k and 0 at the others. */
export const LAGRANGE = ((): Float64Array => {
  const lu = denseLu(COUNT);
  NODES.forEach((x, j) => {
    lu.matrix.set(chebyshevAt(x, COUNT), COUNT * j);
  });
  lu.factorize();
  const out = new Float64Array(COUNT * COUNT);
  for (let k = 0; k < COUNT; k++) {
    out[COUNT * k + k] = 1;
    lu.solve(out.subarray(COUNT * k, COUNT * (k + 1)));
  }
  return out;
})();

/**
 * Row k: the Chebyshev coefficients of ∫₋₁ˣ ℓ_k. With slopes f_k at the nodes of a step of length h,
 * y(x) = y₀ + (h/2) Σ_k f_k ∫₋₁ˣ ℓ_k; at x = 1 that is Lobatto's rule, exact for slopes of degree 13.
 */
export const INTEGRALS = ((): Float64Array => {
  const out = new Float64Array(COUNT * TERMS);
  for (let k = 0; k < COUNT; k++) {
    const row = out.subarray(TERMS * k, TERMS * (k + 1));
    for (let m = 0; m < COUNT; m++) addIntegral(m, LAGRANGE[COUNT * k + m]!, row);
  }
  return out;
})();

/** Row j: the weights of the slopes in the integral from −1 to node j. */
export const WEIGHTS = ((): Float64Array => {
  const out = new Float64Array(COUNT * COUNT);
  NODES.forEach((x, j) => {
    const chebyshev = chebyshevAt(x, TERMS);
    for (let k = 0; k < COUNT; k++) {
      for (let m = 0; m < TERMS; m++) out[COUNT * j + k]! += INTEGRALS[TERMS * k + m]! * chebyshev[m]!;
    }
  });
  return out;
})();
