import { equalRatios } from '../numerics/equally-spaced.js';
import type { ActivationFunction } from './activation.js';

// As many roundings as expressions for z like sinh(asinh(z)) come with.
const ROUNDING = 16 * Number.EPSILON;
// Fields stay within 9 and γ within 100. Below 13 the places stand a fortieth apart, some ten times closer than the nodes of
// quadrature; beyond, and towards zero, in equal ratios. None is a round number, at which a function might be singled out.
const NEAR = 13;
const SPACING = Math.SQRT2 / 57;
const FARTHEST = 1000;
const NEAREST = 1e-9;
const RATIO = 1.01;
// Closed forms take fourth powers of slopes.
const SMALLEST_SLOPE = 1e-60;
const BESIDE_KINK = [1e-9, 1e-5, 1e-3];

const positivePlaces: readonly number[] = [
  ...Array.from({ length: Math.floor(NEAR / SPACING) }, (_, k) => (k + 1 / Math.E) * SPACING),
  ...equalRatios(NEAR * RATIO ** (1 / Math.PI), RATIO, FARTHEST),
  ...equalRatios(NEAREST * RATIO ** (1 / Math.PI), RATIO, SPACING),
];

/** A slope as it was meant: 1 for a value that rounding has left beside 1. */
function meant(slope: number): number {
  const short = Math.fround(slope);
  return Math.abs(short - slope) <= ROUNDING * Math.abs(slope) ? short + 0 : slope;
}

/**
 * The slopes [a, b] of a function that is a z for z > 0 and b z for z < 0; undefined for one that is not, and for one
 * whose slopes are both below 1e-60 or one above 1e60.
 *
 * It has to agree with them, value and derivative, to rounding at every place looked at: thousands between 1e-9 and 1000 on
 * either side, and those beside its kinks.
 */
export function slopesOf({ value, derivative, kinks }: ActivationFunction): [number, number] | undefined {
  const slopes: [number, number] = [meant(value(1)), meant(-value(-1))];
  const size = Math.max(Math.abs(slopes[0]), Math.abs(slopes[1]));
  if (!(size > SMALLEST_SLOPE && size < 1 / SMALLEST_SLOPE) || value(0) !== 0) return undefined;
  const agrees = (z: number): boolean => {
    const slope = slopes[z > 0 ? 0 : 1];
    const tolerance = ROUNDING * size;
    return (
      Math.abs(value(z) - slope * z) <= tolerance * Math.max(1, Math.abs(z)) &&
      Math.abs(derivative(z) - slope) <= tolerance
    );
  };
  const besideKinks = kinks.flatMap((kink) =>
    BESIDE_KINK.flatMap((distance) => [kink - distance, kink + distance]),
  );
  const isLinear =
    positivePlaces.every((z) => agrees(z) && agrees(-z)) && besideKinks.every((z) => z === 0 || agrees(z));
  return isLinear ? slopes : undefined;
}
