import fc from 'fast-check';
import { chooseTicks, type Ticks } from '../../lib/figures/ticks.js';
import { typeset } from '../../lib/figures/typeset.js';

describe('chooseTicks on a linear axis', () => {
  it('has round steps, exact decimals of one length, zero without a sign, and as many as there is room', () => {
    const ticks = chooseTicks('linear', [-0.3, 0.3], 'x', 200);
    expect(ticks.values).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    expect(ticks.labels).toEqual(['-0.3', '-0.2', '-0.1', '0.0', '0.1', '0.2', '0.3']);
    expect(chooseTicks('linear', [0, 1], 'x', 80).labels).toEqual(['0.0', '0.5', '1.0']);
    expect(chooseTicks('linear', [0, 1], 'y', 130).labels).toEqual([
      '0.0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1.0',
    ]);
  });

  it('takes a factor out of numbers that are too long to write', () => {
    const large = chooseTicks('linear', [0, 250000], 'y', 130);
    expect([large.labels[1], large.values[1], large.factor]).toEqual(['0.5', 50000, '×10^{5}']);
    const small = chooseTicks('linear', [0, 3e-6], 'y', 130);
    expect([small.labels[1], small.values[1], small.factor]).toEqual(['0.5', 5e-7, '×10^{-6}']);
    expect(chooseTicks('linear', [0, 90000], 'x', 200).factor).toBe('');
  });
});

describe('chooseTicks on a logarithmic axis', () => {
  it('labels decades only where there are two, plainly if all are from 1 to 1000, else as powers', () => {
    expect(chooseTicks('log', [0.3, 400], 'x', 200).labels).toEqual(['1', '10', '100']);
    expect(chooseTicks('log', [1, 1000], 'x', 500).labels).toEqual(['1', '10', '100', '1000']);
    expect(chooseTicks('log', [1e-3, 2], 'y', 130).labels).toEqual([
      '10^{-3}',
      '10^{-2}',
      '10^{-1}',
      '10^{0}',
    ]);
    expect(chooseTicks('log', [5, 700], 'x', 500).labels).toEqual(['10', '100']);
  });

  it('labels every second, third, … decade when they are many', () => {
    const ticks = chooseTicks('log', [1e-12, 1e12], 'x', 200);
    expect(ticks.labels).toEqual(['10^{-10}', '10^{-5}', '10^{0}', '10^{5}', '10^{10}']);
  });

  it('labels multiples where fewer than two decades are in sight', () => {
    expect(chooseTicks('log', [0.15, 0.9], 'x', 200).labels.slice(0, 2)).toEqual(['0.2', '0.3']);
    expect(chooseTicks('log', [2e-5, 6e-5], 'x', 400).labels[0]).toBe('2×10^{-5}');
    expect(chooseTicks('log', [1.2, 1.7], 'y', 200).labels).toContain('1.5');
  });
});

describe('the ticks of any axis', () => {
  /** Whether neighbours touch on an axis of 200 points, places by a formula of the test's own. */
  function touch({ values, labels }: Ticks, at: (value: number) => number): boolean {
    const half = labels.map((label) => typeset(label, 7.5).width / 2);
    return values.slice(1).some((value, k) => at(value) - half[k + 1] <= at(values[k]) + half[k]);
  }
  const magnitude = fc.double({ min: -9, max: 9, noNaN: true });

  it('are a few, inside the domain, and their labels never touch (seed 1, 150 axes of each kind)', () => {
    const check = (ticks: Ticks, fraction: (value: number) => number): void => {
      expect(ticks.values.length).toBeLessThanOrEqual(12);
      // Rounding at the ends.
      for (const value of ticks.values) expect(Math.abs(fraction(value) - 0.5)).toBeLessThan(0.5 + 1e-6);
      expect(touch(ticks, (value) => 200 * fraction(value))).toBe(false);
    };
    fc.assert(
      fc.property(
        magnitude,
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.boolean(),
        (size, width, minus) => {
          const low = (minus ? -1 : 1) * 10 ** size;
          const span = 10 ** (size + width);
          const ticks = chooseTicks('linear', [low, low + span], 'x', 200);
          expect(ticks.values.length).toBeGreaterThan(0);
          check(ticks, (value) => (value - low) / span);
        },
      ),
      { seed: 1, numRuns: 150 },
    );
    fc.assert(
      fc.property(magnitude, fc.double({ min: 0.01, max: 30, noNaN: true }), (size, decades) => {
        const ticks = chooseTicks('log', [10 ** size, 10 ** (size + decades)], 'x', 200);
        check(ticks, (value) => (Math.log10(value) - size) / decades);
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});
