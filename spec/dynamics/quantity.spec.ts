import { layoutOf } from '../../lib/dynamics/layout.js';
import { quantityNames } from '../../lib/dynamics/quantity.js';
import { sgd } from '../../lib/dynamics/rules/sgd.js';
import { identity } from '../../lib/gaussian/activations/identity.js';

describe('names of quantities', () => {
  const rule = sgd({ activation: identity, learningRate: 1 });

  it('are those of order parameters and observables, and the misalignment where there is an overlap', () => {
    expect(quantityNames(rule)).toEqual(
      expect.arrayContaining(['overlap', 'length', 'misalignment', 'generalizationError']),
    );
    const plain = {
      ...rule,
      layout: layoutOf({ length: 'length' }),
      settling: [],
      observables: {},
    };
    expect(quantityNames(plain)).toEqual(['length']);
  });
});
