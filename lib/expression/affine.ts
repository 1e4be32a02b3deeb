/**
 * Affine functions with exact rational coefficients, so that the kink of max(0.1 z, z − 0.9) is exactly 1. A number
 * of an expression counts as the decimal fraction that was written.
 */
export interface Fraction {
  readonly top: bigint;
  /** > 0; the two need not be coprime. */
  readonly bottom: bigint;
}

/** slope·x + intercept. */
export interface Affine {
  readonly slope: Fraction;
  readonly intercept: Fraction;
}

const ZERO: Fraction = { top: 0n, bottom: 1n };
/** The function x. */
export const IDENTITY: Affine = { slope: { top: 1n, bottom: 1n }, intercept: ZERO };

/** The shortest decimal fraction that reads back as x; undefined when x is not finite. */
function fraction(x: number): Fraction | undefined {
  if (!Number.isFinite(x)) return undefined;
  const [digits = '', exponent = '0'] = String(x).split('e');
  const [whole = '', decimals = ''] = digits.split('.');
  const power = Number(exponent) - decimals.length;
  const top = BigInt(whole + decimals);
  return power < 0 ? { top, bottom: 10n ** BigInt(-power) } : { top: top * 10n ** BigInt(power), bottom: 1n };
}

function plus(a: Fraction, b: Fraction): Fraction {
  // A common denominator keeps long sums of decimals short.
  if (a.bottom < b.bottom) return plus(b, a);
  if (a.bottom % b.bottom === 0n) return { top: a.top + b.top * (a.bottom / b.bottom), bottom: a.bottom };
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

function times(a: Fraction, b: Fraction): Fraction {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

function inverse(a: Fraction): Fraction {
  return a.top < 0n ? { top: -a.bottom, bottom: -a.top } : { top: a.bottom, bottom: a.top };
}

/** The constant x as an affine function; undefined when x is not finite. */
export function affineConstant(x: number): Affine | undefined {
  const intercept = fraction(x);
  return intercept && { slope: ZERO, intercept };
}

/** a + b. */
export function affineSum(a: Affine | undefined, b: Affine | undefined): Affine | undefined {
  return a && b && { slope: plus(a.slope, b.slope), intercept: plus(a.intercept, b.intercept) };
}

/** a b, where one of them is a constant. */
export function affineProduct(a: Affine | undefined, b: Affine | undefined): Affine | undefined {
  if (!a || !b) return undefined;
  if (a.slope.top !== 0n) return b.slope.top === 0n ? affineProduct(b, a) : undefined;
  return { slope: times(a.intercept, b.slope), intercept: times(a.intercept, b.intercept) };
}

/** a / b, where b is a constant other than 0. */
export function affineQuotient(a: Affine | undefined, b: Affine | undefined): Affine | undefined {
  if (b?.slope.top !== 0n || b.intercept.top === 0n) return undefined;
  return affineProduct({ slope: ZERO, intercept: inverse(b.intercept) }, a);
}

/** The double next to the root −intercept / slope; undefined for a constant. */
export function affineRoot(a: Affine): number | undefined {
  if (a.slope.top === 0n) return undefined;
  return nearestDouble(times({ top: -a.intercept.top, bottom: a.intercept.bottom }, inverse(a.slope)));
}

/** Correctly rounded (twice only below 2^−1022): a quotient of more than 55 bits, its lowest bit kept odd for a remainder. */
function nearestDouble(a: Fraction): number {
  const size = a.top < 0n ? -a.top : a.top;
  const shift = 64 + bits(a.bottom) - bits(size);
  const dividend = shift > 0 ? size << BigInt(shift) : size;
  const divisor = shift > 0 ? a.bottom : a.bottom << BigInt(-shift);
  const quotient = (dividend / divisor) | (dividend % divisor === 0n ? 0n : 1n);
  const half = Math.trunc(shift / 2);
  const rounded = Number(quotient) * 2 ** -half * 2 ** (half - shift);
  return a.top < 0n ? -rounded : rounded;
}

/** The length of n in bits, rounded up to a multiple of four. */
function bits(n: bigint): number {
  return 4 * n.toString(16).length;
}
