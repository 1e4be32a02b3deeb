import { defineActivation } from '../../../../lib/gaussian/activations/custom.js';
import { softplus } from '../../../../lib/gaussian/activations/softplus.js';
import { erf } from '../../../../lib/gaussian/activations/erf.js';
import { gaussLegendre } from '../../../../lib/numerics/gauss-legendre.js';
import { curvatureOf } from '../../../../lib/generalization/channels/labels/curvature.js';
import { teacherOutput } from '../../../../lib/generalization/channels/labels/teacher-output.js';
import { writeTruncatedMoments } from '../../../../lib/generalization/channels/labels/truncated-moments.js';

describe('the curvature of an activation', () => {
  const halves = defineActivation({
    name: 'two curves',
    value: (z) => (z < 1 ? Math.sin(z) : Math.sin(1) + (z - 1) ** 2),
    derivative: (z) => (z < 1 ? Math.cos(z) : 2 * (z - 1)),
    kinks: [1],
  });

  const between = defineActivation({
    name: 'three curves',
    value: (z) => (z < 0.2 ? Math.sin(z) : z < 0.3 ? Math.sin(0.2) + (z - 0.2) ** 3 : Math.sin(0.2) + 0.001),
    derivative: (z) => (z < 0.2 ? Math.cos(z) : z < 0.3 ? 3 * (z - 0.2) ** 2 : 0),
    kinks: [0.2, 0.3],
  });

  it.each([
    ['erf', erf, (z: number) => -z * Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2), [-3, -0.4, 0, 1.3]],
    [
      'softplus',
      softplus,
      (z: number) => Math.exp(-Math.abs(z)) / (1 + Math.exp(-Math.abs(z))) ** 2,
      [-2, 0, 5],
    ],
    [
      'sides of a kink',
      halves,
      (z: number) => (z < 1 ? -Math.sin(z) : 2),
      [-1, 0.9, 1 - 1e-9, 1 + 1e-9, 1.1],
    ],
    [
      'between close kinks',
      between,
      (z: number) => (z < 0.2 ? -Math.sin(z) : z < 0.3 ? 6 * (z - 0.2) : 0),
      [0.1, 0.201, 0.25, 0.299, 0.4],
    ],
  ])('is that of calculus: %s', (_, unit, exact, places) => {
    const curvature = curvatureOf(unit);
    // Interpolation in twelve nodes over 0.25 is exact to rounding, which its derivative at an end magnifies by 12²/0.125.
    for (const z of places) expect(Math.abs(curvature(z) - exact(z))).toBeLessThan(1e-12);
  });
});

describe('truncated moments', () => {
  it.each([
    [0.3, 0.5, -0.2, 1.1],
    [0.3, 0.5, -Infinity, 0.1],
    [-1, 0.2, -0.9, Infinity],
    [2, 0.1, -Infinity, Infinity],
    [0, 1, 3, 3.5],
  ])('are integrals (mean %s, deviation %s, from %s to %s)', (mean, deviation, low, high) => {
    const out = new Float64Array(4);
    writeTruncatedMoments(mean, deviation, low, high, out);
    const from = Math.max(low, mean - 9 * deviation);
    const to = Math.min(high, mean + 9 * deviation);
    const { nodes, weights } = gaussLegendre(60);
    for (let k = 0; k < 4; k++) {
      let sum = 0;
      nodes.forEach((node, i) => {
        const x = (from + to) / 2 + ((to - from) / 2) * node;
        const z = (x - mean) / deviation;
        sum += ((to - from) / 2) * weights[i] * x ** k * Math.exp((-z * z) / 2);
      });
      // 60 nodes are exact for ±9 deviations to 1e-14, and moments up to 8 have a few units of rounding.
      expect(Math.abs(out[k] - sum / (deviation * Math.sqrt(2 * Math.PI)))).toBeLessThan(
        3e-14 * Math.max(1, out[k]),
      );
    }
  });

  it('are those of a point without noise', () => {
    const out = new Float64Array(4);
    writeTruncatedMoments(-2, 0, -3, 1, out);
    expect(Array.from(out)).toEqual([1, -2, 4, -8]);
    writeTruncatedMoments(2, 0, -3, 1, out);
    expect(Array.from(out)).toEqual([0, 0, 0, 0]);
    writeTruncatedMoments(2, 0.01, -3, 1, out);
    expect(Array.from(out)).toEqual([0, 0, 0, 0]);
  });
});

describe("the teacher's output", () => {
  it('meets a line where it should', () => {
    const output = teacherOutput(erf, 2);
    const [root] = output.roots(0.1, 0.3, 1, 0);
    expect(0.1 + 0.3 * root).toBeCloseTo(erf.value(2 * root), 14);
    expect(output.slopeAt(0.2)).toBeCloseTo(2 * erf.derivative(0.4), 3);
    expect([output.lowest, output.highest]).toEqual([-1, 1]);
    const [from, to] = output.support(-1, 1, 0, 0.01, 4);
    // (u − 1)²/0.01 + u² < 4 for 0.82 < u < 1.16; the samples are 17/256 apart.
    expect(Math.abs(from - 0.82)).toBeLessThan(0.07);
    expect(Math.abs(to - 1.16)).toBeLessThan(0.07);
    // And nowhere: an interval that ends before it begins.
    const [begin, end] = output.support(-30, 1, 0, 0.01, 4);
    expect(begin).toBeGreaterThan(end);
  });
});
