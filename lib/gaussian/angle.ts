/**
 * The angle φ = arccos R between teacher and student, and the combinations of trigonometric functions of it that
 * appear in averages of kinked activations, each without the cancellation of its obvious form.
 */

const PI_LOW = 1.2246467991473532e-16; // π − Math.PI, to double precision

/** π − φ, accurate relative to itself: the first difference is exact near π, the second restores the rest of π. */
export function supplement(phi: number): number {
  return Math.PI - phi + PI_LOW;
}

// The differences are x³ times a power series in x², which 12 terms give to rounding up to x = 1.
const SERIES_LIMIT = 1;
const TERMS = 12;

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** Σ_{n≥1} (−1)^{n+1} 2n x^{2n−2}/(2n+1)!, of sin x − x cos x. */
const sineMinusArcSeries = Float64Array.from(
  { length: TERMS },
  (_, k) => ((-1) ** k * 2 * (k + 1)) / factorial(2 * k + 3),
);
/** Σ_{n≥1} (−1)^{n+1} 4^n x^{2n−2}/(2n+1)!, of x − sin x cos x = (2x − sin 2x)/2. */
const arcMinusSineSeries = Float64Array.from(
  { length: TERMS },
  (_, k) => ((-1) ** k * 4 ** (k + 1)) / factorial(2 * k + 3),
);

/** Even and odd powers of x² are summed side by side: two short chains of operations instead of a long one. */
function oddSeries(coefficients: Float64Array, x: number): number {
  const square = x * x;
  const fourth = square * square;
  let even = 0;
  let odd = 0;
  for (let k = TERMS - 2; k >= 0; k -= 2) {
    even = even * fourth + coefficients[k]!;
    odd = odd * fourth + coefficients[k + 1]!;
  }
  return x * square * (even + square * odd);
}

/**
 * sin x − x cos x for 0 ≤ x ≤ π, relative accuracy a few ulp; by its series where both terms are nearly equal.
 *
 * @param sine sin x, where the caller has it
 * @param cosine cos x, where the caller has it
 */
export function sineMinusArc(x: number, sine = Math.sin(x), cosine = Math.cos(x)): number {
  return x > SERIES_LIMIT ? sine - x * cosine : oddSeries(sineMinusArcSeries, x);
}

/**
 * x − sin x cos x for 0 ≤ x ≤ π, relative accuracy a few ulp; by its series where both terms are nearly equal.
 *
 * @param sine sin x, where the caller has it
 * @param cosine cos x, where the caller has it
 */
export function arcMinusSine(x: number, sine = Math.sin(x), cosine = Math.cos(x)): number {
  return x > SERIES_LIMIT ? x - sine * cosine : oddSeries(arcMinusSineSeries, x);
}

/** Σ_{n≥2} (−1)^n (16^n/8 − 4^n/2) x^{2n−4}/(2n+1)!, of the integral of sin⁴, over x⁵. */
const fourthPowerSeries = Float64Array.from(
  { length: TERMS },
  (_, k) => ((-1) ** k * (16 ** (k + 2) / 8 - 4 ** (k + 2) / 2)) / factorial(2 * k + 5),
);

/**
 * ∫₀ˣ sin⁴ψ dψ = 3x/8 − sin(2x)/4 + sin(4x)/32 for 0 ≤ x ≤ π, relative accuracy a few ulp; by its series where the terms
 * nearly cancel.
 */
export function fourthPowerArc(x: number): number {
  if (x > SERIES_LIMIT) return (3 * x) / 8 - Math.sin(2 * x) / 4 + Math.sin(4 * x) / 32;
  return x * x * oddSeries(fourthPowerSeries, x);
}

/**
 * The angle φ that belongs to r = 1 − R, accurate relative to φ for small r and relative to π − φ near r = 2.
 *
 * Values outside [0, 2], which an integrator's trial stages may visit, are taken at the nearer end.
 */
export function angleOfMisalignment(r: number): number {
  if (r <= 0) return 0;
  if (r >= 2) return Math.PI;
  return 2 * Math.atan(Math.sqrt(r / (2 - r)));
}

/** sin φ of that angle. */
export function sineOfMisalignment(r: number): number {
  return r <= 0 || r >= 2 ? 0 : Math.sqrt(r * (2 - r));
}

/** cos φ of that angle. */
export function cosineOfMisalignment(r: number): number {
  return r <= 0 ? 1 : r >= 2 ? -1 : 1 - r;
}
