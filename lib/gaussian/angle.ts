/**
 * The angle φ = arccos R between teacher and student, and the combinations of trigonometric functions of it that
 * appear in averages of kinked activations, each without the cancellation of its obvious form.
 */

const PI_LOW = 1.2246467991473532e-16; // π − Math.PI, to double precision

/** π − φ, accurate relative to itself: the first difference is exact near π, the second restores the rest of π. */
export function supplement(phi: number): number {
  return Math.PI - phi + PI_LOW;
}

/**
 * sin x − x cos x for 0 ≤ x ≤ π, relative accuracy a few ulp.
 *
 * Below 1 by its series Σ_{n≥1} (−1)^{n+1} 2n x^{2n+1}/(2n+1)!, since both terms equal x to leading order.
 */
export function sineMinusArc(x: number): number {
  if (x > 1) return Math.sin(x) - x * Math.cos(x);
  const y = x * x;
  let term = (x * y) / 3;
  let sum = term;
  for (let n = 2; n <= 12; n++) {
    term *= (-y * n) / ((n - 1) * 2 * n * (2 * n + 1));
    sum += term;
  }
  return sum;
}

/**
 * x − sin x cos x for 0 ≤ x ≤ π, relative accuracy a few ulp.
 *
 * Below 1 by the series of (y − sin y)/2 at y = 2x.
 */
export function arcMinusSine(x: number): number {
  if (x > 1) return x - Math.sin(x) * Math.cos(x);
  const y = 4 * x * x;
  let term = (2 * x * y) / 6;
  let sum = term;
  for (let n = 2; n <= 15; n++) {
    term *= -y / (2 * n * (2 * n + 1));
    sum += term;
  }
  return sum / 2;
}

/**
 * The angle φ that belongs to r = 1 − R, accurate relative to φ for small r and relative to π − φ near r = 2.
 *
 * Values outside [0, 2], which an integrator's trial stages may visit, are taken at the nearer end.
 */
export function angleOfMisalignment(r: number): number {
  if (r <= 0) return 0;
  if (r >= 2) return Math.PI;
  return 2 * Math.atan2(Math.sqrt(r), Math.sqrt(2 - r));
}
