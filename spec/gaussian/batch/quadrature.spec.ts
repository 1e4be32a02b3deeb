import { batchNormalization } from '../../../lib/dynamics/rules/batch-normalization.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import { defineActivation } from '../../../lib/gaussian/activations/custom.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { solve } from '../../../lib/trajectory/solve.js';
import { averagesOf } from '../../support/batch-averages.js';
import { batchCases, quadratureOf, worstBatchError } from '../../support/batch-quadrature.js';

const values = new Float64Array(4);

describe('averages of batch normalization by quadrature', () => {
  // One case in four. At M = 4 and 8 the ramp asks for hundreds of polynomials: see the full tests.
  const quick = batchCases.filter(({ activation, batchSize }, index) =>
    activation === 'ramp' ? batchSize === 32 : index % 4 === 1,
  );
  const groups = [...new Set(quick.map(({ activation, batchSize }) => `${activation} ${batchSize}`))];

  it.each(groups)('of %s are the reference values by another route', (group) => {
    const mine = quick.filter((entry) => `${entry.activation} ${entry.batchSize}` === group);
    // Claimed are 1e-7 of their terms; what has no kinks converges exponentially, and the reference has 1e-12.
    expect(worstBatchError(mine)).toBeLessThan(group.startsWith('ramp') ? 1e-7 : 2e-9);
  });

  it.each([
    [8, 0.7, 0.6],
    [16, 1, 1],
    [32, 0.9, -0.5],
    [256, 1.2, 0.999],
  ])('of leaky ReLU are its polynomials in γ at M = %p, γ = %p, R = %p', (m, gamma, overlap) => {
    const exact = averagesOf(1, 0.2, m, gamma, overlap, 0.1);
    const largest = [1, 1, 1 / m];
    quadratureOf(leakyRelu(0.2), m, gamma, overlap, 0.1).forEach((value, i) => {
      // 1e-7 of the terms, which are of the order of 1 and 1/M.
      expect(Math.abs(value - exact[i])).toBeLessThan(1e-7 * largest[i]);
    });
  });

  it('are even under reversal of γ and R for odd activations, A being odd', () => {
    const [a, b, c] = quadratureOf(erf, 8, 0.8, 0.4, 0.1);
    const [reversedA, reversedB, reversedC] = quadratureOf(erf, 8, -0.8, -0.4, 0.1);
    // Rounding in the sums of several thousand terms.
    expect(Math.abs(reversedA + a)).toBeLessThan(1e-12);
    expect(Math.abs(reversedB - b)).toBeLessThan(1e-12);
    expect(Math.abs(reversedC - c)).toBeLessThan(1e-12);
  });

  it('are found anew where γ or R changes', () => {
    const averages = batchQuadrature(erf, 8);
    const fresh = new Float64Array(4);
    for (const [gamma, phi] of [
      [0.6, 0.8],
      [0.6, 1.1],
      [0.3, 1.1],
    ] as const) {
      averages.write(gamma, phi, values);
      batchQuadrature(erf, 8).write(gamma, phi, fresh);
      expect(values).toEqual(fresh);
    }
  });

  it('are refused as NaN, not given wrong, where g varies too quickly', () => {
    const wild = defineActivation({
      name: 'wild',
      value: (z) => Math.sin(60 * z) / 60,
      derivative: (z) => Math.cos(60 * z),
    });
    const averages = batchQuadrature(wild, 8);
    averages.write(1, 0.5, values);
    expect([...values]).toEqual([NaN, NaN, NaN, NaN]);
    expect(averages.relativeError(1, 0.5)).toBeGreaterThan(1e-7);
    const rule = batchNormalization({ activation: wild, learningRate: 0.5, batchSize: 8 });
    const run = solve({ rule, initial: { gamma: 0.5, overlap: 0.1, length: 1 }, until: 1 });
    expect(run.outcome).toBe('diverged');
  });

  it('are refused below M = 4', () => {
    expect(() => batchQuadrature(erf, 3)).toThrow('`batchSize` must be an integer >= 4; got 3');
  });
});
