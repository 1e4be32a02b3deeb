import {
  isConstant,
  requireSamples,
  standardizedField,
  standardizedSamples,
} from '../../lib/regularization/standardized.js';

describe('standardizing a sample', () => {
  it('gives mean, biased deviation and excess kurtosis', () => {
    // Two values at −1, two at 1, two at 0: variance 2/3, fourth moment 2/3, kurtosis (2/3)/(4/9) − 3 = −3/2.
    const field = standardizedField([9, 9, 11, 11, 10, 10], 2);
    expect(field.mean).toBeCloseTo(10, 14);
    expect(field.deviation).toBeCloseTo(Math.sqrt(2 / 3), 14);
    expect(field.kurtosis).toBeCloseTo(-1.5, 13);
    expect(field.values[2]).toBeCloseTo(Math.sqrt(3 / 2), 14);
  });

  it.each([1e-200, 1, 1e200])('does not care for the scale, %g', (scale) => {
    const field = standardizedSamples([1, 2, 4, 8].map((value) => scale * value));
    const plain = standardizedSamples([1, 2, 4, 8]);
    expect(field.kurtosis).toBeCloseTo(plain.kurtosis, 13);
    expect(field.deviation / scale).toBeCloseTo(plain.deviation, 13);
  });

  it('takes typed arrays as well', () => {
    expect(standardizedField(Float64Array.of(-1, 1), 2).kurtosis).toBe(-2);
  });

  it.each([
    [[1, 2], 3, '`preactivations` must be at least batchSize = 3 numbers; got "2 of them"'],
    [[], 2, '`preactivations` must be at least batchSize = 2 numbers; got "0 of them"'],
    [[0.1, 0.1, 0.1], 2, '`preactivations` must be not all equal, for kurtosis to be defined; got 0.1'],
    [[1, 2, NaN, 4], 2, '`preactivations[2]` must be a finite number; got NaN'],
    [[1, -Infinity], 2, '`preactivations[1]` must be a finite number; got -Infinity'],
  ])('refuses %j at batch size %d', (samples, batchSize, message) => {
    expect(() => standardizedField(samples, batchSize)).toThrow(new RangeError(message));
  });

  it('refuses what is no list of numbers', () => {
    expect(() => {
      requireSamples('labels', 'abc');
    }).toThrow(new TypeError('`labels` must be an array of numbers; got "abc"'));
    expect(() => {
      requireSamples('labels', [1, '2'] as number[]);
    }).toThrow(new TypeError('`labels[1]` must be a finite number; got "2"'));
  });

  it('knows constant samples', () => {
    expect([isConstant([2, 2]), isConstant([2, 3])]).toEqual([true, false]);
  });
});
