import { erf } from '../../../lib/gaussian/activations/erf.js';
import { identity } from '../../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../../lib/gaussian/activations/relu.js';
import { expectStepsToAgree, type TaughtCase } from './taught-steps.js';

describe('steps of a student normalized by its batch, of a teacher of another kind, against minibatches', () => {
  // At most nine numbers of nine cases at |z| < 4.5: false alarm rate 5e-4.
  it.each([
    ['both', relu, identity, 1.4],
    ['both', identity, relu, 0.8],
    ['both', erf, relu, 0.8],
    ['mean', identity, identity, 0.6],
    ['mean', relu, identity, 1.4],
    ['mean', relu, relu, 0.6],
    ['mean', leakyRelu(0.3), leakyRelu(-1), 1],
    ['deviation', relu, identity, 1.4],
    ['deviation', relu, relu, 2],
  ] as TaughtCase[])('agree in means and covariances, by %s, case %#', (...taught) => {
    expectStepsToAgree(taught);
  });
});
