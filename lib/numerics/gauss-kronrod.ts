import { gaussLegendre } from './gauss-legendre.js';
import type { QuadratureRule } from './quadrature-rule.js';

/**
 * The 21-point Kronrod extension of the 10-point Gauss–Legendre rule on [−1, 1]: exact to degree 31, with the embedded
 * Gauss rule at every second node for an error estimate. Upper half of the table, by spec/reference/kronrod.py.
 */
const upperHalf = [
  [0, 0.1494455540029169],
  [0.14887433898163122, 0.14773910490133849],
  [0.2943928627014602, 0.14277593857706009],
  [0.4333953941292472, 0.13470921731147334],
  [0.5627571346686047, 0.12349197626206584],
  [0.6794095682990244, 0.10938715880229764],
  [0.7808177265864169, 0.0931254545836976],
  [0.8650633666889845, 0.07503967481091996],
  [0.9301574913557082, 0.054755896574351995],
  [0.9739065285171717, 0.032558162307964725],
  [0.9956571630258081, 0.011694638867371874],
] as const;

const lowerHalf = upperHalf.slice(1).map(([node, weight]) => [-node, weight] as const);
const table = [...lowerHalf.reverse(), ...upperHalf];
const gauss = gaussLegendre(10);

/** Nodes, increasing, with their Kronrod weights and the Gauss weights (zero where the Gauss rule has no node). */
export const kronrod21: QuadratureRule & { readonly gaussWeights: Float64Array } = {
  nodes: Float64Array.from(table, ([node]) => node),
  weights: Float64Array.from(table, ([, weight]) => weight),
  gaussWeights: Float64Array.from(table, (_, k) => (k % 2 === 0 ? 0 : gauss.weights[(k - 1) / 2]!)),
};
