import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { averageOverFields } from '../../lib/gaussian/field-average.js';

describe('averages over both fields', () => {
  it.each([-1, -0.3, 0, 0.6, 0.999, 1])('are Gaussian moments for polynomials, R = %d', (overlap) => {
    const found = averageOverFields({ activation: identity, gamma: 1, overlap }, 4, (u, v, out) => {
      out[0] = u * v;
      out[1] = u * u;
      out[2] = u * u * v * v;
      out[3] = 1;
    });
    // The rule’s tolerance is 1e-11 of the average size.
    [overlap, 1, 1 + 2 * overlap ** 2, 1].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 10);
    });
  });

  it.each([-0.9, 0, 0.6, 0.99999, 1])('meet kinks of either field, R = %d', (overlap) => {
    const angle = Math.acos(overlap);
    const [found] = averageOverFields({ activation: relu, gamma: 2, overlap }, 1, (u, v, out) => {
      out[0] = relu.value(u) * relu.value(2 * v);
    });
    expect(found).toBeCloseTo((Math.sin(angle) + (Math.PI - angle) * overlap) / Math.PI, 10);
  });

  it.each([erf, softplus])('agree with those of the equations: $name', (activation) => {
    const [gamma, overlap] = [1.7, 0.4];
    const [found] = averageOverFields({ activation, gamma, overlap }, 1, (u, v, out) => {
      out[0] = (activation.value(u) - activation.value(gamma * v)) ** 2;
    });
    expect(found).toBeCloseTo(activation.averages.generalizationError(gamma, Math.acos(overlap)), 9);
  });

  it('that do not converge are refused', () => {
    expect(() =>
      averageOverFields(
        { activation: identity, gamma: 1, overlap: 1 },
        1,
        (_u, v, out) => (out[0] = 1 / v ** 2),
      ),
    ).toThrow(new RangeError('averages of identity do not converge at gamma = 1, overlap = 1'));
  });
});
