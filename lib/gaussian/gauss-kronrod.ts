import { gaussLegendre } from './gauss-legendre.js';

/**
 * The 21-point Kronrod extension of the 10-point Gauss–Legendre rule on [−1, 1]: exact to degree 31, with the embedded
 * Gauss rule at every second node for an error estimate. Upper half of the table, by spec/reference/kronrod.py.
 */
const upperHalf = [
  [0, 0.14944555400291690566],
  [0.14887433898163121088, 0.14773910490133849137],
  [0.29439286270146019813, 0.1427759385770600808],
  [0.4333953941292471908, 0.13470921731147332593],
  [0.56275713466860468334, 0.12349197626206585108],
  [0.67940956829902440623, 0.1093871588022976419],
  [0.78081772658641689706, 0.093125454583697605535],
  [0.86506336668898451073, 0.075039674810919952767],
  [0.930157491355708226, 0.054755896574351996031],
  [0.97390652851717172008, 0.032558162307964727479],
  [0.99565716302580808074, 0.011694638867371874278],
] as const;

/** Nodes, increasing, with their Kronrod weights and the Gauss weights (zero where the Gauss rule has no node). */
export const kronrod21: {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  readonly gaussWeights: Float64Array;
} = (() => {
  const gauss = gaussLegendre(10);
  const nodes = new Float64Array(21);
  const weights = new Float64Array(21);
  const gaussWeights = new Float64Array(21);
  upperHalf.forEach(([node, weight], k) => {
    nodes[10 + k] = node;
    nodes[10 - k] = -node;
    weights[10 + k] = weight;
    weights[10 - k] = weight;
  });
  for (let k = 0; k < 10; k++) gaussWeights[2 * k + 1] = gauss.weights[k]!;
  return { nodes, weights, gaussWeights };
})();
