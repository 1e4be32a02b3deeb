import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { gaussLegendre } from './gauss-legendre.js';
import { type QuadratureRule } from './quadrature-rule.js';

/** Gauss–Legendre rules on panels, of a length that may depend on their width; weights times a density, in total 1. */
export function densityRule(
  edges: readonly number[],
  nodesOnPanel: (width: number) => number,
  density: (x: number) => number,
): QuadratureRule {
  const nodes: number[] = [];
  const weights: number[] = [];
  let total = 0;
  for (let p = 0; p + 1 < edges.length; p++) {
    const half = (edges[p + 1]! - edges[p]!) / 2;
    const base = gaussLegendre(nodesOnPanel(2 * half));
    for (let k = 0; k < base.nodes.length; k++) {
      const x = edges[p]! + half * (1 + base.nodes[k]!);
      const weight = half * base.weights[k]! * density(x);
      nodes.push(x);
      weights.push(weight);
      total += weight;
    }
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights, (weight) => weight / total) };
}

/**
 * The n-point Gauss rule of a law given by a finer rule of total weight 1: the recurrence of its orthonormal polynomials by
 * Stieltjes' procedure, then nodes and weights from their Jacobi matrix.
 *
 * @param n far fewer than the nodes of `law`
 */
export function gaussRule(law: QuadratureRule, n: number): QuadratureRule {
  const size = law.nodes.length;
  const jacobi = Matrix.zeros(n, n);
  let before = new Float64Array(size);
  let now = new Float64Array(size).fill(1);
  let lower = 0;
  for (let k = 0; k < n; k++) {
    let centre = 0;
    for (let j = 0; j < size; j++) centre += law.weights[j]! * law.nodes[j]! * now[j]! ** 2;
    jacobi.set(k, k, centre);
    if (k + 1 === n) break;
    let square = 0;
    for (let j = 0; j < size; j++) {
      before[j] = (law.nodes[j]! - centre) * now[j]! - lower * before[j]!;
      square += law.weights[j]! * before[j]! ** 2;
    }
    lower = Math.sqrt(square);
    for (let j = 0; j < size; j++) before[j] = before[j]! / lower;
    [before, now] = [now, before];
    jacobi.set(k, k + 1, lower);
    jacobi.set(k + 1, k, lower);
  }
  return ruleOfJacobiMatrix(jacobi);
}

/** Nodes on a panel of the rules that Gauss rules are made from. */
export const FINE_NODES = 60;

/** The n-point Gauss rule of the law with a density that is smooth on panels. */
export function gaussRuleOf(
  density: (x: number) => number,
  edges: readonly number[],
  n: number,
): QuadratureRule {
  return gaussRule(
    densityRule(edges, () => FINE_NODES, density),
    n,
  );
}

/** The nodes of a rule with its weights times a factor, in total 1. */
export function reweighted(
  { nodes, weights }: QuadratureRule,
  factor: (x: number) => number,
): QuadratureRule {
  const changed = weights.map((weight, k) => weight * factor(nodes[k]!));
  const total = changed.reduce((sum, weight) => sum + weight);
  return { nodes, weights: changed.map((weight) => weight / total) };
}

/** Rules by their number of nodes, each made once. */
export function remembered(make: (nodes: number) => QuadratureRule): (nodes: number) => QuadratureRule {
  const rules = new Map<number, QuadratureRule>();
  return (nodes) => {
    const rule = rules.get(nodes) ?? make(nodes);
    rules.set(nodes, rule);
    return rule;
  };
}

/** Nodes and weights from the Jacobi matrix of orthonormal polynomials (Golub & Welsch, Math. Comp. 23, 221 (1969)). */
export function ruleOfJacobiMatrix(matrix: Matrix): QuadratureRule {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((i, j) => realEigenvalues[i]! - realEigenvalues[j]!);
  return {
    nodes: Float64Array.from(order, (i) => realEigenvalues[i]!),
    weights: Float64Array.from(order, (i) => eigenvectorMatrix.get(0, i) ** 2),
  };
}
