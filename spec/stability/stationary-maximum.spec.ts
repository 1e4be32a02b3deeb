import { solve } from '../../lib/trajectory/solve.js';
import { alignedFixedPoint, stationaryPoint } from '../../lib/stability/fixed-point.js';
import { stationaryMaximum } from '../../lib/stability/stationary-maximum.js';
import { relativeError } from '../support/reference.js';
import { familyOf, type FamilyCase } from './families.js';

const WN = 'weight-normalization';
const maximumOf = (entry: FamilyCase): number | undefined => {
  const family = familyOf(entry);
  return stationaryMaximum(family, alignedFixedPoint(family, 1)!, 100 * entry.batchSize);
};

describe('the learning rate up to which the stationary point is stable', () => {
  it.each([1, 5])('is 2M for linear SGD, with label noise as without, M = %p', (batchSize) => {
    for (const noiseVariance of [0, 0.01, 0.4]) {
      const found = maximumOf({ rule: 'sgd', activation: 'identity', batchSize, noiseVariance });
      // Followed to 1e-9; with noise the length diverges at the limit, to which η is extrapolated over the last such part of it.
      expect(relativeError(found!, 2 * batchSize)).toBeLessThan(noiseVariance === 0 ? 1e-8 : 1e-11);
    }
  });

  it.each(['identity', 'relu'])(
    'is 2M for weight normalization without decay and noise, %s',
    (activation) => {
      const found = maximumOf({ rule: WN, activation, batchSize: 3, noiseVariance: 0 });
      // Followed to 1e-9.
      expect(relativeError(found!, 6)).toBeLessThan(1e-8);
    },
  );

  it.each([
    ['identity', 0.2, 0],
    ['relu', 0.2, 0],
    ['relu', 0.05, 0.05],
    ['erf', 0.2, 0.1],
    ['identity', 0, 0.1],
  ])('is infinite for weight normalization, %s, ζ = %p, S = %p', (activation, gammaDecay, noiseVariance) => {
    expect(maximumOf({ rule: WN, activation, batchSize: 2, noiseVariance, gammaDecay })).toBe(Infinity);
  });

  it('is infinite only as far as it was followed', () => {
    const family = familyOf({ rule: 'sgd', activation: 'identity', batchSize: 1, noiseVariance: 0 });
    const aligned = alignedFixedPoint(family, 1)!;
    expect(stationaryMaximum(family, aligned, 1.9)).toBe(Infinity);
  });

  it('is where ReLU SGD with label noise stops coming to rest, when its equations are integrated', () => {
    const family = familyOf({ rule: 'sgd', activation: 'relu', batchSize: 1, noiseVariance: 0.1 });
    const aligned = alignedFixedPoint(family, 1)!;
    const found = stationaryMaximum(family, aligned, 100)!;
    // Beyond 2M, which belongs to small noise far from this state of R < 1/2 and L > 3/2.
    expect(found).toBeGreaterThan(2.1);
    const initial = { overlap: 0.9, length: 1 };
    const below = solve({ rule: family(0.98 * found), initial, until: 3000 });
    const [misalignment, length] = stationaryPoint(family(0.98 * found), aligned)!;
    // Errors of 1e-10 a step, amplified by the slow mode close to the limit.
    expect(Math.abs(below.at(3000)['length'] - length)).toBeLessThan(1e-8);
    expect(Math.abs(below.at(3000)['overlap'] - (1 - misalignment))).toBeLessThan(1e-8);
    expect(solve({ rule: family(1.02 * found), initial, until: 3000 }).outcome).toBe('diverged');
  });
});
