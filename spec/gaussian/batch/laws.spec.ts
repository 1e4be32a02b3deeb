import { batchLaws } from '../../../lib/gaussian/batch/laws.js';
import {
  meanDeviation,
  meanInverseDeviation,
  meanInverseVariance,
} from '../../../lib/gaussian/batch/moments.js';
import { kinkedResolutions, smoothResolutions } from '../../../lib/gaussian/batch/resolutions.js';
import type { QuadratureRule } from '../../../lib/numerics/quadrature-rule.js';

const average = ({ nodes, weights }: QuadratureRule, f: (x: number) => number): number =>
  nodes.reduce((sum, node, k) => sum + weights[k] * f(node), 0);

const SIZES = [4, 5, 8, 32, 256];

/** E[v̂^2k], k = 0, 1, …: Π (M − 1)(2j + 1)/(M − 1 + 2j). */
function fieldMoments(m: number, count: number): number[] {
  const moments = [1];
  for (let j = 0; j + 1 < count; j++) moments.push((moments[j] * (m - 1) * (2 * j + 1)) / (m - 1 + 2 * j));
  return moments;
}

describe('rules for the mean of a batch', () => {
  it('have the moments 1·3·5… of the normal law', () => {
    const laws = batchLaws(8);
    let expected = 1;
    for (let k = 0; k < 20; k++) {
      // Rounding of nodes, times the degree.
      expect(Math.abs(average(laws.mean(20), (z) => z ** (2 * k)) / expected - 1)).toBeLessThan(1e-12);
      if (k < 5) {
        const between = laws.meanBetween([-laws.meanBound, -1, 0.3, laws.meanBound], 40);
        // The bound leaves out 2e-17 times the moment's power of 8.5.
        expect(Math.abs(average(between, (z) => z ** (2 * k)) / expected - 1)).toBeLessThan(1e-10);
        expect(Math.abs(average(between, (z) => z ** (2 * k + 1)))).toBeLessThan(1e-10);
      }
      expected *= 2 * k + 1;
    }
  });
});

describe.each(SIZES)('rules for a batch of M = %p', (m) => {
  const laws = batchLaws(m);

  it('have the moments of the deviation, under its law over s²', () => {
    const rule = laws.deviation(20);
    // Known in closed form, and to each other as E[s^(p+2)] = E[s^p](M − 1 + p)/M.
    const inverse = meanInverseDeviation(m) / meanInverseVariance(m);
    const cubed = meanDeviation(m) / meanInverseVariance(m);
    let even = 1;
    for (let power = 0; power < 14; power += 2) {
      // Gauss rules are exact to degree 39; the law is cut where e^(−40) of it is left, and rounding.
      expect(Math.abs(average(rule, (s) => s ** power) / even - 1)).toBeLessThan(2e-11);
      even *= (m - 3 + power) / m;
    }
    expect(Math.abs(average(rule, (s) => s) / inverse - 1)).toBeLessThan(1e-12);
    expect(Math.abs(average(rule, (s) => s ** 3) / cubed - 1)).toBeLessThan(1e-12);
  });

  it('have the moments of a component of a point of the sphere', () => {
    const halves = laws.fieldBetween([-laws.angleBound, 0.2, laws.angleBound], 30, 24);
    fieldMoments(m, 8).forEach((expected, k) => {
      for (const rule of [laws.field(12), halves]) {
        // Rounding of nodes times the degree, 14, and what is left out beyond the bound.
        expect(Math.abs(average(rule, (v) => v ** (2 * k)) / expected - 1)).toBeLessThan(1e-11);
      }
      expect(Math.abs(average(halves, (v) => v ** (2 * k + 1)) / expected)).toBeLessThan(
        1e-12 * Math.sqrt(m),
      );
    });
  });

  it('reach as far as the bounds say', () => {
    const finest = [smoothResolutions, kinkedResolutions].map(({ ladder }) => ladder.at(-1)!);
    const most = (of: (entry: (typeof finest)[number]) => number): number => Math.max(...finest.map(of));
    const largest = [laws.deviation(most((r) => r.deviations)), laws.field(most((r) => r.fields))].map(
      ({ nodes }) => nodes.at(-1)!,
    );
    const mean = laws.mean(most((r) => r.means)).nodes.at(-1)! / Math.sqrt(m);
    const reached = mean + largest[0] * largest[1];
    expect(laws.largestField).toBeGreaterThan(reached);
    // Rules of some tens of nodes come close to the ends of what counts, but not to them.
    expect(laws.largestField).toBeLessThan(2.5 * reached);
    // The density of θ is ∝ cos^(M−3) θ.
    expect(Math.cos(laws.angleBound) ** (m - 3)).toBeLessThan(1e-16);
    expect(laws.angleBound).toBeLessThanOrEqual(Math.PI / 2);
  });
});

describe('a rule for fields on panels', () => {
  it('has the nodes that polynomials of its degree ask for', () => {
    // At M = 4 the component y is uniform on [−1, 1]: E[P_k²] = 1/(2k + 1) for Legendre polynomials, in θ as quick as any.
    const laws = batchLaws(4);
    const degree = 60;
    const rule = laws.fieldBetween([-laws.angleBound, 0, laws.angleBound], 12, 2 * degree);
    const square = average(rule, (v) => {
      let [before, now] = [1, v / Math.sqrt(3)];
      for (let k = 2; k <= degree; k++) {
        [before, now] = [now, ((2 * k - 1) * (v / Math.sqrt(3)) * now - (k - 1) * before) / k];
      }
      return now * now;
    });
    expect(Math.abs(square * (2 * degree + 1) - 1)).toBeLessThan(1e-10);
    // And no more of them than that: a node for every two radians, and a few.
    expect(rule.nodes.length).toBeLessThan(2 * degree + 40);
  });

  it('is made once for a number of nodes', () => {
    const laws = batchLaws(5);
    expect(laws.field(9)).toBe(laws.field(9));
    expect(laws.field(9)).not.toBe(laws.field(10));
  });
});
