import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** The shortest weights w of a rectifier that meets every label it can reach, and the forces w = Σ f_i x_i of the samples. */
export interface ShortestRectifier {
  readonly weights: Float64Array;
  readonly forces: Float64Array;
}

const MOST_ROUNDS = 200;

function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * y[k];
  return sum;
}

/**
 * The quadratic program min ‖w‖² with x_i·w = t_i where t_i > 0 and x_i·w ≤ 0 elsewhere. The first samples hold the student as
 * equations, some of the others at zero; a primal-dual active set finds which. It stops where every condition of the minimum holds: all
 * constraints, and forces at zero that only push downward. The program is convex, so that this is the minimum.
 */
export function shortestRectifier(
  inputs: readonly Float64Array[],
  labels: readonly number[],
): ShortestRectifier {
  const samples = [...labels.keys()];
  const equations = samples.filter((i) => labels[i] > 0);
  const others = samples.filter((i) => labels[i] <= 0);
  const dimension = inputs[0].length;
  let held = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const active = [...equations, ...others.filter((i) => held.has(i))];
    const gram = active.map((i) => active.map((j) => dot(inputs[i], inputs[j])));
    const right = active.map((i) => Math.max(labels[i], 0));
    const solved = new CholeskyDecomposition(new Matrix(gram)).solve(Matrix.columnVector(right)).getColumn(0);
    const forces = new Float64Array(labels.length);
    const weights = new Float64Array(dimension);
    active.forEach((i, at) => {
      forces[i] = solved[at];
      for (let k = 0; k < dimension; k++) weights[k] += solved[at] * inputs[i][k];
    });
    const kept = others.filter((i) => held.has(i) && forces[i] < 0);
    // Some of those above zero, the worst ones: more samples than weights would be no equations.
    const above = others.filter((i) => !held.has(i) && dot(inputs[i], weights) > 0);
    const fields = new Map(above.map((i) => [i, dot(inputs[i], weights)]));
    above.sort((i, j) => fields.get(j)! - fields.get(i)!);
    const room = Math.ceil((dimension - equations.length - kept.length) / 2);
    const next = new Set([...kept, ...above.slice(0, room)]);
    if (next.size === held.size && [...next].every((i) => held.has(i))) return { weights, forces };
    held = next;
  }
  throw new Error('the active set did not settle');
}
