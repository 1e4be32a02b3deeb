import { solve } from '../../lib/trajectory/solve.js';
import { alignedFixedPoint } from '../../lib/stability/fixed-point.js';
import { relativeGrowth, settlingJacobian, spectrum } from '../../lib/stability/spectrum.js';
import { familyOf } from './families.js';

const closeTo = (value: number, expected: number, tolerance: number): void => {
  expect(Math.abs(value - expected)).toBeLessThan(tolerance);
};

describe('the spectrum of a normalized rule', () => {
  it.each([
    [0.5, 1],
    [7.9, 4],
    [9, 4],
  ])('is −η_γ and −η(2 − η/M) for identity at ζ = S = 0, η = %p, M = %p', (eta, batchSize) => {
    // dr/dt = −η·2r + ½η²·2r/M to first order at γ = L = 1, and dγ/dt = η_γ(1 − γ) at r = 0.
    const entry = { rule: 'weight-normalization', activation: 'identity', batchSize, noiseVariance: 0 };
    const family = familyOf(entry, 0.7);
    const found = spectrum(family(eta), alignedFixedPoint(family, 1)!).map(({ real }) => real);
    const expected = [-0.7, -eta * (2 - eta / batchSize)].sort((a, b) => b - a);
    // Rounding of numbers of order ten.
    found.forEach((real, index) => {
      closeTo(real, expected[index], 1e-13);
    });
  });

  it('leaves the growing length out', () => {
    const family = familyOf({
      rule: 'weight-normalization',
      activation: 'relu',
      batchSize: 1,
      noiseVariance: 0.1,
    });
    const jacobian = settlingJacobian(family(0.5), Float64Array.of(0.7, 0.2, 1.3));
    expect(jacobian.map((row) => row.length)).toEqual([2, 2]);
  });

  it('comes as a conjugate pair, the positive imaginary part first, with the trace and determinant of the Jacobian', () => {
    const family = familyOf({
      rule: 'weight-normalization',
      activation: 'identity',
      batchSize: 1,
      noiseVariance: 0.05,
    });
    const state = Float64Array.of(0.39, 0.53, 1);
    const [[a, b], [c, d]] = settlingJacobian(family(10), state);
    const [first, second] = spectrum(family(10), state);
    expect(first.imaginary).toBeGreaterThan(1);
    expect(second).toEqual({ real: first.real, imaginary: -first.imaginary });
    // Rounding of numbers of order a hundred.
    closeTo(2 * first.real, a + d, 1e-12);
    closeTo(first.real ** 2 + first.imaginary ** 2, a * d - b * c, 1e-11);
  });

  it('has its greatest real part over the largest entry by differences, too', () => {
    const family = familyOf({ rule: 'sgd', activation: 'erf', batchSize: 1, noiseVariance: 0.1 });
    // Two real eigenvalues, and a pair.
    for (const [eta, misalignment, length] of [
      [0.5, 0.05, 1],
      [6, 0.3, 0.8],
    ]) {
      const state = Float64Array.of(misalignment, length);
      const largest = Math.max(...settlingJacobian(family(eta), state).flat().map(Math.abs));
      const expected = spectrum(family(eta), state)[0].real / largest;
      // Differences of fourth order with steps of 1e-3: 1e-12 of the entries, whose eigenvalues differ by order one.
      closeTo(relativeGrowth(family(eta), state), expected, 1e-10);
    }
  });
});

describe('erf SGD with M = 1 and no noise (docs/theory/learning-rates.md#the-linear-maximum)', () => {
  const family = familyOf({ rule: 'sgd', activation: 'erf', batchSize: 1, noiseVariance: 0 });
  const aligned = Float64Array.of(0, 1);
  const maximum = (Math.PI * Math.sqrt(15)) / 3;
  // At R = L = 1: −∂E[δv]/∂L = E[g′²v²] = 2/(3√3π), and E[δ(u − Rv)] = 2rE[g′²] = 4r/(√3π).
  const lengthMode = (eta: number): number => (-2 * eta) / (3 * Math.sqrt(3) * Math.PI);
  const overlapMode = (eta: number): number => ((-4 * eta) / (Math.sqrt(3) * Math.PI)) * (1 - eta / maximum);

  it.each([0.2, 1 / 2, 2 / 3, 5 / 6, 1.1])('has the eigenvalues of both modes at %p η_max', (part) => {
    const eta = part * maximum;
    const found = spectrum(family(eta), aligned).map(({ real }) => real);
    const expected = [lengthMode(eta), overlapMode(eta)].sort((a, b) => b - a);
    // Rounding; at 5/6 the two coincide in a Jordan block, where an error of 1e-16 counts by its square root.
    found.forEach((real, index) => {
      closeTo(real, expected[index], part === 5 / 6 ? 1e-7 : 1e-13);
    });
  });

  it('settles fastest at 5η_max/6, where its slowest eigenvalue is lowest', () => {
    const slowest = (part: number): number => spectrum(family(part * maximum), aligned)[0].real;
    // On either side the slowest eigenvalue rises by at least 2/(3√3π)·0.01·η_max = 5e-3.
    expect(slowest(5 / 6 - 0.01) - slowest(5 / 6)).toBeGreaterThan(4e-3);
    expect(slowest(5 / 6 + 0.01) - slowest(5 / 6)).toBeGreaterThan(4e-3);
  });

  it('loses its generalization error fastest at 2η_max/3, since the length enters at second order', () => {
    const decay = (part: number): number => {
      const run = solve({
        rule: family(part * maximum),
        initial: { overlap: 0.999, length: 0.98 },
        until: 32,
      });
      const [early, late] = run.series('generalizationError', [28, 32]);
      return Math.log(early / late) / 4;
    };
    const rates = [0.61, 2 / 3, 0.72].map(decay);
    // Whichever of the overlap's mode and twice the length's is slower. The faster one has fallen behind by
    // e^(−0.1·28) = 0.06, and shifts the rate by 0.1 of that times a ratio of amplitudes, of order one. In the middle the
    // two are in resonance and ε falls as (1 + ct)e^(−λt), at a rate lower by less than 1/28.
    closeTo(rates[0], -2 * lengthMode(0.61 * maximum), 0.02);
    closeTo(rates[1], -2 * lengthMode((2 / 3) * maximum), 0.036);
    closeTo(rates[2], -overlapMode(0.72 * maximum), 0.02);
    expect(rates[1]).toBeGreaterThan(rates[0] + 0.02);
    expect(rates[1]).toBeGreaterThan(rates[2] + 0.02);
  });
});
