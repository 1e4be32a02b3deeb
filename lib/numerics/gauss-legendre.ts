import type { QuadratureRule } from './quadrature-rule.js';

/** P_n(x) and P_n′(x) by the three-term recurrence. */
function legendre(n: number, x: number): [number, number] {
  let previous = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
  }
  return [value, (n * (previous - x * value)) / ((1 - x) * (1 + x))];
}

const cache = new Map<number, QuadratureRule>();

/**
 * The n-point Gauss–Legendre rule on [−1, 1], exact for polynomials of degree 2n − 1.
 *
 * Nodes by Newton's iteration from Tricomi's asymptotic guess; rules are kept for reuse.
 */
export function gaussLegendre(n: number): QuadratureRule {
  const known = cache.get(n);
  if (known) return known;
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5)) * (1 - (n - 1) / (8 * n ** 3));
    for (let iteration = 0; iteration < 8; iteration++) {
      const [value, slope] = legendre(n, x);
      x -= value / slope;
    }
    if (2 * i + 1 === n) x = 0;
    const slope = legendre(n, x)[1];
    nodes[n - 1 - i] = x;
    weights[n - 1 - i] = 2 / ((1 - x) * (1 + x) * slope * slope);
  }
  const rule = { nodes, weights };
  cache.set(n, rule);
  return rule;
}
