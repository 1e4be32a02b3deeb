import type { Slopes } from '../activation.js';
import { total, type ShrinkRules, type TeacherField } from './shrinkage.js';
import { cubeProduct, productOnly, squareOnly, squareSquare } from '../orthant-moments.js';

/** A quadrant sum: fields of equal sign weigh `same`, of opposite sign `opposite`. */
function quadrants(moment: (phi: number) => number, phi: number, same: number, opposite: number): number {
  return same * moment(phi) + (opposite === 0 ? 0 : opposite * moment(Math.PI - phi));
}

/** C₂: the γ² part of C, whose pairs of normalized fields have correlation −1/(M − 1). */
export function squaredGamma(a: number, b: number, batchSize: number): number {
  const omega = Math.acos(-1 / (batchSize - 1));
  const [same, opposite] = [a ** 4 + b ** 4, a * a * b * b];
  const shape = (batchSize - 1) / (batchSize + 1); // E[v̂⁴]/3
  const square = same / 2;
  const means = square / batchSize + (1 - 1 / batchSize) * quadrants(productOnly, omega, same, -2 * opposite);
  const alongs =
    (3 * square * shape) / batchSize +
    (1 - 1 / batchSize) * shape * quadrants(squareSquare, omega, same, 2 * opposite);
  return (square - means - alongs) / (batchSize - 3);
}

/** Averages of one sample: A₀, B̂ and contributions to C₀, C₁, to out[0…3]; student slopes a and b, teacher slopes c and d. */
export function writeSingles(
  [a, b]: Slopes,
  [c, d]: Slopes,
  batchSize: number,
  { half, one, threeHalves, two, fiveHalves }: ShrinkRules,
  { overlap, rest }: TeacherField,
  out: Float64Array,
): void {
  const root = Math.sqrt(1 - 1 / batchSize); // deviation of p
  const deviation = (w: number): number => Math.hypot(overlap * root * w, Math.sqrt(rest));
  const angle = (w: number): number => Math.atan2(Math.sqrt(rest), overlap * root * w);
  // Over quadrants where both fields are on one side, and where they are not.
  const same = a * c + b * d;
  const opposite = a * d + b * c;
  const sameSquares = a * a * c * c + b * b * d * d;
  const oppositeSquares = a * a * d * d + b * b * c * c;
  const sameCubes = a ** 3 * c + b ** 3 * d;
  const oppositeCubes = a ** 3 * d + b ** 3 * c;

  out[0] = total(
    half,
    (w) => w * root * w * deviation(w) * quadrants(productOnly, angle(w), same, -opposite),
  );
  const gates = total(
    half,
    (w) => w * quadrants((x) => (Math.PI - x) / (2 * Math.PI), angle(w), same, opposite),
  );
  const gatesAlong = total(
    threeHalves,
    (w) => root * root * w * quadrants(squareOnly, angle(w), same, opposite),
  );
  out[1] = (1 - 1 / batchSize) * gates - gatesAlong / batchSize;

  const square = total(
    one,
    (w) => deviation(w) ** 2 * quadrants(squareOnly, angle(w), sameSquares, oppositeSquares),
  );
  const squareAlong = total(
    two,
    (w) => (root * deviation(w)) ** 2 * quadrants(squareSquare, angle(w), sameSquares, oppositeSquares),
  );
  out[2] = ((1 - 1 / batchSize) * square - squareAlong / batchSize) / batchSize;

  const cross = total(
    threeHalves,
    (w) => root * deviation(w) * quadrants(productOnly, angle(w), sameCubes, -oppositeCubes),
  );
  const crossAlong = total(
    fiveHalves,
    (w) => root ** 3 * deviation(w) * quadrants(cubeProduct, angle(w), sameCubes, -oppositeCubes),
  );
  out[3] = (-2 * ((1 - 1 / batchSize) * cross - crossAlong / batchSize)) / batchSize;
}
