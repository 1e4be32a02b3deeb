import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import type { NormalizedOrderParameter } from '../../lib/dynamics/normalized-system.js';
import { bracketedRoot } from '../../lib/numerics/root-finding.js';
import { batchQuadrature } from '../../lib/gaussian/batch/quadrature.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { solve } from '../../lib/trajectory/solve.js';
import { alignedFixedPoint } from '../../lib/stability/fixed-point.js';

// Batch normalization of erf, whose averages are a table of quadratures, against the quadratures themselves put into the
// equations of docs/theory/dynamics.md#batch-normalization.
const [M, S, ETA, GAMMA_RATE] = [8, 0.3, 0.7, 0.4];
const rule = batchNormalization({
  activation: erf,
  learningRate: ETA,
  gammaLearningRate: GAMMA_RATE,
  batchSize: M,
  noiseVariance: S,
});
const { write } = batchQuadrature(erf, M);
const averages = new Float64Array(4);

/** dγ/dt, dr/dt, dL/dt. */
function slopeAt([gamma, r, length]: Iterable<number>): [number, number, number] {
  const overlap = 1 - r;
  write(gamma, Math.acos(overlap), averages);
  const [a, perSquaredSine, c, perNoise] = averages;
  const turning = (1 - overlap * overlap) * perSquaredSine;
  const power = c + S * perNoise;
  return [
    GAMMA_RATE * a,
    ((-ETA * gamma) / length ** 2) * turning + (overlap * ETA ** 2 * gamma ** 2 * power) / (2 * length ** 4),
    (ETA ** 2 * gamma ** 2 * power) / (2 * length ** 3),
  ];
}

describe('exact batch normalization of a smooth activation', () => {
  const point = [0.625, 0.3, 0.9];

  it('moves by its averages', () => {
    const slope = new Float64Array(3);
    rule.derivative(0, Float64Array.from(point), slope);
    slopeAt(point).forEach((expected, i) => {
      // The table's 1e-8 of averages of order one.
      expect(Math.abs(slope[i] - expected)).toBeLessThan(2e-8);
    });
  });

  it('has the Jacobian of its differences', () => {
    const exact = new Float64Array(9);
    rule.jacobian!(0, Float64Array.from(point), exact);
    const difference = (column: number, h: number): number[] => {
      const [right, left] = [h, -h].map((by) => slopeAt(point.with(column, point[column] + by)));
      return right.map((value, row) => (value - left[row]) / (2 * h));
    };
    for (let column = 0; column < 3; column++) {
      const coarse = difference(column, 2e-2);
      difference(column, 1e-2).forEach((fine, row) => {
        const extrapolated = fine + (fine - coarse[row]) / 3;
        // Truncation 4h⁴ = 4e-8 times fifth derivatives over 5!, of order one; errors of the table, 1e-8 of values, over the
        // width 1/8 of its cells; those of the quadratures, 1e-9, over h.
        expect(Math.abs(exact[3 * row + column] - extrapolated)).toBeLessThan(5e-7);
      });
    }
  });

  it('follows the trajectory of its quadratures', () => {
    const direct: OrderParameterSystem<NormalizedOrderParameter> = {
      ...rule,
      derivative(_time, state, out) {
        out.set(slopeAt(Array.from(state)));
      },
    };
    const options = {
      initial: { gamma: 0.6, overlap: 0.6, length: 1 },
      times: [0.5, 1.5],
      relativeTolerance: 1e-9,
    };
    const [tabulated, expected] = [rule, direct].map((system) => solve({ rule: system, ...options }));
    for (const name of ['gamma', 'overlap', 'length'] as const) {
      const values = expected.series(name);
      tabulated.series(name).forEach((value, i) => {
        // The table's 1e-8 in the equations, for a time of order one.
        expect(Math.abs(value - values[i])).toBeLessThan(1e-7);
      });
    }
    // It has moved.
    expect(tabulated.series('overlap')[1]).toBeGreaterThan(0.7);
  });

  it('rests at alignment where A vanishes', () => {
    const gamma = bracketedRoot(
      (x) => {
        write(x, 0, averages);
        return averages[0];
      },
      0.5,
      1.5,
    );
    const family = (learningRate: number): typeof rule =>
      batchNormalization({ activation: erf, learningRate, batchSize: M, noiseVariance: S });
    // 1e-8 of the table over the slope of A, −0.2.
    expect(Math.abs(alignedFixedPoint(family, 1)![0] - gamma)).toBeLessThan(1e-7);
  });
});
