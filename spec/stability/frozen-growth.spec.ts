import { frozenGrowthRate } from '../../lib/stability/frozen-growth.js';
import { alignedFixedPoint } from '../../lib/stability/fixed-point.js';
import { familyOf } from './families.js';

describe('the growth rate of r = 1 − R from 1e-8 at frozen length', () => {
  it.each([
    [1.8, 1, 1],
    [2.1, 1, 1],
    [8.8, 4, 1],
    [16.2, 2, 2],
  ])(
    'is −x(2 − x/M), x = η/L², for weight normalization, identity: η = %p, M = %p, L = %p',
    (eta, batchSize, length) => {
      const entry = { rule: 'weight-normalization', activation: 'identity', batchSize, noiseVariance: 0 };
      const family = familyOf(entry);
      const x = eta / length ** 2;
      const expected = -x * (2 - x / batchSize);
      const found = frozenGrowthRate(family(eta), alignedFixedPoint(family, length)!, eta);
      // r stays below 1e-4, so that quadratic terms are 1e-4 of the linear ones.
      expect(Math.abs(found / expected - 1)).toBeLessThan(1e-3);
    },
  );

  it('is that of linear SGD, −η(2 − η/M), length included', () => {
    // At R = L = 1 both r and (L − 1)² shrink alike: ‖w − w*‖²/N = 2Lr + (L − 1)² has this very rate.
    const family = familyOf({ rule: 'sgd', activation: 'identity', batchSize: 4, noiseVariance: 0 });
    const found = frozenGrowthRate(family(7.9), Float64Array.of(0, 1), 7.9);
    expect(Math.abs(found / (-7.9 * (2 - 7.9 / 4)) - 1)).toBeLessThan(1e-3);
  });
});
