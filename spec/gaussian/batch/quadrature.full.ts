import { activations, batchCases, quadratureOf, worstBatchError } from '../../support/batch-quadrature.js';

describe('averages of batch normalization by quadrature, all reference values', () => {
  // Four cases of the ramp at M = 4 stand apart below.
  const plain = batchCases.filter(({ activation, batchSize }) => activation !== 'ramp' || batchSize !== 4);
  const groups = [...new Set(plain.map(({ activation, batchSize }) => `${activation} ${batchSize}`))];

  it.each(groups)('of %s', (group) => {
    const mine = plain.filter((entry) => `${entry.activation} ${entry.batchSize}` === group);
    // Claimed are 1e-7 of their terms; what has no kinks converges exponentially, and the reference has 1e-12.
    expect(worstBatchError(mine)).toBeLessThan(group.startsWith('ramp') ? 1e-7 : 2e-9);
  });

  it('of the ramp at M = 4 are right or refused: at γ = 0.7 its kinks lie where the sum over polynomials stalls', () => {
    const mine = batchCases.filter(({ activation, batchSize }) => activation === 'ramp' && batchSize === 4);
    expect(mine).toHaveLength(4);
    expect(worstBatchError(mine.filter(({ gamma }) => gamma === 1.6))).toBeLessThan(1e-7);
    for (const { gamma, overlap, noiseVariance } of mine.filter((entry) => entry.gamma === 0.7)) {
      expect(quadratureOf(activations['ramp'], 4, gamma, overlap, noiseVariance)[2]).toBeNaN();
    }
  });
});
