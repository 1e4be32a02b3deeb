import { fieldMoments } from '../../lib/gaussian/field-moments.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';

const states = [-0.8, 0.4, 1.3].flatMap((gamma) => [0.4, 1.5, 2.7].map((phi) => [gamma, phi] as const));
const noise = 0.3;

// The plain forms of docs/theory/averages.md#two-slopes; rounding of numbers of order one.
describe('moments of the fields with label noise', () => {
  it.each(states)('of the linear unit at γ = %p, φ = %p are elementary', (gamma, phi) => {
    const overlap = Math.cos(phi);
    const moments = fieldMoments(identity, gamma, phi, noise);
    const error = 1 - 2 * gamma * overlap + gamma * gamma;
    expect(moments.alongStudent).toBeCloseTo(overlap - gamma, 14);
    expect(moments.towardsTeacher).toBeCloseTo(Math.sin(phi) ** 2, 14);
    expect(moments.squaredError).toBeCloseTo(error + noise, 14);
    expect(moments.squaredGain).toBeCloseTo(1, 14);
    expect(moments.generalizationError).toBeCloseTo(error, 14);
  });

  it.each(states.filter(([gamma]) => gamma > 0))(
    'of ReLU at γ = %p, φ = %p are orthant moments',
    (gamma, phi) => {
      const moments = fieldMoments(relu, gamma, phi, noise);
      const rest = Math.PI - phi;
      const product = (Math.sin(phi) + rest * Math.cos(phi)) / (2 * Math.PI);
      const square = (rest + Math.sin(phi) * Math.cos(phi)) / (2 * Math.PI);
      expect(moments.alongStudent).toBeCloseTo(product - gamma / 2, 14);
      expect(moments.towardsTeacher).toBeCloseTo((rest * Math.sin(phi) ** 2) / (2 * Math.PI), 14);
      expect(moments.squaredError).toBeCloseTo(
        square - 2 * gamma * product + (gamma * gamma) / 2 + noise / 2,
        14,
      );
      expect(moments.squaredGain).toBeCloseTo(0.5, 14);
      expect(moments.generalizationError).toBeCloseTo(0.5 + (gamma * gamma) / 2 - 2 * gamma * product, 14);
    },
  );

  it('leave noise out unless it is given', () => {
    expect(fieldMoments(identity, 0.4, 1).squaredError).toBe(fieldMoments(identity, 0.4, 1, 0).squaredError);
  });

  it.each([
    [NaN, 1, 0, '`gamma`'],
    [1, -0.1, 0, '`phi`'],
    [1, 1, -1, '`noiseVariance`'],
  ])('refuse γ = %p, φ = %p, S = %p', (gamma, phi, variance, name) => {
    expect(() => fieldMoments(relu, gamma, phi, variance)).toThrow(name);
  });
});
