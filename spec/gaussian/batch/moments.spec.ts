import {
  meanDeviation,
  meanInverseDeviation,
  meanInversePower,
  meanInverseVariance,
} from '../../../lib/gaussian/batch/moments.js';

describe('moments of a batch standard deviation', () => {
  it('are elementary at small M', () => {
    // χ distributions with 1, 2, 3 degrees of freedom; rounding.
    expect(meanDeviation(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 15);
    expect(meanDeviation(3)).toBeCloseTo(Math.sqrt(Math.PI / 2 / 3), 15);
    expect(meanInverseDeviation(3)).toBeCloseTo(Math.sqrt((3 * Math.PI) / 2), 14);
    expect(meanInverseDeviation(4)).toBeCloseTo(2 * Math.sqrt(2 / Math.PI), 14);
    expect(meanInverseVariance(4)).toBe(4);
    // E[s⁻ᵖ] = (M/2)^(p/2) Γ((M−1−p)/2)/Γ((M−1)/2), with Γ(2)/Γ(4) = 1/6 and Γ(3)/Γ(9/2) = 2/(105√π/16).
    expect(meanInversePower(9, 4)).toBeCloseTo(20.25 / 6, 14);
    expect(meanInversePower(10, 3)).toBeCloseTo((5 ** 1.5 * 32) / (105 * Math.sqrt(Math.PI)), 14);
  });

  it('satisfy E[s at M+1]·E[1/s at M+2] = √((M+1)/(M+2))⁻¹·… : κ(M) E[1/s](M+1) √(M/(M+1)) = 1', () => {
    // Γ(M/2)/Γ((M−1)/2) occurs in both, inverted; rounding.
    for (const m of [2, 7, 32, 1000, 123456]) {
      expect(meanDeviation(m) * meanInverseDeviation(m + 1) * Math.sqrt(m / (m + 1))).toBeCloseTo(1, 14);
    }
  });

  it('tend to 1 − 3/(4M) and 1 + 9/(4M) … for large M', () => {
    const m = 1e6;
    // κ = 1 − 3/(4M) + O(1/M²), and E[1/s] = 1 + (3/2 + 3/4 − … )/M from Var s ≈ 1/(2M).
    expect((1 - meanDeviation(m)) * m).toBeCloseTo(0.75, 5);
    expect((meanInverseDeviation(m) - 1) * m).toBeCloseTo(1.25, 5);
  });

  it('refuse batches for which they are infinite', () => {
    expect(() => meanDeviation(1)).toThrow('`batchSize` must be an integer >= 2; got 1');
    expect(() => meanInverseDeviation(2)).toThrow('`batchSize` must be an integer >= 3; got 2');
    expect(() => meanInverseVariance(3)).toThrow('`batchSize` must be an integer >= 4; got 3');
  });
});
