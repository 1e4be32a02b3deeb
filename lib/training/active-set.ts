import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { TrainingSet } from '../simulation/training-set.js';
import { addInputs, transposed, writeFields } from './products.js';
import { columnOf, gramDecomposition } from './ridge.js';

// Where a sample is: on the branch of slope a, of slope b, or at rest at the kink between them.
const RIGHT = 1;
const LEFT = -1;
const KINK = 0;

const LARGEST_COUNT = 30;

/** The inputs of the chosen samples one after another. */
function rowsOf({ inputs, dimension }: TrainingSet, samples: readonly number[]): Float64Array {
  const rows = new Float64Array(samples.length * dimension);
  samples.forEach((sample, at) => {
    rows.set(inputs.subarray(sample * dimension, (sample + 1) * dimension), at * dimension);
  });
  return rows;
}

/**
 * The minimum of Σ½(t − g′h)² + ½Pζ‖ω‖² with each sample on its branch and h = 0 for those at the kink, together with the
 * forces s that keep them there: Hω + X_Kᵀs = r, X_Kω = 0. Undefined where that is not one point.
 */
function branchMinimum(
  set: TrainingSet,
  labels: Float64Array,
  [a, b]: readonly [number, number],
  gammaDecay: number,
  places: Int8Array,
): { weights: Float64Array; forces: Float64Array } | undefined {
  const { sampleCount, dimension } = set;
  const slopes = Float64Array.from(places, (place) => (place === RIGHT ? a : place === LEFT ? b : 0));
  const samples = [...slopes.keys()];
  const sloping = samples.filter((i) => slopes[i] !== 0);
  const kinked = samples.filter((i) => places[i] === KINK);
  const rows = rowsOf(set, sloping);
  sloping.forEach((sample, at) => {
    for (let k = 0; k < dimension; k++) rows[at * dimension + k]! *= slopes[sample]!;
  });
  const columns = transposed(rows, sloping.length, dimension);
  const decomposition = gramDecomposition(columns, dimension, sloping.length, sampleCount * gammaDecay);
  if (!decomposition.isPositiveDefinite()) return undefined;

  const right = new Float64Array(dimension);
  const pulls = labels.map((t, i) => t * slopes[i]!);
  addInputs(set, pulls, right);
  const forces = new Float64Array(sampleCount);
  const free = decomposition.solve(Matrix.columnVector(right));
  if (kinked.length === 0) return { weights: columnOf(free), forces };

  const constraints = Matrix.from1DArray(kinked.length, dimension, rowsOf(set, kinked));
  const responses = decomposition.solve(constraints.transpose());
  // Symmetric but for rounding.
  const product = constraints.mmul(responses);
  const stiffness = new CholeskyDecomposition(Matrix.add(product, product.transpose()).div(2));
  if (!stiffness.isPositiveDefinite()) return undefined;
  const kinkForces = stiffness.solve(constraints.mmul(free));
  kinked.forEach((sample, at) => (forces[sample] = kinkForces.get(at, 0)));
  return { weights: columnOf(free.sub(responses.mmul(kinkForces))), forces };
}

/**
 * Finishes the minimization of F for a unit with slopes [a, b] to rounding. F is quadratic as long as no sample changes its
 * place; so Newton's method over the places: minimize with the samples where they are, move those that turn out to be on the
 * wrong side or held at the kink by too strong a force, until none moves. Then every condition of a local minimum holds.
 *
 * @param weights where to start; the samples' places are read from their fields and forces
 * @param forces s_i, non-zero in the open interval (−bt, −at) for samples at their kinks
 * @returns the minimum, or undefined where the places did not settle
 */
export function finishByActiveSet(
  set: TrainingSet,
  labels: Float64Array,
  slopes: readonly [number, number],
  gammaDecay: number,
  weights: Float64Array,
  forces: Float64Array,
): Float64Array | undefined {
  const [a, b] = slopes;
  const { sampleCount } = set;
  const fields = new Float64Array(sampleCount);
  const places = new Int8Array(sampleCount);
  const isConvex = (i: number): boolean => (a - b) * labels[i]! < 0;
  /** Which branch pulls a sample away from its kink, if one does. */
  const pull = (i: number, force: number): number =>
    force > -a * labels[i]! ? RIGHT : force < -b * labels[i]! ? LEFT : KINK;

  writeFields(set, weights, fields);
  for (let i = 0; i < sampleCount; i++) {
    const side = fields[i]! > 0 ? RIGHT : LEFT;
    places[i] = isConvex(i) && forces[i] !== -b * labels[i]! ? pull(i, forces[i]!) : side;
  }
  for (let count = 0; count < LARGEST_COUNT; count++) {
    const minimum = branchMinimum(set, labels, slopes, gammaDecay, places);
    if (minimum === undefined) return undefined;
    writeFields(set, minimum.weights, fields);
    let moved = false;
    for (let i = 0; i < sampleCount; i++) {
      const place = places[i]!;
      const side = fields[i]! > 0 ? RIGHT : LEFT;
      const next =
        place === KINK ? pull(i, minimum.forces[i]!) : side === place ? place : isConvex(i) ? KINK : side;
      moved ||= next !== place;
      places[i] = next;
    }
    if (!moved) return minimum.weights;
  }
  return undefined;
}
