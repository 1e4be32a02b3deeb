import {
  angleOfMisalignment,
  arcMinusSine,
  cosineOfMisalignment,
  fourthPowerArc,
  sineMinusArc,
  sineOfMisalignment,
  supplement,
} from '../../lib/gaussian/angle.js';

// Values at 30 digits by the Taylor series in exact rational arithmetic.
/** Σ of a Taylor series with BigInt fractions: terms (−1)^n x^(2n+1) c(n), x a rational p/q. */
function series(
  p: bigint,
  q: bigint,
  numerator: (n: bigint) => bigint,
  denominator: (n: bigint) => bigint,
): number {
  const scale = 10n ** 60n;
  let sum = 0n;
  for (let n = 1n; n <= 40n; n++) {
    const sign = n % 2n === 1n ? 1n : -1n;
    const k = 2n * n + 1n;
    sum += (sign * scale * p ** k * numerator(n)) / (q ** k * denominator(n));
  }
  return Number(sum / 10n ** 20n) / 1e40;
}
function factorial(n: bigint): bigint {
  return n <= 1n ? 1n : n * factorial(n - 1n);
}

describe('differences that cancel near zero', () => {
  // Dyadic points, exact as doubles.
  it.each([
    [1n, 1024n],
    [1n, 8n],
    [7n, 8n],
    [9n, 8n],
    [2n, 1n],
    [3n, 1n],
  ])('sin x − x cos x, x − sin x cos x and ∫sin⁴ at %p/%p', (p, q) => {
    const x = Number(p) / Number(q);
    const first = series(
      p,
      q,
      (n) => 2n * n,
      (n) => factorial(2n * n + 1n),
    );
    const second = series(
      p,
      q,
      (n) => 2n ** (2n * n),
      (n) => factorial(2n * n + 1n),
    );
    // 3x/8 − sin(2x)/4 + sin(4x)/32, whose first two powers cancel.
    const third = series(
      p,
      q,
      (n) => 2n ** (2n * n - 1n) - 2n ** (4n * n) / 8n,
      (n) => factorial(2n * n + 1n),
    );
    // A few units in the last place.
    expect(Math.abs(fourthPowerArc(x) / third - 1)).toBeLessThan(2e-15);
    expect(Math.abs(sineMinusArc(x) / first - 1)).toBeLessThan(2e-15);
    expect(Math.abs(arcMinusSine(x) / second - 1)).toBeLessThan(2e-15);
  });
});

describe('the angle', () => {
  it('belongs to r = 1 − cos φ at both ends', () => {
    for (const phi of [1e-12, 1e-5, 0.3, 1.5, 3, Math.PI - 1e-4]) {
      const r = 2 * Math.sin(phi / 2) ** 2;
      // Near π the rounding of r itself is 2e-16/(π − φ) in the angle.
      expect(Math.abs(angleOfMisalignment(r) / phi - 1)).toBeLessThan(5e-16 + 3e-16 / (Math.PI - phi));
    }
  });

  it('has a sine and a cosine', () => {
    for (const phi of [1e-12, 1e-5, 0.3, 1.5, 3]) {
      const r = 2 * Math.sin(phi / 2) ** 2;
      // The rounding of r counts over 2 − r = (π − φ)²/2 near π.
      const rounding = 5e-16 + 3e-16 / (Math.PI - phi) ** 2;
      expect(Math.abs(sineOfMisalignment(r) / Math.sin(phi) - 1)).toBeLessThan(rounding);
      expect(Math.abs(cosineOfMisalignment(r) - Math.cos(phi))).toBeLessThan(5e-16);
    }
  });

  it('takes r outside [0, 2] at the nearer end', () => {
    expect(angleOfMisalignment(-1e-9)).toBe(0);
    expect(angleOfMisalignment(2.5)).toBe(Math.PI);
    expect([-1e-9, 2.5].map(sineOfMisalignment)).toEqual([0, 0]);
    expect([-1e-9, 2.5].map(cosineOfMisalignment)).toEqual([1, -1]);
  });

  it('has a supplement that knows π beyond double precision', () => {
    // π − Math.PI from the known digits of π.
    expect(supplement(Math.PI)).toBe(1.2246467991473532e-16);
  });
});
