import { total, type ShrinkRules, type TeacherField } from './shrinkage.js';
import { cubeProduct, productOnly, squareOnly, squareSquare } from '../orthant-moments.js';

/** A quadrant sum: fields of equal sign weigh `same`, of opposite sign `opposite`. */
export function quadrants(
  moment: (phi: number) => number,
  phi: number,
  same: number,
  opposite: number,
): number {
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

/** Averages of one sample: A₀, B̂ and contributions to C₀, C₁, to out[0…3]. */
export function writeSingles(
  a: number,
  b: number,
  batchSize: number,
  { half, one, threeHalves, two, fiveHalves }: ShrinkRules,
  { overlap, rest }: TeacherField,
  out: Float64Array,
): void {
  const root = Math.sqrt(1 - 1 / batchSize); // deviation of p
  const deviation = (w: number): number => Math.hypot(overlap * root * w, Math.sqrt(rest));
  const angle = (w: number): number => Math.atan2(Math.sqrt(rest), overlap * root * w);
  const squares = a * a + b * b;
  const fourths = a ** 4 + b ** 4;
  const mixed = a * b * squares;

  out[0] = total(
    half,
    (w) => w * root * w * deviation(w) * quadrants(productOnly, angle(w), squares, -2 * a * b),
  );
  const gates = total(
    half,
    (w) => w * quadrants((x) => (Math.PI - x) / (2 * Math.PI), angle(w), squares, 2 * a * b),
  );
  const gatesAlong = total(
    threeHalves,
    (w) => root * root * w * quadrants(squareOnly, angle(w), squares, 2 * a * b),
  );
  out[1] = (1 - 1 / batchSize) * gates - gatesAlong / batchSize;

  const square = total(
    one,
    (w) => deviation(w) ** 2 * quadrants(squareOnly, angle(w), fourths, 2 * a * a * b * b),
  );
  const squareAlong = total(
    two,
    (w) => (root * deviation(w)) ** 2 * quadrants(squareSquare, angle(w), fourths, 2 * a * a * b * b),
  );
  out[2] = ((1 - 1 / batchSize) * square - squareAlong / batchSize) / batchSize;

  const cross = total(
    threeHalves,
    (w) => root * deviation(w) * quadrants(productOnly, angle(w), fourths, -mixed),
  );
  const crossAlong = total(
    fiveHalves,
    (w) => root ** 3 * deviation(w) * quadrants(cubeProduct, angle(w), fourths, -mixed),
  );
  out[3] = (-2 * ((1 - 1 / batchSize) * cross - crossAlong / batchSize)) / batchSize;
}
