import { activationPair } from '../../../lib/gaussian/activations/pair.js';
import { batchQuadrature } from '../../../lib/gaussian/batch/quadrature.js';
import { batchQuadratureTable } from '../../../lib/gaussian/batch/quadrature-table.js';
import { erf } from '../../../lib/gaussian/activations/erf.js';
import { activations } from '../../support/batch-quadrature.js';

const values = new Float64Array(4);

describe('tables of averages by quadrature', () => {
  it.each([
    ['erf', 4],
    ['tanh', 8],
    ['softplus', 32],
  ] as const)('of %s at M = %p give them back to 1e-8 of the largest', (name, m) => {
    const activation = activations[name];
    const { write } = batchQuadrature(activation, m);
    const table = batchQuadratureTable(activationPair(activation), m);
    const exact = new Float64Array(4);
    const points = [
      [0.55, 0.7],
      [0.74, 1.04],
      [0.6, 1e-3],
      [0.7, 0.4],
    ] as const;
    for (const [gamma, phi] of points) {
      write(gamma, phi, exact);
      table(gamma, phi, values);
      // Of numbers of the order of 1, and 1/M for C₀ and D.
      [1, 1, 1 / m, 1 / m].forEach((scale, i) => {
        expect(Math.abs(values[i] - exact[i])).toBeLessThan(1e-8 * scale);
      });
    }
  });

  it('are kept for an activation and a batch size', () => {
    const pair = activationPair(erf);
    expect(batchQuadratureTable(activationPair(erf), 8)).toBe(batchQuadratureTable(pair, 8));
    expect(batchQuadratureTable(activationPair(erf, erf, 2), 8)).not.toBe(batchQuadratureTable(pair, 8));
  });
});
