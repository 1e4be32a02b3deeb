import { defineActivation } from '../../../../lib/gaussian/activations/custom.js';
import { softplus } from '../../../../lib/gaussian/activations/softplus.js';
import { erf } from '../../../../lib/gaussian/activations/erf.js';
import { leakyRelu } from '../../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../../lib/gaussian/activations/relu.js';
import { unitOfSlopes } from '../../../../lib/gaussian/activations/unit-of-slopes.js';
import type { Activation } from '../../../../lib/gaussian/activation.js';
import { jumpRate } from '../../../../lib/generalization/channels/labels/step-jumps.js';
import { missRange, type MissRange } from '../../../../lib/generalization/channels/labels/miss-range.js';

const BOUND = 20;
const grid = Array.from({ length: 8001 }, (_, i) => (i - 4000) * 5e-3);

/** By how much the best of a grid is below the step at z, both with label g(z) + r and from ω = z − V r s. */
function advantage(unit: Activation, z: number, slope: number, v: number, miss: number): number {
  const omega = z - v * miss * slope;
  const energy = (y: number): number =>
    (y - omega) ** 2 / (2 * v) + (unit.value(z) + miss - unit.value(y)) ** 2 / 2;
  return energy(z) - Math.min(...grid.map(energy));
}

function rangeOf(unit: Activation, z: number, slope: number, v: number): MissRange {
  const range = { low: 0, high: 0, lowRival: 0, highRival: 0 };
  missRange(unit, 1 / v, -BOUND, BOUND)(z, slope, range);
  return range;
}

describe('the rate of a jump', () => {
  const v = 20;
  const hill = defineActivation({
    name: 'hill with a kink',
    value: (z) => Math.max(z, 0) - (z * z) / 5,
    derivative: (z) => (z >= 0 ? 1 : 0) - (2 * z) / 5,
    kinks: [0],
  });
  /** The label at the upper or lower end of the range, and what `jumpRate` says of its change. */
  const labelAt = (
    unit: Activation,
    z: number,
    slope: number,
    bend: number | undefined,
    side: 'low' | 'high',
  ) => {
    const range = rangeOf(unit, z, slope, v);
    const output = unit.value(z);
    const step = { z, output, slope, constant: 0, linear: 0, lowRate: 0, highRate: 0, ...range };
    const rival = side === 'low' ? range.lowRival : range.highRival;
    return { label: output + range[side], rate: jumpRate(unit, step, range[side], rival, 1 / v, bend) };
  };

  it.each([-1.2, -0.7, 0.4, 1.1])('is |dt/dz| along the jump (z = %s)', (z) => {
    const h = 1e-4;
    const bend = -z * erf.derivative(z); // g″ of erf
    const side = z < 0 ? 'high' : 'low';
    const at = (x: number): number => labelAt(erf, x, erf.derivative(x), 0, side).label;
    const { rate } = labelAt(erf, z, erf.derivative(z), bend, side);
    // A central difference errs by h² and by the 1e-14 of the range over h.
    expect(Math.abs(rate - Math.abs(at(z + h) - at(z - h)) / (2 * h))).toBeLessThan(1e-6);
  });

  it.each([0.2, 0.6])('is |dt/ds| at a kink (s = %s)', (slope) => {
    const h = 1e-4;
    const at = (s: number): number => labelAt(hill, 0, s, undefined, 'low').label;
    const { rate } = labelAt(hill, 0, slope, undefined, 'low');
    expect(Number.isFinite(at(slope))).toBe(true);
    expect(Math.abs(rate - Math.abs(at(slope + h) - at(slope - h)) / (2 * h))).toBeLessThan(1e-6);
  });
});

describe('the range of misses', () => {
  const units = [relu, leakyRelu(-1), leakyRelu(0.3), erf, softplus];
  const cases = units.flatMap((unit) => [0.3, 4, 60].map((v) => [unit.name, v, unit] as const));

  it('has no end for a linear unit, of which rounding makes no other', () => {
    const linear = unitOfSlopes('three tenths', [0.3, 0.3]);
    for (const z of [-1.7, -0.4, 0.2, 0.9, 2.3])
      expect(rangeOf(linear, z, 0.3, 4)).toMatchObject({ low: -Infinity, high: Infinity });
  });

  it.each(cases)('is that of the labels whose Moreau step ends there (%s, V = %s)', (_, v, unit) => {
    for (const z of [-1.7, -0.4, 0.2, 0.9, 2.3]) {
      const slope = unit.derivative(z);
      const { low, high } = rangeOf(unit, z, slope, v);
      expect(low).toBeLessThanOrEqual(0);
      expect(high).toBeGreaterThanOrEqual(0);
      for (const end of [low, high]) {
        if (Math.abs(end) > 10) continue; // rivals may be beyond the grid
        // Never above the best of the grid but for rounding; beyond the end by more than the grid hides, its step squared.
        expect(advantage(unit, z, slope, v, 0.99 * end)).toBeLessThanOrEqual(1e-12);
        expect(advantage(unit, z, slope, v, 1.01 * end)).toBeGreaterThan(1e-7);
      }
    }
  });

  it.each([0.5, 3])('of a rectifier is a root of a quadratic, V = %s', (v) => {
    // The rival of z > 0 is y = −z√(1 + V), where F jumps at t = −κ⁻¹ω.
    const { low, high, highRival } = rangeOf(relu, 1.2, 1, v);
    const root = Math.sqrt(1 + v);
    expect(low).toBe(-Infinity);
    expect(highRival / (-1.2 * root)).toBeCloseTo(1, 8);
    expect(high).toBeCloseTo((1.2 * ((1 + root) ** 2 / v + 1)) / (2 * root), 13);
  });

  it('at a kink holds for each slope between its two', () => {
    const v = 2;
    for (const slope of [0.1, 0.5, 0.8]) {
      // h rests at 0 for t < 0 and 0 < ω < V|t|, wherever in between ω is.
      const { low } = rangeOf(relu, 0, slope, v);
      expect(low).toBe(-Infinity);
      for (const miss of [-0.1, -1, -3])
        expect(advantage(relu, 0, slope, v, miss)).toBeLessThanOrEqual(1e-12);
      expect(advantage(relu, 0, slope, v, 0.1)).toBeGreaterThan(1e-7);
    }
  });
});
