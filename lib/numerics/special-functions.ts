import { requireDomain } from '../foundation/domain.js';

/**
 * Error functions, the normal distribution and a ratio of gamma functions, to a few units of the last place.
 * The polynomials below are printed by spec/reference/special-coefficients.py, which says what each one is.
 */

const ERROR_CORE = [
  -0.03453126133013269, -0.1405360890227171, 0.019852496688983708, -0.0022854855611441132,
  0.00021751715604160108, -1.7537169441124826e-5, 1.223382738352401e-6, -7.51156928660089e-8,
  4.11580059766496e-9, -2.035228404899467e-10, 9.167606746069445e-12, -3.8078827395263415e-13,
  1.454817075960679e-14,
];
const SCALED_TAIL = [
  1.224848042738414, -0.1215174220937226, 0.012843991297819149, 0.0348161317684895, -0.04121457191364261,
  0.029321169309434025, -0.015249159010232022, 0.005825997261585176, -0.001443707246828629,
  8.560025172950206e-5, 9.653858164726679e-5, -3.584335623601309e-5, -6.741708816825701e-7,
  3.9414952964508445e-6, -6.394086313452379e-7, -3.670618784531776e-7, 1.2303648035889282e-7,
  3.5196902809676084e-8, -1.8271002140843172e-8, -3.81737929347916e-9, 2.2870172147545035e-9,
  4.349353844458059e-10, -1.794775735740499e-10, -3.4326068018977124e-11,
];
const GAMMA_OFFSET = [
  0.2671458676442587, -0.027247433106727392, 0.014755040927087857, -0.00630330937500866, 0.002107073081833159,
  -0.0005678819464357181, 0.00013836624806551917, -3.4459097696573836e-5, 8.147675640424766e-6,
  -1.7593015357371518e-6, 4.294114105594914e-7, -9.442650655454784e-8, 1.727314772029973e-8,
  -5.724696398195196e-9, 6.491190578541932e-10, -1.5963095760655634e-10, 1.9042961277184563e-10,
  5.8073474786586306e-11, -9.097271647994381e-12, -1.1730816764329907e-11,
];

/** Σ cᵢ uⁱ; odd and even powers apart, so that the processor works on two chains at once. */
function polynomial(c: readonly number[], u: number): number {
  const square = u * u;
  let i = c.length - 1;
  let high = c[i]!;
  let low = c[i - 1]!;
  for (i -= 2; i > 0; i -= 2) {
    high = high * square + c[i]!;
    low = low * square + c[i - 1]!;
  }
  return i === 0 ? low * u + (high * square + c[0]!) : high * u + low;
}

/** exp(x²) erfc(x) for x ≥ 1/2. */
function scaledTail(x: number): number {
  return polynomial(SCALED_TAIL, (x - 4.5) / (x + 3.5)) / (1 + 2 * x);
}

/**
 * exp(−scale x²) for 0 ≤ x < 2¹¹, scale 1 or ½. Rounding x² would cost x² units of the last place; here `high` is x
 * rounded to a multiple of 2⁻²⁰, whose square is exact, and the rest of the exponent is too small to matter.
 */
function expMinusSquare(x: number, scale: number): number {
  const high = x + 0x180000000 - 0x180000000;
  const rest = scale * (x - high) * (x + high);
  return Math.exp(-scale * high * high) * (1 - rest * (1 - (rest / 2) * (1 - rest / 3)));
}

/**
 * The error function erf x = (2/√π) ∫₀ˣ exp(−t²) dt, to 2e-16 relative. NaN gives NaN.
 *
 * @example
 * erf(1); // 0.842700792949715
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return x + x * polynomial(ERROR_CORE, 2 * x * x - 1);
  // Beyond 6 the double nearest to erf is ±1.
  const value = size > 6 ? 1 : 1 - expMinusSquare(size, 1) * scaledTail(size);
  return x < 0 ? -value : value;
}

/**
 * The complement erfc x = 1 − erf x, to 1e-15 relative wherever the result is a normal double (x < 26.5); it is 0 for
 * x > 27.3. NaN gives NaN.
 *
 * @example
 * erfc(10); // 2.08848758376254e-45
 */
export function erfc(x: number): number {
  if (x < 0.5) return 1 - erf(x);
  return x > 27.3 ? 0 : expMinusSquare(x, 1) * scaledTail(x);
}

/**
 * The normal distribution function Φ(x) = P(Z ≤ x) = ½ erfc(−x/√2), to 1e-15 relative in either tail of it that is a
 * normal double (x > −37.5). NaN gives NaN.
 *
 * @example
 * normalDistribution(-10); // 7.61985302416053e-24
 */
export function normalDistribution(x: number): number {
  const size = Math.abs(x);
  if (size < 0.75) return 0.5 + 0.5 * erf(x * Math.SQRT1_2);
  const tail = size > 38.6 ? 0 : 0.5 * expMinusSquare(size, 0.5) * scaledTail(size * Math.SQRT1_2);
  return x < 0 ? tail : 1 - tail;
}

/**
 * The x ≥ 0 with P(|Z| ≤ x) = p, that is √2 erf⁻¹(p), to 4e-16 relative, small p included.
 *
 * @param p a probability from 0 to 5/8
 * @throws RangeError outside [0, 5/8], NaN included
 * @example
 * normalHalfWidth(0.5); // 0.674489750196082
 */
export function normalHalfWidth(p: number): number {
  requireDomain('p', 'a number from 0 to 0.625', p, p >= 0 && p <= 0.625);
  const w = Math.sqrt(Math.PI / 2) * p;
  // The series of the inverse, good to 1e-3, then Halley's method, which cubes the error.
  let x = w * (1 + w * w * (1 / 6 + w * w * (7 / 120 + (w * w * 127) / 5040)));
  for (let step = 0; step < 2; step++) {
    const miss = (erf(x * Math.SQRT1_2) - p) * Math.sqrt(Math.PI / 2) * Math.exp((x * x) / 2);
    x -= miss / (1 + (x * miss) / 2);
  }
  return x;
}

/**
 * The x with P(Z > x) = exp(logTail), to 4e-16 relative. The logarithm lets tails lie far below the least double.
 *
 * @param logTail natural logarithm of the tail, at most ln 0.2 (x ≥ 0.84)
 * @throws RangeError above ln 0.2, NaN included
 * @example
 * normalTailDeviate(-1000); // 44.6157...
 */
export function normalTailDeviate(logTail: number): number {
  requireDomain('logTail', 'at most ln 0.2', logTail, logTail <= Math.log(0.2));
  if (logTail === -Infinity) return Infinity;
  // Abramowitz & Stegun 26.2.23, good to 4.5e-4, then Newton's method on the logarithm of the tail, which is concave.
  const s = 1 / Math.sqrt(-2 * logTail);
  let x =
    1 / s -
    (s * (0.010328 + s * (0.802853 + s * 2.515517))) / (0.001308 + s * (0.189269 + s * (1.432788 + s)));
  for (let step = 0; step < 3; step++) {
    const scaled = scaledTail(x * Math.SQRT1_2);
    x += (Math.log(0.5 * scaled) - x * (x / 2) - logTail) * Math.sqrt(Math.PI / 2) * scaled;
  }
  return x;
}

/**
 * The inverse of `normalDistribution`: the x with Φ(x) = p, to 4e-16 relative; ∓∞ for p = 0 and 1.
 *
 * @param p a probability
 * @throws RangeError outside [0, 1], NaN included
 * @example
 * normalQuantile(0.975); // 1.95996398454005
 */
export function normalQuantile(p: number): number {
  requireDomain('p', 'a number from 0 to 1', p, p >= 0 && p <= 1);
  // The differences from ½ and from 1 are exact where they are taken.
  if (p < 0.1875) return -normalTailDeviate(Math.log(p));
  if (p > 0.8125) return normalTailDeviate(Math.log(1 - p));
  return p < 0.5 ? -normalHalfWidth(2 * (0.5 - p)) : normalHalfWidth(2 * (p - 0.5));
}

/**
 * Γ(x + ½)/Γ(x) for x > 0, to 3e-16 relative: x/√(x + d(x)), where d runs smoothly from 1/π at 0 to ¼ at ∞.
 *
 * @param x a finite number > 0
 * @throws RangeError otherwise
 * @example
 * gammaRatio(0.5); // 1/√π
 */
export function gammaRatio(x: number): number {
  requireDomain('x', 'a finite number > 0', x, x > 0 && x < Infinity);
  return x / Math.sqrt(x + polynomial(GAMMA_OFFSET, (x - 1.5) / (x + 1.5)));
}
