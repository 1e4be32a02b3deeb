import { softplus } from '../../lib/gaussian/custom-activation.js';
import { erf } from '../../lib/gaussian/error-function.js';
import { leakyRelu, relu } from '../../lib/gaussian/homogeneous.js';
import type { Activation } from '../../lib/gaussian/activation.js';
import { lowerHull } from '../../lib/generalization/lower-hull.js';
import { moreauStep } from '../../lib/generalization/moreau-step.js';

const [LOW, HIGH] = [-20, 20];

/** The least of (z − ω)²/2V + ½(t − g(z))² over a fine grid, kinks included. */
function bruteForce(unit: Activation, omega: number, t: number, v: number): { z: number; energy: number } {
  let best = { z: NaN, energy: Infinity };
  const points = Array.from({ length: 4001 }, (_, i) => LOW + i * 1e-2);
  for (const z of points) {
    const energy = (z - omega) ** 2 / (2 * v) + (t - unit.value(z)) ** 2 / 2;
    if (energy < best.energy) best = { z, energy };
  }
  return best;
}

describe('the Moreau step', () => {
  const units = [relu, leakyRelu(-1), leakyRelu(0.3), erf, softplus];
  const cases = units.flatMap((unit) => [0.3, 4, 60].map((v) => [unit.name, v, unit] as const));

  it.each(cases)('is the global minimum for %s, V = %s', (_, v, unit) => {
    const step = moreauStep(unit, v, LOW, HIGH);
    for (const t of [-1.3, -0.05, 0, 0.6, 2.1]) {
      const stretches = step.setLabel(t);
      for (const omega of [-3.1, -0.9, -0.02, 0.4, 1.7]) {
        const stretch = stretches.find((s) => omega >= s.omegaFrom && omega <= s.omegaTo)!;
        const h = step.solve(omega, stretch);
        const energy = (h - omega) ** 2 / (2 * v) + (t - unit.value(h)) ** 2 / 2;
        // Never above the best of the grid, but for rounding.
        expect(energy).toBeLessThanOrEqual(bruteForce(unit, omega, t, v).energy + 1e-12);
      }
    }
  });

  it('jumps and rests where a rectifier does', () => {
    const v = 2;
    const step = moreauStep(relu, v, LOW, HIGH);
    const jump = step.setLabel(1).find((s, k, all) => k > 0 && s.zFrom !== all[k - 1].zTo)!;
    expect(jump.omegaFrom).toBeCloseTo(-(Math.sqrt(1 + v) - 1), 13);
    const rest = step.setLabel(-1).find((s) => s.zFrom === s.zTo)!;
    expect([rest.zFrom, rest.omegaFrom, rest.omegaTo]).toEqual([0, 0, v]);
  });
});

describe('the lower hull', () => {
  it('keeps the points below which nothing lies', () => {
    expect(lowerHull([0, 1, 2, 3, 4], [0, 3, 1, 4, 3])).toEqual([0, 2, 4]);
    expect(lowerHull([0, 1], [5, 2])).toEqual([0, 1]);
  });
});
