import { rangeError, requireInteger, requireWithin } from '../foundation/checks.js';
import { bracketedRoot } from '../foundation/root-finding.js';
import type { NormalizedOrderParameter } from '../dynamics/normalized-system.js';
import { requireRule, type OrderParameterSystem } from '../dynamics/system.js';
import { requireActivation, type Activation } from '../gaussian/activation.js';
import { gammaDecayAtFixedPoint } from '../regularization/decay-from-state.js';

/**
 * The published strength of gamma decay that a batch size stands for (Luo et al. 2019, Theorem 1), for Gaussian fields and
 * squared loss: ζ = 3h/(4M), h = E[g′(v)²v²], for a unit that is linear on each side of zero, which is 3/(4M) for the linear
 * unit and 3/(8M) for ReLU; for other activations ζ at the fixed point it makes itself at R = 1.
 *
 * @example
 * publishedGammaDecay(relu, 8); // 0.046875
 */
export function publishedGammaDecay(activation: Activation, batchSize: number): number {
  requireActivation('activation', activation);
  requireInteger('batchSize', batchSize, 2);
  if (activation.slopes === undefined) return gammaDecayAtFixedPoint({ activation, batchSize }).zeta;
  const [a, b] = activation.slopes;
  return (3 * (a * a + b * b)) / (8 * batchSize);
}

/**
 * γ₀ at a given overlap: the zero of dγ/dt between 0 and 10.
 *
 * @param overlap R in (0, 1]
 */
export function restingGamma(rule: OrderParameterSystem<NormalizedOrderParameter>, overlap: number): number {
  if (!requireRule('rule', rule).names.includes('gamma'))
    throw rangeError('rule', 'one that has a gamma', rule.rule);
  if (requireWithin('overlap', overlap, 0, 1) === 0) throw rangeError('overlap', 'a number > 0', overlap);
  const slope = new Float64Array(3);
  return bracketedRoot(
    (gamma) => {
      rule.derivative(0, rule.initialState({ gamma, overlap, length: 1 }), slope);
      return slope[0]!;
    },
    1e-12,
    10,
  );
}
